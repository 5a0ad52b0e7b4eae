"""Documents that the app made in other apps' DocTypes: removed with it where no books depend on them."""

import json
from pathlib import Path

import frappe

from healthcare_erp.core.scope import SCOPES
from healthcare_erp.core.settings import ITEM_GROUP
from healthcare_erp.core.transactions import savepoint
from healthcare_erp.licensing import national_codes
from healthcare_erp.traceability.stock.warehouses import TYPE_NOTE

OWN_DOCTYPES = tuple(SCOPES)
# Counter -> DocTypes whose documents carry its numbers in their names.
OWN_SERIES = {"MED-": ("Item", "Batch"), "PHA-": ("Warehouse",), "FAC-": ("Warehouse",)}
_ITEM_GROUP_FOUND = "healthcare_erp_item_group_found_at_install"


def remember_existing() -> None:
	"""Note whether the site had an item group of our name before, so that uninstalling leaves it."""
	frappe.db.set_global(_ITEM_GROUP_FOUND, str(int(bool(frappe.db.exists("Item Group", ITEM_GROUP)))))


def note() -> dict[str, list[str]]:
	"""While the app's DocTypes are there: DocType -> documents that the app made in it, in the order of removal."""
	groups = {"administrative_level": ("is", "set"), "is_group": 1}
	return {
		"Batch": frappe.get_all("National Lot", filters={"batch": ("is", "set")}, pluck="batch"),
		"Item": frappe.get_all("National Medicine", filters={"item": ("is", "set")}, pluck="item"),
		"Warehouse": [
			*frappe.get_all("Warehouse", filters={"healthcare_facility": ("is", "set")}, pluck="name"),
			*frappe.get_all("Warehouse", filters=groups, order_by="lft desc", pluck="name"),
		],
		"Warehouse Type": frappe.get_all("Warehouse Type", {"description": TYPE_NOTE}, pluck="name"),
		"Item Group": [ITEM_GROUP] if frappe.db.get_global(_ITEM_GROUP_FOUND) == "0" else [],
	}


def forget() -> None:
	"""While the app's DocTypes are there: what other apps' documents say of them."""
	frappe.db.delete("User Permission", {"allow": ("in", OWN_DOCTYPES)})
	national_codes.forget()
	for doctype in ("Version", "Comment", "Deleted Document", "Notification Log"):
		_remove_traces(doctype)
	batch = frappe.qb.DocType("Batch")
	query = frappe.qb.update(batch).set(batch.reference_doctype, None).set(batch.reference_name, None)
	query.where(batch.reference_doctype.isin(OWN_DOCTYPES)).run()


def remove(noted: dict[str, list[str]]) -> None:
	"""Once the app's DocTypes are gone: what was noted, but for what others use. Counters of names that stay go on:
	installed again, the app gives no old Item's or Batch's name to a new medicine or lot."""
	kept = {
		doctype: [name for name in names if not _remove(doctype, name)] for doctype, names in noted.items()
	}
	for series, doctypes in OWN_SERIES.items():
		if not any(kept[doctype] for doctype in doctypes):
			frappe.db.delete("Series", {"name": series})


def remove_desk() -> None:
	"""What Frappe itself forgets when it removes an app: jobs, onboarding steps, values of singles and globals."""
	frappe.db.delete("Scheduled Job Type", {"method": ("like", "healthcare_erp.%")})
	frappe.db.delete("Onboarding Step", {"name": ("in", _own_onboarding_steps())})
	frappe.db.delete("Singles", {"doctype": ("in", OWN_DOCTYPES)})
	frappe.db.delete("DefaultValue", {"parent": "__global", "defkey": ("like", r"healthcare\_erp\_%")})


def _own_onboarding_steps() -> list[str]:
	files = Path(frappe.get_app_path("healthcare_erp")).glob("*/onboarding_step/*/*.json")
	return [json.loads(path.read_text())["name"] for path in files] or [""]


def _remove(doctype: str, name: str) -> bool:
	"""Whether the document could go: a voucher, order, price list or child that needs it keeps it."""
	try:
		with savepoint():
			frappe.delete_doc(
				doctype, name, ignore_permissions=True, ignore_missing=True, delete_permanently=True
			)
	except frappe.ValidationError:
		frappe.clear_messages()
		return False
	return True


def _remove_traces(doctype: str) -> None:
	field = {
		"Version": "ref_doctype",
		"Comment": "reference_doctype",
		"Notification Log": "document_type",
	}.get(doctype, "deleted_doctype")
	frappe.db.delete(doctype, {field: ("in", OWN_DOCTYPES)})
