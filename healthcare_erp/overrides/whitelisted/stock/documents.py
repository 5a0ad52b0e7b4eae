"""ERPNext's rows of stock: those of a facility's warehouse are read by those whose scope holds it.

A document with rows (Stock Entry) is read by those who may see one of its warehouses. Which fields name a warehouse
is read from the DocType.
"""

import frappe

from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.permissions import is_national, scoped_warehouses
from healthcare_erp.overrides.whitelisted.stock import scope as stock_scope

CHANGES = frozenset({"create", "write", "submit", "cancel", "delete", "amend"})
# Names of tables and columns are ERPNext's schema; those of warehouses are quoted by the database driver.
_OF_A_FACILITY = """EXISTS (SELECT warehouse.name FROM `tabWarehouse` warehouse
	WHERE warehouse.name = {field} AND warehouse.healthcare_facility > '')"""
_ROW = "({inside} OR NOT ({of_a_facility}))"
_LINES = (
	"EXISTS (SELECT line.name FROM `tab{lines}` line WHERE line.parent = `tab{doctype}`.name AND ({asked}))"
)


def conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""permission_query_conditions"""
	if is_national(user):
		return ""
	lines = _lines_of(doctype)
	table = "line" if lines else f"`tab{doctype}`"
	fields = [f"{table}.`{field}`" for field in _warehouse_fields(lines or doctype)]
	names = ", ".join(map(_quoted, scoped_warehouses(user or frappe.session.user)))
	inside = " OR ".join(f"{field} IN ({names})" for field in fields) if names else "1 = 0"
	of_a_facility = " OR ".join(_OF_A_FACILITY.format(field=field) for field in fields)
	if lines:
		inside, of_a_facility = (
			_LINES.format(lines=lines, doctype=doctype, asked=asked) for asked in (inside, of_a_facility)
		)
	return _ROW.format(inside=inside, of_a_facility=of_a_facility)


def has_permission(doc, ptype: str = "read", user: str | None = None) -> bool | None:
	"""has_permission: False for what lies outside the scope; otherwise Frappe and ERPNext decide.

	:raises OutOfScopeError: HTTP 403, where it is to be made or changed, as the check of a voucher's entries does.
	"""
	of_facilities = stock_scope.of_facilities(_warehouses(doc))
	outside = stock_scope.hidden(of_facilities, user)
	if not outside or len(outside) < len(of_facilities):
		return None
	if ptype in CHANGES:
		throw("out_of_scope", name=outside[0])
	return False


def _warehouses(doc) -> set[str]:
	lines = _lines_of(doc.doctype)
	rows = doc.get("items") if lines else [doc]
	return {row.get(field) for row in rows for field in _warehouse_fields(lines or doc.doctype)}


def _lines_of(doctype: str) -> str | None:
	"""The DocType of a document's rows, where those name the warehouses."""
	items = frappe.get_meta(doctype).get_field("items")
	return items.options if items and items.fieldtype == "Table" else None


def _warehouse_fields(doctype: str) -> list[str]:
	links = frappe.get_meta(doctype).get_link_fields()
	return [field.fieldname for field in links if field.options == "Warehouse" and not field.is_virtual]


def _quoted(name: str) -> str:
	return frappe.db.escape(name, percent=False)
