"""ERPNext's vouchers that write Stock Ledger Entries."""

from healthcare_erp.traceability.books.vouchers import locks as voucher_locks


def lock_to_submit(doc, method: str | None = None) -> None:
	"""before_validate: before anything of a submission is written, by ERPNext or by other events."""
	if doc.docstatus.is_submitted():
		voucher_locks.lock_voucher(doc)


def lock_to_cancel(doc, method: str | None = None) -> None:
	"""before_cancel"""
	voucher_locks.lock_voucher(doc)
