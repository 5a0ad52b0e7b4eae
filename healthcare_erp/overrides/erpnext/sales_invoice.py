"""The invoice of a closed shift: what its tills sold was lawful then."""

import frappe

from healthcare_erp.traceability.books import batches


def put_batches_aside(doc, method: str | None = None) -> None:
	"""before_validate: a row's bundle says which batch it was; ERPNext would ask the batch field whether it has expired
	since."""
	if not (doc.is_consolidated and frappe.flags.healthcare_erp_shift):
		return
	for row in doc.items:
		if row.serial_and_batch_bundle and batches.is_medicine(row.item_code):
			row.flags.batch_no = row.batch_no or row.flags.batch_no
			row.batch_no = None


def give_batches_back(doc, method: str | None = None) -> None:
	"""on_submit: a credit note is made from these rows."""
	for row in doc.items:
		if row.flags.batch_no:
			row.db_set("batch_no", row.flags.batch_no, update_modified=False)
