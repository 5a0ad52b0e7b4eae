"""A facility's Warehouse has a row of the ledger's own that stands for its lock."""

from healthcare_erp.core.guarantees import locks


def provide_lock(doc, method: str | None = None) -> None:
	"""on_update: before the first movement; the ledger makes a missing row too, at the risk of a deadlock."""
	if doc.healthcare_facility:
		locks.provide([doc.name])
