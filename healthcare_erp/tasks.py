"""Scheduled jobs: each calls one operation."""

from healthcare_erp.medicine_registry import lots


def expire_lots() -> None:
	"""Daily: Active lots past their expiry date become Expired."""
	lots.expire()
