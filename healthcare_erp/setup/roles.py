"""The app's own roles (Physician is Healthcare's, Quality Manager is ERPNext's)."""

import json

import frappe

ROLES = (
	"National Admin",
	"Inspector",
	"Analyst",
	"Auditor",
	"Pharmacy Manager",
	"Public Facility Manager",
	"Front Desk",
	"Cashier",
	"Dispenser",
)
_FOUND = "healthcare_erp_roles_found_at_install"


def remember_existing() -> None:
	"""Note which of our role names the site had before, so that uninstalling leaves those."""
	found = frappe.get_all("Role", filters={"name": ("in", ROLES)}, pluck="name")
	frappe.db.set_global(_FOUND, json.dumps(found))


def create() -> None:
	"""Make the roles that are missing."""
	for name in ROLES:
		if not frappe.db.exists("Role", name):
			frappe.get_doc({"doctype": "Role", "role_name": name, "desk_access": 1}).insert()


def remove() -> None:
	"""Delete the roles that the app brought."""
	kept = json.loads(frappe.db.get_global(_FOUND) or "[]")
	for name in set(ROLES) - set(kept):
		frappe.db.delete("Has Role", {"role": name})
		frappe.delete_doc("Role", name, ignore_missing=True, force=True)
	frappe.db.delete("DefaultValue", {"defkey": _FOUND})
