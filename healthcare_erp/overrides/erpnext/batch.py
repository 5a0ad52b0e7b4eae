"""ERPNext's Batch of a National Lot."""

import frappe
from erpnext.stock.doctype.batch import batch as erpnext_batch

from healthcare_erp.api.parsing import checked_arguments
from healthcare_erp.core.exceptions import throw


@frappe.whitelist(methods=["POST"])
@checked_arguments
def split_batch(
	batch_no: str, item_code: str, warehouse: str, qty: float, new_batch_id: str | None = None
) -> str:
	"""ERPNext's Split Batch, not for National Lots: a lot keeps its number. Returns the new Batch's name."""
	if lot := frappe.db.get_value("National Lot", {"batch": batch_no}):
		throw("batch_of_lot", batch=batch_no, lot=lot)
	return erpnext_batch.split_batch(batch_no, item_code, warehouse, qty, new_batch_id)
