"""Who holds what: units on hand by facility and lot, most units first."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import fmt_money, getdate

from healthcare_erp.domain.lots import days_to_expiry
from healthcare_erp.domain.tradability import effective_status
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.traceability import stock_on_hand, warehouses

MAX_ROWS = 5_000
LOT_FILTERS = ("national_medicine", "lot_status", "national_lot")
LOT_FIELDS = [
	"name as national_lot",
	"lot_number",
	"national_medicine",
	"medicine_title",
	"expiry_date",
	"status",
]


def execute(filters: dict | None = None) -> tuple:
	"""Filters: `province` (any administrative level), `facility_type` with `facility`, `national_medicine`,
	`national_lot`, `lot_status` (a list)."""
	filters = frappe._dict(filters or {})
	rows = stock_on_hand.positions(_lots(filters), _warehouses(filters), MAX_ROWS + 1)
	more, rows = len(rows) > MAX_ROWS, rows[:MAX_ROWS]
	data = _described(rows)
	message = (
		_("The {0} largest holdings are shown: filter to see the others.").format(MAX_ROWS) if more else None
	)
	return _columns(), data, message, None, _summary(data)


def _lots(filters: frappe._dict) -> list[str] | None:
	if filters.national_lot:
		return [filters.national_lot]
	wanted = {}
	if filters.national_medicine:
		wanted["national_medicine"] = filters.national_medicine
	if filters.lot_status:
		wanted["status"] = ("in", frappe.parse_json(filters.lot_status))
	return frappe.get_all("National Lot", filters=wanted, pluck="name", limit=0) if wanted else None


def _warehouses(filters: frappe._dict) -> list[str] | None:
	if filters.facility and filters.facility_type in FACILITY_TYPES:
		return warehouses.warehouses_of(filters.facility_type, filters.facility)
	return stock_on_hand.warehouses_in(filters.province) if filters.province else None


def _described(rows: list[frappe._dict]) -> list[dict[str, Any]]:
	facilities = stock_on_hand.facilities_of({row.warehouse for row in rows})
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
	today = getdate()
	lots = frappe.get_all("National Lot", filters={"name": ("in", list(names))}, fields=LOT_FIELDS, limit=0)
	for lot in lots:
		lot.status = str(effective_status(lot.status, lot.expiry_date, today))
		lot.days_to_expiry = days_to_expiry(lot.expiry_date, today)
	return {lot.national_lot: lot for lot in lots}


def _summary(data: list[dict]) -> list[dict]:
	figures = {
		_("Units on Hand"): sum(row["units"] for row in data),
		_("Facilities"): len({(row.get("facility_type"), row.get("facility")) for row in data}),
		_("Lots"): len({row["national_lot"] for row in data}),
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
