"""A registered lot gets its Item (with the medicine's first lot) and its Batch, and the stock that the Batch has."""

from healthcare_erp.medicine_registry import items
from healthcare_erp.traceability.books import opening


def provision(doc, method: str | None = None) -> None:
	"""after_insert"""
	doc.db_set("batch", items.ensure_batch(doc), update_modified=False)
	opening.take_over(doc.name, doc.batch)
