"""ERPNext's tills: guarded and recorded when units are sold."""

from healthcare_erp.traceability.books import mirror as books
from healthcare_erp.traceability.books import till


def record(doc, method: str | None = None) -> None:
	"""on_submit"""
	till.record(doc)


def undo(doc, method: str | None = None) -> None:
	"""on_cancel"""
	books.undo(doc.doctype, doc.name)
