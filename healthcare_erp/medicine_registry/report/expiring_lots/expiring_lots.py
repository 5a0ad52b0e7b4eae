"""Lots that expire soon and are still on somebody's shelves: units on hand in each province."""

from collections import defaultdict
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, fmt_money, getdate

from healthcare_erp.core import visible_part
from healthcare_erp.domain.medicine_registry.lots import EXPIRING_SOON_DAYS, days_to_expiry
from healthcare_erp.domain.traceability.tradability import effective_status
from healthcare_erp.domain.vocabulary import LotStatus
from healthcare_erp.traceability import report_filters
from healthcare_erp.traceability.stock import on_hand

DEFAULT_DAYS = 90
FILTERS = {"within_days": "Days", "with_expired": "Check", "with_empty": "Check"}
FIELDS = ["name as national_lot", "medicine_title", "national_medicine", "status", "expiry_date"]

# lot -> province -> units
Holdings = dict[str, dict[str, int]]


@report_filters.says_what_is_wrong(lambda: _columns([]))
def execute(filters: dict | None = None) -> tuple:
	"""Filters: `within_days` (90), `province` (any administrative level), `national_medicine`,
	`with_expired` (lots that expired already), `with_empty` (lots of which nobody holds units)."""
	filters = report_filters.read(filters, FILTERS)
	days = filters.get("within_days", DEFAULT_DAYS)
	lots = _lots(filters, max(days, EXPIRING_SOON_DAYS))
	holdings = _holdings([lot.national_lot for lot in lots], filters.province)
	rows = [_row(lot, holdings[lot.national_lot]) for lot in lots]
	data = [row for row in rows if _is_listed(row, days, filters)]
	provinces = sorted({place for row in data for place in holdings[row["national_lot"]]})
	summary = [] if visible_part.sees_nothing() else _summary(data, rows)
	return _columns(provinces), data, visible_part.report_note(), None, summary


def _lots(filters: frappe._dict, days: int) -> list[frappe._dict]:
	"""All that expire within so many days or have expired: what is not listed is counted all the same."""
	wanted = [["expiry_date", "<=", add_days(getdate(), days)]]
	if filters.national_medicine:
		wanted.append(["national_medicine", "=", filters.national_medicine])
	return frappe.get_all(
		"National Lot", filters=wanted, fields=FIELDS, order_by="expiry_date, name", limit=0
	)


def _is_listed(row: dict, days: int, filters: frappe._dict) -> bool:
	if row["days_to_expiry"] > days or not (row["units"] or filters.with_empty):
		return False
	return filters.with_expired or not _is_expired(row)


def _is_expired(row: dict) -> bool:
	return row["days_to_expiry"] < 0 or row["status"] == LotStatus.EXPIRED


def _holdings(lots: list[str], province: str | None) -> Holdings:
	"""Units by lot and province; of one place only where it is given."""
	holdings: Holdings = defaultdict(lambda: defaultdict(int))
	warehouses = on_hand.warehouses_in(province) if province else None
	rows = on_hand.positions(lots, warehouses)
	facilities = on_hand.facilities_of({row.warehouse for row in rows})
	for row in rows:
		place = facilities.get(row.warehouse, {}).get("province") or _("Unknown")
		holdings[row.national_lot][place] += row.units
	return holdings


def _row(lot: frappe._dict, held: dict[str, int]) -> dict[str, Any]:
	today = getdate()
	by_province = {_field(province): units for province, units in held.items()}
	status = str(effective_status(lot.status, lot.expiry_date, today))
	days = days_to_expiry(lot.expiry_date, today)
	return {**lot, **by_province, "status": status, "days_to_expiry": days, "units": sum(held.values())}


def _summary(listed: list[dict], rows: list[dict]) -> list[dict]:
	"""Of the rows that are listed, and of all that expire soon or have expired, listed or not."""
	expired = sum(row["units"] for row in rows if _is_expired(row))
	soon = sum(row["units"] for row in rows if _expires_soon(row))
	return [
		_figure(_("Lots"), len(listed)),
		_figure(_("Units on Hand"), sum(row["units"] for row in listed)),
		_figure(
			_("Units That Expire in {0} Days").format(EXPIRING_SOON_DAYS), soon, "Red" if soon else "Green"
		),
		_figure(_("Expired Units on Hand"), expired, "Red" if expired else "Green"),
	]


def _expires_soon(row: dict) -> bool:
	return not _is_expired(row) and row["days_to_expiry"] <= EXPIRING_SOON_DAYS


def _figure(label: str, value: int, indicator: str | None = None) -> dict:
	return {
		"label": label,
		"value": fmt_money(value, precision=0),
		"datatype": "Data",
		"indicator": indicator,
	}


def _columns(provinces: list[str]) -> list[dict]:
	by_province = [
		{"fieldname": _field(province), "label": province, "fieldtype": "Int", "width": 110}
		for province in provinces
	]
	return [
		{"fieldname": "medicine_title", "label": _("Medicine"), "fieldtype": "Data", "width": 210},
		{
			"fieldname": "national_lot",
			"label": _("Lot"),
			"fieldtype": "Link",
			"options": "National Lot",
			"width": 165,
		},
		{"fieldname": "status", "label": _("Lot Status"), "fieldtype": "Data", "width": 100},
		{"fieldname": "expiry_date", "label": _("Expiry Date"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days_to_expiry", "label": _("Days to Expiry"), "fieldtype": "Int", "width": 120},
		{"fieldname": "units", "label": _("Units on Hand"), "fieldtype": "Int", "width": 130},
		*by_province,
	]


def _field(province: str) -> str:
	return f"province_{frappe.scrub(province)}"
