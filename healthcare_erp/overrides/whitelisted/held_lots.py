"""A filter of the list of lots that is no field of theirs: `held_in`, a place whose facilities hold units of the lot."""

import frappe

from healthcare_erp.overrides.whitelisted import query
from healthcare_erp.traceability.stock import on_hand

LOT = "National Lot"
HELD_IN = [LOT, "held_in", "="]


def put_names(given: frappe._dict) -> None:
	"""In a question about lots, put those that a place holds in the place of its filter, as far as the user sees them.

	:raises PermissionError: HTTP 403, for those who may not read movements.
	"""
	if given.get("doctype") != LOT:
		return
	for argument in ("filters", "current_filters"):
		conditions = query.parsed(given.get(argument))
		if isinstance(conditions, list) and any(map(_is_held_in, conditions)):
			given[argument] = [_named(one) if _is_held_in(one) else one for one in conditions]


def _is_held_in(condition) -> bool:
	return isinstance(condition, list) and condition[:3] == HELD_IN and isinstance(condition[-1], str)


def _named(condition: list) -> list:
	frappe.has_permission("Stock Movement", "read", throw=True)
	return [LOT, "name", "in", on_hand.lots_held_in(condition[-1]) or [""]]
