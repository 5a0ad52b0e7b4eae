"""A medicine's Item in ERPNext bears its texts."""

from healthcare_erp.medicine_registry import items


def follow(doc, method: str | None = None) -> None:
	"""on_update"""
	items.follow(doc)
