"""Who sees and writes what: the only place that turns a user's scope into conditions.

A scope is made of User Permissions: on Administrative Level (with all below it, unless the permission hides what is
below) or on a single facility; one that applies to a single DocType counts for that DocType only. Without any,
national roles see the whole country and facility roles see nothing. `scope.SCOPES` says how a DocType reaches
facilities; `facility_territories` (healthcare_erp/territories.py) keeps ready which facilities lie where.
"""

import frappe

from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.scope import SCOPED, SCOPES, ByReference, ByWarehouse, Itself
from healthcare_erp.domain.vocabulary import FACILITY_TYPES

NATIONAL_ROLES = frozenset({"National Admin", "Inspector", "Analyst", "Auditor"})
STOCK = "Stock Movement"

_GRANTED = """FROM `tabUser Permission` permission WHERE permission.user = {user}
	AND permission.healthcare_derived = 0 AND COALESCE(permission.applicable_for, '') IN ('', {doctype})"""
_FACILITIES = """SELECT territory.facility FROM facility_territories territory
	JOIN `tabUser Permission` permission
		ON permission.allow = territory.place_type AND permission.for_value = territory.place
	WHERE territory.facility_type = {facility_type} AND (territory.is_own OR NOT permission.hide_descendants)
		AND permission.user = {user} AND permission.healthcare_derived = 0
		AND COALESCE(permission.applicable_for, '') IN ('', {doctype})"""
_WAREHOUSES = """SELECT name FROM `tabWarehouse`
	WHERE healthcare_facility_type = {facility_type} AND healthcare_facility IN ({facilities})"""
_ANY_SCOPE = f"SELECT permission.name {_GRANTED} AND permission.allow IN {{allow}} LIMIT 1"
_TERRITORIES = """SELECT permission.name FROM `tabUser Permission` permission
	JOIN `tabAdministrative Level` granted ON granted.name = permission.for_value
	JOIN `tabAdministrative Level` place ON place.lft BETWEEN granted.lft AND granted.rgt
	WHERE permission.allow = 'Administrative Level' AND permission.user = %(user)s AND place.name = %(place)s
		AND permission.healthcare_derived = 0
		AND COALESCE(permission.applicable_for, '') IN ('', %(doctype)s)
		AND (granted.name = place.name OR NOT permission.hide_descendants) LIMIT 1"""


def is_national(user: str | None = None, doctype: str = STOCK) -> bool:
	"""Whether the user's scope for a DocType is the country: Administrator, or a national role without a scope."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	return bool(NATIONAL_ROLES & set(frappe.get_roles(user))) and not _has_scope(user, doctype)


def sees_all(user: str, doctype: str) -> bool:
	"""Whether no row of a DocType lies outside the user's scope: of what speaks of others, of those neither."""
	speaks = any(isinstance(reach, ByReference) for reach in SCOPES[doctype].reaches)
	return all(is_national(user, other) for other in (SCOPED if speaks else (doctype,)))


def query_conditions(user: str | None = None, doctype: str = STOCK) -> str:
	"""SQL that holds for the rows of a DocType inside the user's scope (hook `permission_query_conditions`)."""
	user = user or frappe.session.user
	if sees_all(user, doctype):
		return ""
	scope = SCOPES[doctype]
	reached = " OR ".join(_CONDITIONS[type(reach)](reach, doctype, user) for reach in scope.reaches)
	return f"({reached}) AND NOT ({scope.national_only})" if scope.national_only else f"({reached})"


def has_document_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	"""Whether a document lies inside the user's scope (hook `has_permission`): as stored, not as sent."""
	user = user or frappe.session.user
	if sees_all(user, doc.doctype):
		return True
	if doc.is_new() or not doc.name:
		return _may_begin(doc, user)
	inside = f"name = {_quoted(doc.name)} AND {query_conditions(user, doc.doctype)}"
	return bool(frappe.db.sql(f"SELECT name FROM `tab{doc.doctype}` WHERE {inside}"))  # nosec B608 # its values are quoted


def is_in_scope(doc) -> bool:
	"""Whether the user's scope covers a document, as it is stored; everybody's does where its DocType has none."""
	return doc.doctype not in SCOPED or has_document_permission(doc)


def stock_movement_conditions(user: str | None = None) -> str:
	"""`query_conditions` of the ledger, for a statement that takes values (a per cent sign in a name is doubled)."""
	return query_conditions(user, STOCK).replace("%", "%%")


