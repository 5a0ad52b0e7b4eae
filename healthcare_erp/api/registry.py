"""What the Desk asks of the registry over `/api/method/healthcare_erp.api.registry.<method>`.

A number card is `{value, text, route, route_options}`: the number, as it is shown, and the list that it counts.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import fmt_money, getdate

from healthcare_erp.api.parsing import as_filters, checked_arguments
from healthcare_erp.core import visible_part
from healthcare_erp.core.exceptions import throw
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.traceability.stock import activity, lot_lists, on_hand

Card = dict[str, Any]
READ = ["GET", "POST"]  # the Desk's cards and map ask by POST


@frappe.whitelist(methods=READ)
@checked_arguments
def active_lots(filters: Any = None) -> Card:
	"""Number card: lots in trade."""
	return _lots(lot_lists.active())


@frappe.whitelist(methods=READ)
@checked_arguments
def expiring_lots(filters: Any = None) -> Card:
	"""Number card: lots in trade that expire within 30 days."""
	return _lots(lot_lists.expiring())


@frappe.whitelist(methods=READ)
@checked_arguments
def stopped_units(filters: Any = None) -> Card:
	"""Number card: units of blocked and recalled lots that are still on somebody's shelves."""
	_check_stock()
	if visible_part.sees_nothing():
		return _hidden_card()
	units = on_hand.total_units(lot_lists.names(lot_lists.stopped()))
	text = _("{0} units").format(fmt_money(units, precision=0))
	options = {"lot_status": list(lot_lists.STOPPED)}
	return _card(units, ["query-report", "Stock by Facility"], options) | {"text": text}


@frappe.whitelist(methods=READ)
@checked_arguments
def movements_today(filters: Any = None) -> Card:
	"""Number card: movements that happened today."""
	_check_stock()
	if visible_part.sees_nothing():
		return _hidden_card()
	today = str(getdate())
	since = {"creation": [">=", today], "posting_datetime": [">=", today]}
	return _card(activity.count_since(getdate()), ["List", "Stock Movement"], since)


@frappe.whitelist(methods=READ)
@checked_arguments
def lot_stock(lot: str) -> dict[str, Any]:
	"""Who holds a lot, inside the caller's scope: `{units, imported, provinces: [{province, units, facilities}], scope}`.

	`scope` says which part that is, as in a trace; `units` is None for somebody who sees none.
	"""
	_check_stock()
	frappe.has_permission("National Lot", "read", lot, throw=True)
	held = on_hand.units_by_warehouse([lot])
	provinces = on_hand.by_province(held)
	scope = visible_part.describe()
	return {
		"scope": scope,
		"units": None if visible_part.sees_nothing(scope) else sum(held.values()),
		"imported": on_hand.imported_units(lot),
		"provinces": [{"province": name, **total} for name, total in provinces.items()],
	}


@frappe.whitelist(methods=READ)
@checked_arguments
def facility_coordinates(doctype: str, filters: str | list = "[]", type: str | None = None) -> dict[str, Any]:
	"""The facilities of a list that have a location, as GeoJSON for the map view.

	:param type: sent by the map view, not used.
	"""
	if doctype not in FACILITY_TYPES:
		throw("unknown_facility_type", facility_type=doctype, allowed=FACILITY_TYPES)
	located = [["latitude", "!=", 0], ["longitude", "!=", 0]]
	fields = ["name", "facility_name", "status", "latitude", "longitude"]
	wanted = as_filters(doctype, filters)
	facilities = frappe.get_list(doctype, filters=[*wanted, *located], fields=fields, limit=0)
	return {"type": "FeatureCollection", "features": [_feature(doctype, facility) for facility in facilities]}


def _lots(filters: dict) -> Card:
	frappe.has_permission("National Lot", "read", throw=True)
	return _card(frappe.db.count("National Lot", filters), ["List", "National Lot"], filters)


def _card(value: int, route: list[str], options: dict) -> Card:
	# `text` is shown as it is: Frappe would shorten the number, and the list behind it does not
	return {"value": value, "text": fmt_money(value, precision=0), "route": route, "route_options": options}


def _hidden_card() -> Card:
	"""For somebody without a scope, to whom a zero would be untrue."""
	return {"value": None, "text": _("not visible to you"), "route": None, "route_options": None}


def _check_stock() -> None:
	frappe.has_permission("Stock Movement", "read", throw=True)


def _feature(doctype: str, facility: frappe._dict) -> dict[str, Any]:
	link = frappe.utils.get_link_to_form(
		doctype, facility.name, frappe.utils.escape_html(facility.facility_name)
	)
	return {
		"type": "Feature",
		"properties": {"name": f"{link}<br>{frappe.utils.escape_html(frappe._(facility.status))}"},
		"geometry": {"type": "Point", "coordinates": [facility.longitude, facility.latitude]},
	}
