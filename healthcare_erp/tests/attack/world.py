"""Two facilities in two provinces. What belongs to the one elsewhere is marked: its figures and texts occur nowhere else."""

import re

import frappe

from healthcare_erp.core import audit
from healthcare_erp.overrides.whitelisted.guarded import guarded_doctypes
from healthcare_erp.setup.roles import ROLES
from healthcare_erp.tests import factories

IMPORTED, SOLD, RECEIVED, PRICE = 918273, 1357, 645123, 7361
# Roles of other apps that a user of the app may hold as well
ERPNEXT_ROLES = ("Stock User", "Stock Manager", "Item Manager", "Accounts User", "Report Manager")
ALONE = ("Quality Manager", "Physician", "Stock User", "Stock Manager", "Item Manager", "Report Manager")
SCOPES = ("none", "province", "facility", "elsewhere")


class World:
	"""`inside` is what the scopes "province" and "facility" hold; `elsewhere` is the other facility."""

	def __init__(self):
		factories.set_ledger(import_tolerance=0)
		self.province = factories.province()
		self.inside = factories.wholesaler(administrative_level=self.province.name)
		self.mark = f"MARK{factories.hash_()}"
		self.elsewhere = factories.wholesaler(address_line=f"{self.mark} Street")
		self.lot = factories.lot(quantity_imported=5_000_000)
		factories.record(self.inside, self.lot.name, "Import", 20)
		self.rows = self.stock_elsewhere()
		self.entry = factories.stock_entry(
			"Material Receipt", self.lot, RECEIVED, target=self.elsewhere.warehouse
		)
		self.entry.submit()
		# a batch's total, which ERPNext tells whoever reads batches, is then no mark
		factories.stock_entry("Material Receipt", self.lot, 9, target=self.inside.warehouse).submit()
		self.item = self.entry.items[0].item_code
		self.audit = self.suspicion()
		figures = (IMPORTED, IMPORTED - SOLD, RECEIVED, IMPORTED - SOLD + RECEIVED)
		self.marks = re.compile("|".join([self.mark, *(_figure(figure) for figure in figures)]))

	def stock_elsewhere(self) -> list[str]:
		received = factories.record(self.elsewhere, self.lot.name, "Import", IMPORTED)
		sold = factories.record(
			self.elsewhere,
			self.lot.name,
			"Sale",
			SOLD,
			unit_price=PRICE,
			reference_name=self.mark,
			idempotency_key=self.mark,
		)
		return [received.name, sold.name]

	def suspicion(self):
		values = {
			"reason": f"{self.mark} is under suspicion",
			"from_status": "Approved",
			"to_status": "Suspended",
		}
		audit.write(audit.Entry(self.elsewhere.doctype, self.elsewhere.name, "Suspend", {}, {}, **values))
		return frappe.get_last_doc(
			"Audit Entry", {"reference_name": self.elsewhere.name, "action": "Suspend"}
		)

	def users(self) -> dict[tuple[str, str], str]:
		"""(roles, scope) -> a user; those of each role with each scope, and with ERPNext's roles beside."""
		held = [(role,) for role in (*ROLES, *ALONE)]
		held += [("Pharmacy Manager", *ERPNEXT_ROLES), ("Inspector", *ERPNEXT_ROLES)]
		made = {
			(" + ".join(roles), scope): light_user(roles, self.scope(scope))
			for roles in held
			for scope in SCOPES
		}
		return made | {("Website User", "none"): light_user((), None), ("Guest", "none"): "Guest"}

	def scope(self, name: str) -> tuple[str, str] | None:
		return {
			"none": None,
			"province": ("Administrative Level", self.province.name),
			"facility": (self.inside.doctype, self.inside.name),
			"elsewhere": (self.elsewhere.doctype, self.elsewhere.name),
		}[name]

	def group_elsewhere(self) -> str:
		"""The group that the warehouse elsewhere lies in."""
		return frappe.db.get_value("Warehouse", self.elsewhere.warehouse, "parent_warehouse")

	def documents(self) -> dict[str, str]:
		"""Each guarded DocType, with one that belongs elsewhere where there is any."""
		entry, bin_of = self.entry, {"warehouse": self.elsewhere.warehouse}
		named = {
			"Audit Entry": self.audit.name,
			"Bin": frappe.db.get_value("Bin", bin_of),
			"National Lot": self.lot.name,
			"National Medicine": self.lot.national_medicine,
			"Pharmacy": self.elsewhere.name,
			"Serial and Batch Bundle": frappe.db.get_value("Serial and Batch Bundle", bin_of),
			"Stock Entry": entry.name,
			"Stock Entry Detail": entry.items[0].name,
			"Stock Ledger Entry": frappe.db.get_value("Stock Ledger Entry", {"voucher_no": entry.name}),
			"Stock Movement": self.rows[1],
		}
		tables = [name for name in guarded_doctypes() if not frappe.get_meta(name).issingle]
		return {doctype: named.get(doctype) or "" for doctype in sorted(tables)}

	def kept(self) -> list:
		"""The rows of the facility elsewhere, which no stranger may change."""
		of_warehouse = {"warehouse": self.elsewhere.warehouse}
		entries = {"reference_name": self.elsewhere.name}
		return [
			frappe.get_all("Stock Movement", of_warehouse, "*", order_by="name"),
			frappe.get_all("Stock Ledger Entry", of_warehouse, "*", order_by="name"),
			frappe.get_all("Bin", of_warehouse, "*", order_by="name"),
			frappe.get_all("Audit Entry", entries, "*", order_by="name"),
			frappe.get_all("Stock Entry", {"name": self.entry.name}, "*"),
			frappe.get_all("Pharmacy", {"name": self.elsewhere.name}, "*"),
			frappe.get_all("Warehouse", {"name": self.elsewhere.warehouse}, "*"),
		]


def light_user(roles: tuple[str, ...], scope: tuple[str, str] | None) -> str:
	"""As `factories.user`, without what Frappe does for each new user: there are many."""
	held = [{"role": role, "parentfield": "roles"} for role in roles]
	name = f"{factories.hash_().lower()}@attack.healthcare-erp.example"
	kind = "System User" if roles else "Website User"
	doc = frappe.get_doc({"doctype": "User", "email": name, "user_type": kind, "enabled": 1, "roles": held})
	doc.name = name
	for row in (doc, *doc.roles):
		row.parent = None if row is doc else name
		row.db_insert()
	if scope:
		factories.make("User Permission", user=name, allow=scope[0], for_value=scope[1])
	return name


def _figure(number: int) -> str:
	"""A number however it is written: 918273, 918,273.0, 9 18 273."""
	return r"(?<!\d)" + r"[,.\s]?".join(str(number)) + r"(?!\d)"
