"""How many movements happened on each day, by type or by direction."""

from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from healthcare_erp.core import visible_part
from healthcare_erp.domain.vocabulary import Direction, MovementType
from healthcare_erp.traceability import report_filters
from healthcare_erp.traceability.stock import activity

DEFAULT_DAYS = 30
MAX_DAYS = 366
FILTERS = {"from_date": "Date", "to_date": "Date"}
COLOURS = {
	MovementType.IMPORT: "#2490ef",
	MovementType.B2B_IN: "#48c9d0",
	MovementType.B2B_OUT: "#743ee2",
	MovementType.SALE: "#29a37a",
	MovementType.RETURN: "#ecad4b",
	MovementType.ADJUSTMENT: "#cb5a1f",
	MovementType.RECALL_REMOVAL: "#cb2929",
	MovementType.INTERNAL_TRANSFER: "#98a1a9",
	Direction.IN: "#29a37a",
	Direction.OUT: "#2490ef",
}
VALUES = {"movement_type": tuple(MovementType), "direction": tuple(Direction)}


@report_filters.says_what_is_wrong(lambda: _columns("movement_type"))
def execute(filters: dict | None = None) -> tuple:
	"""Filters: `from_date`, `to_date` (the last 30 days if left out), `by` (`movement_type` or `direction`)."""
	filters = report_filters.read(filters, FILTERS)
	aspect = filters.by if filters.by in VALUES else "movement_type"
	first, last = _period(filters)
	if not 0 <= (last - first).days < MAX_DAYS:
		return _columns(aspect), [], _("Choose a period of 1 to {0} days.").format(MAX_DAYS)
	if visible_part.sees_nothing():
		return _columns(aspect), [], visible_part.report_note()
	days = activity.by_day(first, last, aspect)
	return _columns(aspect), _rows(days), visible_part.report_note(), _chart(days, aspect)


def _period(filters: frappe._dict) -> tuple[date, date]:
	last = filters.to_date or getdate()
	return filters.from_date or last - timedelta(days=DEFAULT_DAYS - 1), last


def _rows(days: dict[date, dict[str, int]]) -> list[dict[str, Any]]:
	return [
		{"day": day, "total": sum(counts.values()), **{_field(value): n for value, n in counts.items()}}
		for day, counts in sorted(days.items(), reverse=True)
	]


def _columns(aspect: str) -> list[dict]:
	values = [
		{
			"fieldname": _field(value),
			"label": _(value.value, context="Stock Movement"),
			"fieldtype": "Int",
			"width": 130,
		}
		for value in VALUES[aspect]
	]
	return [
		{"fieldname": "day", "label": _("Day"), "fieldtype": "Date", "width": 120},
		{"fieldname": "total", "label": _("Movements"), "fieldtype": "Int", "width": 120},
		*values,
	]


def _chart(days: dict[date, dict[str, int]], aspect: str) -> dict:
	shown = [value for value in VALUES[aspect] if any(counts.get(value) for counts in days.values())]
	shown = shown or [VALUES[aspect][0]]  # a chart must have something to draw
	return {
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": [COLOURS[value] for value in shown],
		"data": {
			"labels": [f"{day:%d}" for day in days],
			"datasets": [_dataset(value, days) for value in shown],
		},
	}


def _dataset(value: str, days: dict[date, dict[str, int]]) -> dict[str, Any]:
	name = _(value.value, context="Stock Movement")
	return {"name": name, "values": [counts.get(value, 0) for counts in days.values()]}


def _field(value: str) -> str:
	return frappe.scrub(str(value))
