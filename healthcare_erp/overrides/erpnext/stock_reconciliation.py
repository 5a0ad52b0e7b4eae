"""ERPNext's counts: mirrored as a whole, and of stopped lots too."""

from healthcare_erp.traceability.books import batches, counts, stopped_batches


def open_batches(doc, method: str | None = None) -> None:
	"""before_validate, before_cancel: ERPNext asks what was there before, and takes no account of disabled batches."""
	stopped_batches.open_for_counting({row.item_code for row in doc.items})


def close_batches(doc, method: str | None = None) -> None:
	"""on_update of a draft, on_cancel"""
	if doc.docstatus != 1 and batches.medicines_among({row.item_code for row in doc.items}):
		stopped_batches.close()


def mirror(doc, method: str | None = None) -> None:
	"""on_submit"""
	if batches.medicines_among({row.item_code for row in doc.items}):
		counts.mirror(doc.name)
		stopped_batches.close()
