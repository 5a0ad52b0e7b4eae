"""Who may do what (design section 5): role x DocType x permission, inside and outside the user's scope, and role x method."""

import importlib
from pathlib import Path

import frappe

from healthcare_erp.api import (
	corrections,
	facilities,
	geography,
	registry,
	stock,
	trace_export,
	traceability,
	transitions,
)
from healthcare_erp.core.scope import SCOPED
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

ROLES = (
	"National Admin",
	"Inspector",
	"Analyst",
	"Auditor",
	"Quality Manager",
	"Pharmacy Manager",
	"Public Facility Manager",
	"Dispenser",
	"Physician",
	"Front Desk",
	"Cashier",
)
NATIONAL = ROLES[:4]
PTYPES = {"r": "read", "w": "write", "c": "create", "d": "delete"}
PLACES = ("Administrative Level",)  # scoped by Frappe itself: User Permissions name them

# DocType -> what each of ROLES may do, in their order.
MATRIX = {
	"Stock Movement": "rc r r r r rc rc rc - - -",
	"National Lot": "rwc rw r r r r r r r r r",
	"National Medicine": "rwc r r r r r r r r r r",
	"Pharmacy": "rwc rw r r r r r r r r r",
	"Public Facility": "rwc rw r r r r r r r r r",
	"Administrative Level": "rwc r r r r r r r r r r",
	"Audit Entry": "r r r r - - - - - - -",
	"Licence Fee Rate": "rwc r r r - - - - - - -",
}

READ_STOCK = set(ROLES[:8])
READ_LOTS = set(ROLES)
RECORD = {"National Admin", "Pharmacy Manager", "Public Facility Manager", "Dispenser"}
TRACE = READ_STOCK & READ_LOTS
ELSEWHERE = (  # asked in a test of its own; the same permission as the CSV
	"healthcare_erp.api.stock.verify_ledger",
	"healthcare_erp.api.stock.get_ledger_verdict",
	"healthcare_erp.api.trace_export.download_pdf",
)


class MatrixTestCase(SiteTestCase):
	"""A province with a stocked wholesaler, and another one with another."""

	def setUp(self):
		self.province, self.elsewhere = factories.province(), factories.province()
		commune = factories.commune(self.province)
		self.lot = factories.lot()
		self.inside = factories.wholesaler(administrative_level=commune.name)
		self.outside = factories.wholesaler(administrative_level=self.elsewhere.name)
		self.rows = {
			place.name: factories.record(place, self.lot.name, "Import", 10).name
			for place in (self.inside, self.outside)
		}

	def scope(self, *roles: str) -> str:
		"""A user responsible for the province inside."""
		return factories.user_as_administrator(*roles, scope=("Administrative Level", self.province.name))

	def outcome(self, call) -> str:
		"""`done` or the name of the refusal; nothing of the call stays."""
		frappe.db.savepoint("before_call")
		try:
			call()
			return "done"
		except (frappe.PermissionError, frappe.ValidationError) as refusal:
			return type(refusal).__name__
		finally:
			frappe.db.rollback(save_point="before_call")


