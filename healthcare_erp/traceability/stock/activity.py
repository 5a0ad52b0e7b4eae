"""How much moved when, inside the user's scope.

A movement is recorded after it happened, so `creation >= day` holds for all that happened since that day:
it bounds the search by the index on `creation`, and the posting time decides.
"""

from collections import defaultdict
from datetime import date

import frappe
from frappe.utils import add_days

from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.permissions import stock_movement_conditions

_COUNT = """SELECT COUNT(*) FROM `tabStock Movement`
WHERE creation >= %(start)s AND posting_datetime >= %(start)s AND {scope}"""

_BY_DAY = """SELECT DATE(posting_datetime) AS day, {aspect}, COUNT(*) FROM `tabStock Movement`
WHERE creation >= %(start)s AND posting_datetime >= %(start)s AND posting_datetime < %(end)s AND {scope}
GROUP BY day, {aspect}"""

ASPECTS = ("movement_type", "direction")


def count_since(day: date) -> int:
	"""Movements that happened on or after a day."""
	[[count]] = frappe.db.sql(_COUNT.format(scope=_scope()), {"start": day})
	return count


def by_day(first: date, last: date, aspect: str) -> dict[date, dict[str, int]]:
	"""Day -> value of the aspect -> number of movements, from the first day to the last; every day is there.

	:param aspect: one of `ASPECTS`.
	:raises InvalidRequestError: for any other aspect.
	"""
	if aspect not in ASPECTS:
		throw("unknown_field", field=aspect)
	days: dict[date, dict[str, int]] = {
		add_days(first, offset): defaultdict(int) for offset in range((last - first).days + 1)
	}
	query = _BY_DAY.format(aspect=aspect, scope=_scope())
	for day, value, count in frappe.db.sql(query, {"start": first, "end": add_days(last, 1)}):
		days[day][value] = count
	return days


def _scope() -> str:
	return stock_movement_conditions() or "1 = 1"
