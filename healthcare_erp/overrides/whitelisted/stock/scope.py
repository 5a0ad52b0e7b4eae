"""Stock in ERPNext: of a facility's warehouse it is seen by those whose scope holds the facility.

Any other warehouse is ERPNext's own affair. What is asked here is which warehouses of facilities lie outside.
"""

from collections.abc import Iterable

import frappe

from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.permissions import is_national, outside_scope, scoped_warehouses
from healthcare_erp.overrides.whitelisted.query import parsed

# a group's stock is that of the warehouses below it
_OF_FACILITIES = """SELECT name FROM `tabWarehouse` WHERE name IN %(names)s AND healthcare_facility > ''
	UNION SELECT inside.name FROM `tabWarehouse` named
	JOIN `tabWarehouse` inside ON inside.lft BETWEEN named.lft AND named.rgt
	WHERE named.name IN %(names)s AND named.is_group AND inside.healthcare_facility > ''"""
_ONE_OUTSIDE = """SELECT name FROM `tabWarehouse`
	WHERE healthcare_facility > '' AND name NOT IN %(inside)s LIMIT 1"""


def hidden(warehouses: Iterable[str], user: str | None = None) -> list[str]:
	"""The facilities' warehouses among these, and below them, that lie outside the user's scope."""
	return [] if is_national(user) else outside_scope(of_facilities(warehouses), user)


def of_facilities(warehouses: Iterable[str]) -> list[str]:
	"""Those among these, and below them, that belong to a facility."""
	names = tuple({name for name in warehouses if name})
	return frappe.db.sql_list(_OF_FACILITIES, {"names": names}) if names else []


def check_warehouses(warehouses: Iterable[str]) -> None:
	"""
	:raises OutOfScopeError: HTTP 403, naming the first that lies outside.
	"""
	outside = hidden(warehouses)
	if outside:
		throw("out_of_scope", name=outside[0])


def sees_all() -> bool:
	"""Whether the user may see the stock of each facility that there is."""
	if is_national():
		return True
	inside = scoped_warehouses(frappe.session.user)
	return not frappe.db.sql(_ONE_OUTSIDE, {"inside": inside or [""]})


def need_all() -> None:
	"""Refuse what counts the stock of every warehouse, to those who may not see that of each facility.

	:raises OutOfScopeError: HTTP 403.
	"""
	if not sees_all():
		throw("stock_of_all")


def listed(value) -> list[str]:
	"""One name or a list of names, as filters take them."""
	value = parsed(value)
	return [value] if isinstance(value, str) else [name for name in value or [] if isinstance(name, str)]


def named_in(given: dict, depth: int = 3) -> set[str]:
	"""The warehouses that a call's arguments name, at any depth."""
	found = set()
	for key, value in given.items():
		value = parsed(value)
		if "warehouse" in str(key):
			found.update(filter(None, listed(value) if isinstance(value, str | list) else ()))
		elif depth and key != "doc":
			rows = value if isinstance(value, list) else [value]
			found.update(*(named_in(row, depth - 1) for row in rows if isinstance(row, dict)))
	return found
