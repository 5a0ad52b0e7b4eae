"""ERPNext's reposting: where it rewrites what a count moved, the ledger is told."""

import frappe
from frappe.utils import get_datetime

from healthcare_erp.traceability.books import batches, counts, stopped_batches


def follow(doc, method: str | None = None) -> None:
	"""on_change: the job sets its own status."""
	if doc.status not in ("In Progress", "Completed"):
		return
	medicines = batches.medicines_among(_items(doc))
	if medicines and doc.status == "In Progress":
		stopped_batches.open_for_counting(medicines)
	elif medicines:
		counts.mirror_reposted(medicines, get_datetime(f"{doc.posting_date} {doc.posting_time}"))
		stopped_batches.close()


def _items(doc) -> list[str]:
	if doc.item_code:
		return [doc.item_code]
	voucher = {"voucher_type": doc.voucher_type, "voucher_no": doc.voucher_no}
	return frappe.get_all("Stock Ledger Entry", filters=voucher, pluck="item_code", distinct=True)