class TestDocTypes(MatrixTestCase):
	def documents(self) -> dict[str, tuple]:
		"""DocType -> (a document inside, one outside) the scope."""
		audits = [
			frappe.get_last_doc("Audit Entry", {"reference_name": facility.name})
			for facility in (self.inside, self.outside)
		]
		medicine = frappe.get_doc("National Medicine", self.lot.national_medicine)
		facilities = [
			factories.public_facility(administrative_level=level.name)
			for level in (self.province, self.elsewhere)
		]
		rows = [frappe.get_doc("Stock Movement", self.rows[f.name]) for f in (self.inside, self.outside)]
		return {
			"Stock Movement": rows,
			"National Lot": (self.lot, self.lot),
			"National Medicine": (medicine, medicine),
			"Pharmacy": (self.inside, self.outside),
			"Public Facility": facilities,
			"Administrative Level": (self.province, self.elsewhere),
			"Audit Entry": audits,
			"Licence Fee Rate": (factories.licence_fee_rate(),) * 2,
		}

	def allowed(self, doc, user: str) -> str:
		"""The letters of what the user may do with a document."""
		return "".join(
			letter
			for letter, ptype in PTYPES.items()
			if frappe.has_permission(doc.doctype, ptype, doc=doc, user=user)
		)

	def test_matrix_inside_and_outside_the_scope(self):
		documents = self.documents()
		for place, role in enumerate(ROLES):
			user = self.scope(role)
			for doctype, row in MATRIX.items():
				granted = row.split()[place].replace("-", "")
				inside, outside = documents[doctype]
				with self.subTest(role=role, doctype=doctype):
					self.assertEqual(self.allowed(inside, user), granted)
					expected = "" if doctype in SCOPED + PLACES else granted
					self.assertEqual(self.allowed(outside, user), expected)

	def test_matrix_without_a_scope(self):
		"""National roles see the whole country, all others no facility and no movement."""
		documents = self.documents()
		for place, role in enumerate(ROLES):
			user = factories.user_as_administrator(role)
			for doctype, row in MATRIX.items():
				granted = row.split()[place].replace("-", "")
				hidden = doctype in SCOPED and role not in NATIONAL
				with self.subTest(role=role, doctype=doctype):
					for doc in documents[doctype]:
						self.assertEqual(self.allowed(doc, user), "" if hidden else granted)

	def test_lists_and_documents_agree(self):
		documents = self.documents()
		scopes = {
			"province": lambda role: self.scope(role),
			"facility": lambda role: factories.user_as_administrator(
				role, scope=("Pharmacy", self.inside.name)
			),
			"none": factories.user_as_administrator,
		}
		for role in ("National Admin", "Pharmacy Manager", "Physician"):
			for scope, make in scopes.items():
				user = make(role)
				for doctype, pair in documents.items():
					with self.subTest(role=role, scope=scope, doctype=doctype):
						self.assertEqual(self.listed(doctype, pair, user), self.readable(pair, user))

	def listed(self, doctype: str, pair, user: str) -> set[str]:
		frappe.set_user(user)
		try:
			return set(
				frappe.get_list(doctype, filters={"name": ("in", [d.name for d in pair])}, pluck="name")
			)
		except frappe.PermissionError:
			return set()
		finally:
			frappe.set_user("Administrator")

	def readable(self, pair, user: str) -> set[str]:
		return {doc.name for doc in pair if frappe.has_permission(doc.doctype, "read", doc=doc, user=user)}

	def test_a_facility_and_a_territory_add_up(self):
		"""Somebody responsible for a province and for one facility elsewhere sees both, in lists as well."""
		user = self.scope("Pharmacy Manager")
		factories.make("User Permission", user=user, allow="Pharmacy", for_value=self.outside.name)
		rows = [frappe.get_doc("Stock Movement", name) for name in self.rows.values()]
		for doctype, pair in (("Stock Movement", rows), ("Pharmacy", (self.inside, self.outside))):
			names = {doc.name for doc in pair}
			self.assertEqual(self.listed(doctype, pair, user), names)
			self.assertEqual(self.readable(pair, user), names)
		stranger = factories.wholesaler()
		self.assertEqual(self.listed("Pharmacy", [stranger], user), set())
		self.assertEqual(self.readable([stranger], user), set())

	def test_a_pharmacy_reads_the_lots_that_others_imported(self):
		lot = factories.lot(importer=self.outside.name)
		user = factories.user_as_administrator("Pharmacy Manager", scope=("Pharmacy", self.inside.name))
		self.assertEqual(self.readable([lot], user), {lot.name})
		self.assertEqual(self.listed("National Lot", [lot], user), {lot.name})


