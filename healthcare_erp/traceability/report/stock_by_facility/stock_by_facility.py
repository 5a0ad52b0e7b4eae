"""Who holds what: units on hand by facility and lot, most units first."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import fmt_money, getdate

from healthcare_erp.core import visible_part
from healthcare_erp.domain.medicine_registry.lots import days_to_expiry
from healthcare_erp.domain.traceability.tradability import effective_status
from healthcare_erp.traceability import report_filters
from healthcare_erp.traceability.stock import on_hand

MAX_ROWS = 5_000
FILTERS = {"lot_status": "Names"}
LOT_FIELDS = [
	"name as national_lot",
	"lot_number",
	"national_medicine",
	"medicine_title",
	"expiry_date",
	"status",
]


@report_filters.says_what_is_wrong(lambda: _columns())
def execute(filters: dict | None = None) -> tuple:
	"""Filters, all of which a row obeys: `province` (any administrative level), `facility_type` with `facility`,
	`national_medicine`, `national_lot`, `lot_status` (a list). The cards count what is not shown for its length too."""
	filters = report_filters.read(filters, FILTERS)
	lots, places = _lots(filters), _warehouses(filters)
	data = _described(on_hand.positions(lots, places, MAX_ROWS))
	totals = on_hand.totals(lots, places)
	cut = totals.positions > len(data)
	message = cut and _("The {0} largest holdings are shown: filter to see the others.").format(MAX_ROWS)
	summary = [] if visible_part.sees_nothing() else _summary(totals)
	return _columns(), data, visible_part.report_note(message), None, summary


def _lots(filters: frappe._dict) -> list[str] | None:
	wanted = {}
	if filters.national_lot:
		wanted["name"] = filters.national_lot
	if filters.national_medicine:
		wanted["national_medicine"] = filters.national_medicine
	statuses = filters.lot_status or []
	if not (wanted or statuses):
		return None
	lots = frappe.get_all("National Lot", wanted, ["name", "status", "expiry_date"], limit=0)
	return [lot.name for lot in lots if not statuses or _status(lot) in statuses]


def _status(lot: frappe._dict) -> str:
	"""As the rows show it: past its date a lot is Expired, whether the daily job ran or not."""
	return str(effective_status(lot.status, lot.expiry_date, getdate()))


def _warehouses(filters: frappe._dict) -> list[str] | None:
	found = []
	if filters.facility_type or filters.facility:
		found.append(_warehouses_of_facilities(filters))
	if filters.province:
		found.append(on_hand.warehouses_in(filters.province))
	return list(set.intersection(*map(set, found))) if found else None


def _warehouses_of_facilities(filters: frappe._dict) -> list[str]:
	wanted = {"healthcare_facility": filters.facility or ("is", "set")}
	if filters.facility_type:
		wanted["healthcare_facility_type"] = filters.facility_type
	return frappe.get_all("Warehouse", wanted, pluck="name")


def _described(rows: list[frappe._dict]) -> list[dict[str, Any]]:
	facilities = on_hand.facilities_of({row.warehouse for row in rows})
	lots = _described_lots({row.national_lot for row in rows})
	return [
		{
			**facilities.get(row.warehouse, {}),
			**lots[row.national_lot],
			"units": row.units,
			"warehouse_type": _(facilities.get(row.warehouse, {}).get("warehouse_type") or ""),
			"warehouse": row.warehouse,
		}
		for row in rows
	]


def _described_lots(names: set[str]) -> dict[str, frappe._dict]:
	lots = frappe.get_all("National Lot", filters={"name": ("in", list(names))}, fields=LOT_FIELDS, limit=0)
	for lot in lots:
		lot.status = _status(lot)
		lot.days_to_expiry = days_to_expiry(lot.expiry_date, getdate())
	return {lot.national_lot: lot for lot in lots}


def _summary(totals: frappe._dict) -> list[dict]:
	figures = {
		_("Units on Hand"): totals.units,
		_("Facilities"): totals.facilities,
		_("Lots"): totals.lots,
	}
	return [
		{"label": label, "value": fmt_money(value, precision=0), "datatype": "Data"}
		for label, value in figures.items()
	]


def _columns() -> list[dict]:
	def column(
		fieldname: str, label: str, fieldtype: str = "Data", options: str | None = None, width: int = 120
	):
		return {
			"fieldname": fieldname,
			"label": label,
			"fieldtype": fieldtype,
			"options": options,
			"width": width,
		}

	return [
		column("medicine_title", _("Medicine"), width=200),
		column("national_lot", _("Lot"), "Link", "National Lot", 165),
		column("status", _("Lot Status"), width=95),
		column("expiry_date", _("Expiry Date"), "Date", width=115),
		column("days_to_expiry", _("Days to Expiry"), "Int", width=120),
		column("facility_name", _("Facility Name"), width=190),
		column("province", _("Province"), width=115),
		column("units", _("Units on Hand"), "Int", width=120),
		column("warehouse_type", _("Warehouse Type"), width=130),
		column("kind", _("Facility Type"), width=140),
		column("facility", _("Facility"), "Dynamic Link", "facility_type", 120),
	]
