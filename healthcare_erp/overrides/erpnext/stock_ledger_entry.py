"""ERPNext's stock ledger: entries in a facility's warehouse are its own people's, medicines are mirrored."""

from healthcare_erp.core.permissions import check_voucher
from healthcare_erp.traceability.books import mirror as books
from healthcare_erp.traceability.books.vouchers.rows import facility_of


def mirror(doc, method: str | None = None) -> None:
	"""on_submit: also of the entries that ERPNext writes to cancel others."""
	check_voucher(doc.warehouse, facility_of(doc.warehouse) is not None)
	books.mirror(doc)