class TestMethods(MatrixTestCase):
	def calls(self) -> dict:
		"""Method -> (who may, a call inside the scope)."""
		movement = factories.request(self.inside, self.lot.name, "Sale", 1)
		medicine, lot, facility = self.lot.national_medicine, self.lot.name, self.inside
		return {
			stock.record_movement: (RECORD, movement),
			stock.record_movements: (RECORD, {"movements": [movement]}),
			stock.get_balance: (
				READ_STOCK,
				{"facility_type": "Pharmacy", "facility": facility.name, "national_lot": lot},
			),
			stock.get_movements: (READ_STOCK, {"national_lot": lot}),
			stock.suggest_lots: (
				READ_STOCK,
				{"warehouse": facility.warehouse, "medicine": medicine, "quantity": 1},
			),
			facilities.get_warehouses: (
				READ_LOTS,
				{"facility_type": "Pharmacy", "facility": facility.name},
			),
			facilities.add_warehouse: (
				{"National Admin", "Pharmacy Manager", "Public Facility Manager"},
				{"facility_type": "Pharmacy", "facility": facility.name, "purpose": "Quarantine"},
			),
			traceability.trace_batch: (TRACE, {"lot": lot}),
			traceability.get_full_trace: (TRACE, {"lot": lot}),
			trace_export.download_csv: (TRACE, {"lot": lot}),
			transitions.get_actions: (READ_LOTS, {"doctype": "National Lot", "name": lot}),
			transitions.apply: (
				{"National Admin", "Inspector"},
				{"doctype": "National Lot", "name": lot, "action": "Block", "reason": "test"},
			),
			transitions.apply_to_many: (
				{"National Admin"},
				{"doctype": "National Lot", "names": [lot], "action": "Recall", "reason": "test"},
			),
			corrections.correct: (
				set(),
				{
					"doctype": "National Lot",
					"name": lot,
					"values": {"quantity_imported": 9},
					"reason": "test",
				},
			),
			geography.get_children: (READ_LOTS, {"is_root": True}),
			geography.add_node: (set(), {"level_name": "A Commune", "parent": self.province.name}),
			registry.active_lots: (READ_LOTS, {}),
			registry.expiring_lots: (READ_LOTS, {}),
			registry.stopped_units: (READ_STOCK, {}),
			registry.movements_today: (READ_STOCK, {}),
			registry.lot_stock: (TRACE, {"lot": lot}),
			registry.facility_coordinates: (READ_LOTS, {"doctype": "Pharmacy"}),
		}

	def test_the_country_changes_without_a_scope_only(self):
		node = {"level_name": "A Commune", "parent": self.province.name}
		for role, outcome in (("National Admin", "done"), ("Inspector", "PermissionError")):
			frappe.set_user(factories.user_as_administrator(role))
			self.assertEqual(self.outcome(lambda: geography.add_node(**node)), outcome)

	def test_only_regulators_verify_the_ledger(self):
		for role in ROLES:
			frappe.set_user(factories.user_as_administrator(role))
			frappe.flags.in_test = False  # or `frappe.only_for` lets everybody through
			try:
				outcomes = {self.outcome(stock.verify_ledger), self.outcome(stock.get_ledger_verdict)}
			finally:
				frappe.flags.in_test = True
			self.assertEqual(outcomes == {"done"}, role in {"National Admin", "Auditor"}, role)

	def test_each_role_calls_what_it_may(self):
		calls = self.calls()
		for role in ROLES:
			frappe.set_user(self.scope(role))
			for method, (may, arguments) in calls.items():
				with self.subTest(role=role, method=method.__name__):
					outcome = self.outcome(lambda: method(**arguments))  # noqa: B023
					self.assertEqual(outcome == "done", role in may, outcome)
			frappe.set_user("Administrator")

	def test_every_method_of_the_api_is_in_the_matrix(self):
		names = {method.__module__ for method in self.calls()}
		files = Path(frappe.get_app_path("healthcare_erp", "api")).glob("*.py")
		for file in files:
			importlib.import_module(f"healthcare_erp.api.{file.stem}")
		api = {m for m in frappe.whitelisted if m.__module__.startswith("healthcare_erp.api")}
		self.assertLessEqual({m.__module__ for m in api}, names)
		own = {f"{m.__module__}.{m.__name__}" for m in api} - set(ELSEWHERE)
		self.assertEqual(own, {f"{m.__module__}.{m.__name__}" for m in self.calls()})

	def test_a_warehouse_is_added_inside_the_scope_only(self):
		manager = factories.user_as_administrator("Pharmacy Manager", scope=("Pharmacy", self.inside.name))
		frappe.set_user(manager)
		for facility, outcome in ((self.inside, "done"), (self.outside, "PermissionError")):
			call = {"facility_type": "Pharmacy", "facility": facility.name, "purpose": "Quarantine"}
			self.assertEqual(self.outcome(lambda: facilities.add_warehouse(**call)), outcome)  # noqa: B023

	def test_no_method_is_open_to_guests(self):
		guests = {m for m in frappe.guest_methods if m.__module__.startswith("healthcare_erp")}
		self.assertEqual(guests, set())
