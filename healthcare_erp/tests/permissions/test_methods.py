"""Who may call what (design section 5): role x method of the API, inside the user's scope."""

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
from healthcare_erp.tests import factories
from healthcare_erp.tests.permissions.case import ROLES, MatrixTestCase

READ_STOCK = set(ROLES[:8])
READ_LOTS = set(ROLES)
RECORD = {"National Admin", "Pharmacy Manager", "Public Facility Manager", "Dispenser"}
TRACE = READ_STOCK & READ_LOTS
ELSEWHERE = (  # asked in a test of its own; the same permission as the CSV
	"healthcare_erp.api.stock.verify_ledger",
	"healthcare_erp.api.stock.get_ledger_verdict",
	"healthcare_erp.api.trace_export.download_pdf",
)


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
