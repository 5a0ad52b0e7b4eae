"""Who sees and writes what: the only place that turns a user's scope into conditions.

A scope is made of User Permissions: on Administrative Level (with all below it) or on a single facility.
Without any, national roles see the whole country and facility roles see nothing.
"""

import frappe

from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.exceptions import throw

NATIONAL_ROLES = frozenset({"National Admin", "Inspector", "Analyst", "Auditor", "Quality Manager"})

_IN_TERRITORY = """administrative_level IN (
	SELECT inside.name FROM `tabAdministrative Level` inside
	JOIN `tabAdministrative Level` granted ON inside.lft BETWEEN granted.lft AND granted.rgt
	JOIN `tabUser Permission` permission ON permission.for_value = granted.name
	WHERE permission.allow = 'Administrative Level' AND permission.user = {user})"""
_GRANTED = """name IN (
	SELECT permission.for_value FROM `tabUser Permission` permission
	WHERE permission.allow = {facility_type} AND permission.user = {user})"""
_WAREHOUSES = """SELECT name FROM `tabWarehouse`
	WHERE healthcare_facility_type = {type} AND healthcare_facility IN (
		SELECT name FROM `tab{facility_type}` WHERE {inside})"""
_ANY_SCOPE = "SELECT name FROM `tabUser Permission` WHERE user = %(user)s AND allow IN %(allow)s LIMIT 1"


def is_national(user: str | None = None) -> bool:
	"""Whether the user's scope is the whole country: Administrator, or a national role without User Permissions."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	return bool(NATIONAL_ROLES & set(frappe.get_roles(user))) and not _has_scope(user)


def stock_movement_conditions(user: str | None = None) -> str:
	user = user or frappe.session.user
	if is_national(user):
		return ""
	# the names themselves: with a query in their place, the database reads the ledger from end to end
	names = frappe.db.sql_list(_all_scoped_warehouses(user))
	listed = ", ".join(frappe.db.escape(name) for name in names)
	return f"`tabStock Movement`.warehouse IN ({listed})" if names else "1 = 0"


def pharmacy_conditions(user: str | None = None) -> str:
	return _facility_conditions("Pharmacy", user)


def public_facility_conditions(user: str | None = None) -> str:
	return _facility_conditions("Public Facility", user)


def has_stock_movement_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	if not doc.warehouse:  # not recorded yet: `check_warehouses` asks once the facility is known
		return True
	return not outside_scope([doc.warehouse], user)


def has_facility_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	user = user or frappe.session.user
	if doc.is_new() or is_national(user):
		return True
	condition = _inside(doc.doctype, user)
	return bool(
		frappe.db.sql(f"SELECT name FROM `tab{doc.doctype}` WHERE name = %s AND ({condition})", doc.name)
	)


def check_warehouses(warehouses: set[str], user: str | None = None) -> None:
	"""Refuse warehouses outside the user's scope.

	:raises OutOfScopeError: HTTP 403, naming the first of them.
	"""
	outside = outside_scope(warehouses, user)
	if outside:
		throw("out_of_scope", name=outside[0])


def check_voucher(warehouse: str) -> None:
	"""Refuse a user with a scope an ERPNext voucher's entry outside it; without one, ERPNext's own rights decide.

	:raises OutOfScopeError: HTTP 403.
	"""
	if _has_scope(frappe.session.user):
		check_warehouses({warehouse})


def outside_scope(warehouses, user: str | None = None) -> list[str]:
	"""The warehouses, in name order, that lie outside the user's scope; one query for all of them."""
	user = user or frappe.session.user
	if not warehouses or is_national(user):
		return []
	inside = _all_scoped_warehouses(user)
	allowed = frappe.db.sql_list(f"SELECT name FROM ({inside}) scope WHERE name IN %s", (tuple(warehouses),))
	return sorted(set(warehouses) - set(allowed))


def _facility_conditions(facility_type: str, user: str | None) -> str:
	user = user or frappe.session.user
	return "" if is_national(user) else f"({_inside(facility_type, user, f'`tab{facility_type}`.')})"


def _all_scoped_warehouses(user: str) -> str:
	return " UNION ALL ".join(_scoped_warehouses(facility_type, user) for facility_type in FACILITY_TYPES)


def _scoped_warehouses(facility_type: str, user: str) -> str:
	values = {"type": frappe.db.escape(facility_type), "facility_type": facility_type}
	return _WAREHOUSES.format(inside=_inside(facility_type, user), **values)


def _inside(facility_type: str, user: str, prefix: str = "") -> str:
	values = {"user": frappe.db.escape(user), "facility_type": frappe.db.escape(facility_type)}
	return f"{prefix}{_IN_TERRITORY} OR {prefix}{_GRANTED}".format(**values)


def _has_scope(user: str) -> bool:
	return bool(frappe.db.sql(_ANY_SCOPE, {"user": user, "allow": ("Administrative Level", *FACILITY_TYPES)}))
