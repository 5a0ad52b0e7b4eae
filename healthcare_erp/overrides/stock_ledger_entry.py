"""ERPNext's stock ledger: every entry of a National Lot's Batch obeys the rule and is mirrored."""

from healthcare_erp.traceability import mirror as operation


def mirror(doc, method: str | None = None) -> None:
	"""on_submit: also of the entries that ERPNext writes to cancel others."""
	if doc.has_batch_no or doc.batch_no or doc.serial_and_batch_bundle or doc.is_cancelled:
		operation.mirror(doc)
