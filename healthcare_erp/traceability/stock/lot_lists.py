"""Which lots are in trade, expire soon, or are stopped: one definition for cards, lists and reports."""

import frappe
from frappe.utils import add_days, getdate

from healthcare_erp.domain.medicine_registry.lots import EXPIRING_SOON_DAYS
from healthcare_erp.domain.vocabulary import LotStatus

STOPPED = (LotStatus.BLOCKED.value, LotStatus.RECALLED.value)


def active() -> dict:
	"""List filters of the lots in trade: Active, and not past their expiry date whether the daily job ran or not."""
	return {"status": LotStatus.ACTIVE.value, "expiry_date": [">=", str(getdate())]}


def expiring(days: int = EXPIRING_SOON_DAYS) -> dict:
	"""List filters of the lots in trade that expire within so many days (0: today)."""
	today = getdate()
	return {
		"status": LotStatus.ACTIVE.value,
		"expiry_date": ["Between", [str(today), str(add_days(today, days))]],
	}


def stopped() -> dict:
	"""List filters of the lots that were blocked or recalled."""
	return {"status": ["in", STOPPED]}


def names(filters: dict) -> list[str]:
	"""The lots that a filter means."""
	return frappe.get_all("National Lot", filters=filters, pluck="name", limit=0)
