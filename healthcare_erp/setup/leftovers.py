"""Documents that the app made in other apps' DocTypes: removed with it where no books depend on them."""

import json
from pathlib import Path

import frappe

OWN_DOCTYPES = (
	"National Lot",
	"National Medicine",
	"Pharmacy",
	"Public Facility",
	"Administrative Level",
	"Stock Movement",
	"Audit Entry",
	"Healthcare ERP Settings",
)
OWN_SERIES = ("MED-", "PHA-", "FAC-")


def remove() -> None:
	"""Batches, items, warehouses and groups without stock entries; permissions, versions and counters."""
	_remove(
		"Batch", frappe.get_all("National Lot", filters={"batch": ("is", "set")}, pluck="batch"), "batch_no"
	)
	_remove(
		"Item",
		frappe.get_all("National Medicine", filters={"item": ("is", "set")}, pluck="item"),
		"item_code",
	)
	_remove("Warehouse", _facility_warehouses(), "warehouse")
	_remove_empty_groups()
	frappe.db.delete("User Permission", {"allow": ("in", OWN_DOCTYPES)})
	for doctype in ("Version", "Comment", "Deleted Document", "Notification Log"):
		_remove_traces(doctype)
	frappe.db.delete("Series", {"name": ("in", OWN_SERIES)})


def remove_desk() -> None:
	"""What Frappe itself forgets when it removes an app: jobs, onboarding steps, values of singles."""
	frappe.db.delete("Scheduled Job Type", {"method": ("like", "healthcare_erp.%")})
	frappe.db.delete("Onboarding Step", {"name": ("in", _own_onboarding_steps())})
	frappe.db.delete("Singles", {"doctype": ("in", OWN_DOCTYPES)})


def _own_onboarding_steps() -> list[str]:
	files = Path(frappe.get_app_path("healthcare_erp")).glob("*/onboarding_step/*/*.json")
	return [json.loads(path.read_text())["name"] for path in files] or [""]


def _facility_warehouses() -> list[str]:
	return frappe.get_all("Warehouse", filters={"healthcare_facility": ("is", "set")}, pluck="name")


def _remove(doctype: str, names: list[str], ledger_field: str) -> None:
	used = set(
		frappe.get_all("Stock Ledger Entry", filters={ledger_field: ("in", names)}, pluck=ledger_field)
	)
	used |= set(
		frappe.get_all("Serial and Batch Entry", filters=_in_bundles(ledger_field, names), pluck="batch_no")
	)
	for name in set(names) - used:
		frappe.delete_doc(
			doctype, name, force=True, ignore_permissions=True, ignore_missing=True, delete_permanently=True
		)


def _in_bundles(ledger_field: str, names: list[str]) -> dict:
	return {"batch_no": ("in", names if ledger_field == "batch_no" else [""])}


def _remove_empty_groups() -> None:
	"""Province groups from the leaves up, then the item group."""
	groups = frappe.get_all(
		"Warehouse",
		filters={"administrative_level": ("is", "set"), "is_group": 1},
		order_by="lft desc",
		pluck="name",
	)
	for name in groups:
		if not frappe.db.exists("Warehouse", {"parent_warehouse": name}):
			frappe.delete_doc("Warehouse", name, force=True, ignore_permissions=True, delete_permanently=True)
	item_group = frappe.db.get_single_value("Healthcare ERP Settings", "medicine_item_group") or "Medicines"
	if frappe.db.exists("Item Group", item_group) and not frappe.db.exists(
		"Item", {"item_group": item_group}
	):
		frappe.delete_doc(
			"Item Group", item_group, force=True, ignore_permissions=True, delete_permanently=True
		)


def _remove_traces(doctype: str) -> None:
	field = {
		"Version": "ref_doctype",
		"Comment": "reference_doctype",
		"Notification Log": "document_type",
	}.get(doctype, "deleted_doctype")
	frappe.db.delete(doctype, {field: ("in", OWN_DOCTYPES)})
