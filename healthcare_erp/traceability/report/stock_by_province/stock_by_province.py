"""Units on hand by province, and how many of them may not be sold or used."""

from typing import Any

from frappe import _
from frappe.utils import getdate

from healthcare_erp.core import visible_part
from healthcare_erp.domain.vocabulary import LotStatus
from healthcare_erp.traceability.stock import lot_lists, on_hand

FILTERS: dict[str, str] = {}


def execute(filters: dict | None = None) -> tuple:
	"""No filters. The country's totals are at most `on_hand.FRESH_SECONDS` old."""
	data = _rows()
	every = _("The stock is counted every {0} minutes.").format(on_hand.FRESH_SECONDS // 60)
	return _columns(), data, visible_part.report_note(every), _chart(data) if data else None


def _rows() -> list[dict[str, Any]]:
	held = on_hand.by_province(on_hand.units_by_warehouse())
	stopped = on_hand.by_province(on_hand.units_by_warehouse(_unusable_lots()))
	return [
		{
			"province": province or _("Unknown"),
			"facilities": total.facilities,
			"units": total.units,
			"unusable_units": stopped[province].units if province in stopped else 0,
		}
		for province, total in held.items()
	]


def _unusable_lots() -> list[str]:
	past = {"status": ("in", (LotStatus.ACTIVE, LotStatus.EXPIRED)), "expiry_date": ("<", getdate())}
	return [*lot_lists.names(lot_lists.stopped()), *lot_lists.names(past)]


def _columns() -> list[dict]:
	return [
		{"fieldname": "province", "label": _("Province"), "fieldtype": "Data", "width": 220},
		{"fieldname": "facilities", "label": _("Facilities"), "fieldtype": "Int", "width": 130},
		{"fieldname": "units", "label": _("Units on Hand"), "fieldtype": "Int", "width": 160},
		{
			"fieldname": "unusable_units",
			"label": _("Of Which Blocked, Recalled or Expired"),
			"fieldtype": "Int",
			"width": 280,
		},
	]


def _chart(data: list[dict]) -> dict:
	unusable = [row["unusable_units"] for row in data]
	usable = [row["units"] - row["unusable_units"] for row in data]
	return {
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": ["#29a37a", "#e24c4c"],
		"data": {
			"labels": [row["province"] for row in data],
			"datasets": [
				{"name": _("Usable"), "values": usable},
				{"name": _("Not Usable"), "values": unusable},
			],
		},
	}
