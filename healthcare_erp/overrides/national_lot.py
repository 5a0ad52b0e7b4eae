"""A registered lot gets its Item (with the medicine's first lot) and its Batch."""

from healthcare_erp.medicine_registry import items


def provision(doc, method: str | None = None) -> None:
	"""after_insert"""
	doc.db_set("batch", items.ensure_batch(doc), update_modified=False)
