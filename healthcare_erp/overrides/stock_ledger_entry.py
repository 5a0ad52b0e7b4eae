"""ERPNext's stock ledger: every entry of a registered medicine's Item obeys the rule and is mirrored."""

from healthcare_erp.traceability.books import mirror as books


def mirror(doc, method: str | None = None) -> None:
	"""on_submit: also of the entries that ERPNext writes to cancel others."""
	books.mirror(doc)
