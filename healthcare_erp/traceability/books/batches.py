"""ERPNext's batches of registered medicines: which lots they are, and how many units a voucher moves."""

from collections.abc import Collection, Mapping

import frappe

from healthcare_erp.domain.errors import DomainError

_LOTS = """SELECT lot.name, lot.batch, lot.status, lot.expiry_date, lot.importer_type, lot.importer,
	lot.national_medicine, medicine.status AS medicine_status
FROM `tabNational Lot` lot
JOIN `tabNational Medicine` medicine ON medicine.name = lot.national_medicine
WHERE lot.batch IN %s ORDER BY lot.name"""


def is_medicine(item_code: str) -> bool:
	"""Whether the Item is a registered medicine's."""
	return bool(frappe.db.get_value("National Medicine", {"item": item_code}))


def medicines_among(items: Collection[str]) -> list[str]:
	"""Those of the Items that are registered medicines'."""
	return frappe.get_all("National Medicine", {"item": ("in", list(items) or [""])}, pluck="item")


def units_of(entry) -> dict[str, float]:
	"""Units (signed) per Batch: from the entry's bundle, or from its own batch field."""
	if entry.serial_and_batch_bundle:
		return units_of_bundle(entry.serial_and_batch_bundle)
	return {entry.batch_no: entry.actual_qty} if entry.batch_no else {}


def units_of_bundle(bundle: str) -> dict[str, float]:
	"""Units (signed) per Batch of a Serial and Batch Bundle."""
	rows = frappe.get_all(
		"Serial and Batch Entry",
		filters={"parent": bundle, "batch_no": ("is", "set")},
		fields=["batch_no", "sum(qty) as units"],
		group_by="batch_no",
		as_list=True,
	)
	return dict(rows)


def lots_of(batches: Collection[str]) -> dict[str, frappe._dict]:
	"""The National Lots of these batches by Batch, with their status, medicine and importer."""
	if not batches:
		return {}
	return {row.batch: row for row in frappe.db.sql(_LOTS, (tuple(batches),), as_dict=True)}


def check_registered(item_code: str, batches: Collection[str], lots: Mapping[str, frappe._dict]) -> None:
	"""In a facility every batch of a registered medicine is a registered lot.

	:raises DomainError: `unregistered_batch`, `batch_missing`.
	"""
	for batch in sorted(set(batches) - set(lots)):
		raise DomainError("unregistered_batch", batch=batch, item=item_code)
	if not batches:
		raise DomainError("batch_missing", item=item_code)


def medicine_in_bundle(item_code: str) -> str | None:
	"""The first registered medicine's Item in a Product Bundle, None where there is none."""
	bundle = frappe.db.get_value("Product Bundle", {"new_item_code": item_code, "disabled": 0})
	parts = frappe.get_all("Product Bundle Item", {"parent": bundle}, pluck="item_code") if bundle else []
	return next((part for part in parts if is_medicine(part)), None)


def sold_at_till(entry) -> bool:
	"""Whether a consolidated invoice's entry posts what a POS Invoice sold and the ledger recorded then.

	(What a till sold before it was recorded at once comes here first.)
	"""
	sold = (
		frappe.flags.healthcare_erp_shift
	)  # set while ERPNext closes a shift: a mark on the invoice is anybody's
	if not sold or not frappe.db.get_value("Sales Invoice", entry.voucher_no, "is_consolidated"):
		return False
	bundle = {"serial_and_batch_bundle": entry.serial_and_batch_bundle, "parent": ("in", sold)}
	invoice = frappe.db.get_value("POS Invoice Item", bundle, "parent")
	recorded = {"reference_doctype": "POS Invoice", "reference_name": invoice}
	return bool(invoice and frappe.db.exists("Stock Movement", recorded))