def check_national(doctype: str = STOCK) -> None:
	"""Refuse what shows or changes the whole country to a user with a scope, whatever the role.

	:raises OutOfScopeError: HTTP 403.
	"""
	if not is_national(doctype=doctype):
		throw("whole_country")


def check_warehouses(warehouses: set[str], user: str | None = None) -> None:
	"""Refuse warehouses outside the user's scope.

	:raises OutOfScopeError: HTTP 403, naming the first of them.
	"""
	outside = outside_scope(warehouses, user)
	if outside:
		throw("out_of_scope", name=outside[0])


def check_voucher(warehouse: str, belongs_to_facility: bool) -> None:
	"""Refuse an ERPNext voucher's entry in a facility's warehouse to all but those whose scope holds it. In any
	other warehouse ERPNext's own rights decide, except for a user with a scope.

	:raises OutOfScopeError: HTTP 403.
	"""
	if belongs_to_facility or _has_scope(frappe.session.user, STOCK):
		check_warehouses({warehouse})


def outside_scope(warehouses, user: str | None = None) -> list[str]:
	"""The warehouses, in name order, that lie outside the user's scope; one query for all of them."""
	user = user or frappe.session.user
	if not warehouses or is_national(user):
		return []
	asked = ", ".join(map(_quoted, warehouses))
	inside = _scoped_warehouses(user, STOCK)
	allowed = frappe.db.sql(f"SELECT name FROM ({inside}) scope WHERE name IN ({asked})", pluck=True)  # nosec B608 # its values are quoted
	return sorted(set(warehouses) - set(allowed))


def scoped_warehouses(user: str) -> list[str]:
	"""The facilities' warehouses inside the scope of a user who has one."""
	return frappe.db.sql(_scoped_warehouses(user, STOCK), pluck=True)


def _may_begin(doc, user: str) -> bool:
	"""A new facility is put inside the territory of who makes it; of other documents the operation asks, once it
	knows whose they are."""
	place = doc.get("administrative_level")
	if doc.doctype not in FACILITY_TYPES or not place:
		return True
	return bool(frappe.db.sql(_TERRITORIES, {"user": user, "place": place, "doctype": doc.doctype}))


def _itself(reach: Itself, doctype: str, user: str) -> str:
	return f"`tab{doctype}`.name IN ({_facilities(doctype, user, doctype)})"


def _by_warehouse(reach: ByWarehouse, doctype: str, user: str) -> str:
	# the names themselves: with a query in their place, the database reads the ledger from end to end
	names = frappe.db.sql(_scoped_warehouses(user, doctype), pluck=True)
	listed = ", ".join(map(_quoted, names))
	return f"`tab{doctype}`.`{reach.field}` IN ({listed})" if names else "1 = 0"


def _by_reference(reach: ByReference, doctype: str, user: str) -> str:
	"""Each DocType with a scope of its own is asked by its own conditions."""
	spoken_of = f"`tab{doctype}`.`{reach.doctype_field}`"
	target = f"`tab{doctype}`.`{reach.name_field}`"
	others = [other for other in SCOPED if other != doctype]
	found = [f"{spoken_of} NOT IN ({', '.join(map(_quoted, others))})"]
	for other in others:
		inside = query_conditions(user, other) or "1 = 1"
		exists = f"EXISTS (SELECT name FROM `tab{other}` WHERE name = {target} AND {inside})"  # nosec B608 # its values are quoted
		found.append(f"{spoken_of} = {_quoted(other)} AND {exists}")
	return "(" + " OR ".join(found) + ")"


_CONDITIONS = {Itself: _itself, ByWarehouse: _by_warehouse, ByReference: _by_reference}


def _scoped_warehouses(user: str, doctype: str) -> str:
	return " UNION ALL ".join(
		_WAREHOUSES.format(
			facility_type=_quoted(facility_type), facilities=_facilities(facility_type, user, doctype)
		)
		for facility_type in FACILITY_TYPES
	)


def _facilities(facility_type: str, user: str, doctype: str) -> str:
	"""A query of the facilities of one type inside the scope that counts for a DocType."""
	return _FACILITIES.format(
		facility_type=_quoted(facility_type), user=_quoted(user), doctype=_quoted(doctype)
	)


def _has_scope(user: str, doctype: str) -> bool:
	allow = f"({', '.join(map(_quoted, ('Administrative Level', *FACILITY_TYPES)))})"
	return bool(frappe.db.sql(_ANY_SCOPE.format(user=_quoted(user), doctype=_quoted(doctype), allow=allow)))


def _quoted(value: str) -> str:
	return frappe.db.escape(value, percent=False)
