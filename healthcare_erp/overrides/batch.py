"""ERPNext's Batch of a National Lot: its identity and its expiry date are the lot's."""

import frappe
from erpnext.stock.doctype.batch import batch as erpnext_batch
from frappe.utils import getdate

from healthcare_erp.exceptions import throw


def check_lot(doc, method: str | None = None) -> None:
	"""validate"""
	lot = _lot_of(doc.name)
	if not lot:
		return
	item = frappe.db.get_value("National Medicine", lot.national_medicine, "item")
	if doc.item != item or not doc.expiry_date or getdate(doc.expiry_date) != lot.expiry_date:
		throw("batch_of_lot", batch=doc.name, lot=lot.name)


def refuse_rename(doc, method: str | None = None, *names, **options) -> None:
	"""before_rename"""
	_refuse(doc.name)


@frappe.whitelist(methods=["POST"])
def split_batch(
	batch_no: str, item_code: str, warehouse: str, qty: float, new_batch_id: str | None = None
) -> str:
	"""ERPNext's Split Batch, not for National Lots: a lot keeps its number. Returns the new Batch's name."""
	_refuse(batch_no)
	return erpnext_batch.split_batch(batch_no, item_code, warehouse, qty, new_batch_id)


def _refuse(batch: str) -> None:
	lot = _lot_of(batch)
	if lot:
		throw("batch_of_lot", batch=batch, lot=lot.name)


def _lot_of(batch: str) -> frappe._dict | None:
	fields = ["name", "expiry_date", "national_medicine"]
	return frappe.db.get_value("National Lot", {"batch": batch}, fields, as_dict=True)
