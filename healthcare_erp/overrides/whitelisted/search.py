"""Link fields: a facility is found by its name, code and place; nothing else is searched past the scope."""

import frappe
from frappe.utils import cint

from healthcare_erp.core.exceptions import throw
from healthcare_erp.overrides.whitelisted import query
from healthcare_erp.overrides.whitelisted.guarded import is_guarded, strangers_see
from healthcare_erp.overrides.whitelisted.replacing import pass_on, replaces

FACILITIES = "healthcare_erp.overrides.whitelisted.search.find_facilities"
LONGEST_PAGE = 50
FOUND_BY = ("name", "facility_name", "administrative_level")


def _search(own, given):
	given["query"] = _guarded_query(given.get("query"))
	if not given["query"] and is_guarded(given.doctype):
		if cint(given.pop("ignore_user_permissions", 0)) and strangers_see(given.doctype):
			given["query"] = FACILITIES
		query.check(given, given.doctype)
	return pass_on(own, given)


search_link = replaces("frappe.desk.search.search_link")(_search)
search_widget = replaces("frappe.desk.search.search_widget")(_search)


@frappe.whitelist(methods=["GET", "POST"])
def find_facilities(
	doctype: str,
	txt: str,
	searchfield: str,
	start: int,
	page_len: int,
	filters: dict | list | str | None = None,
	as_dict: bool = False,
	reference_doctype: str | None = None,
) -> list | tuple:
	"""Facilities of the whole country for whoever must pick one, by name, code or place; approved ones come first.

	:returns: name, code, place and standing, nothing else.
	"""
	fields = strangers_see(doctype)
	if not fields:
		throw("beyond_scope_method", doctype=doctype)
	frappe.has_permission(doctype, "read", throw=True)
	by_other_fields = set(query.names(filters)) - {doctype, *fields}
	return (frappe.get_list if by_other_fields else frappe.get_all)(
		doctype,
		filters=filters,
		or_filters={field: ("like", f"%{txt}%") for field in FOUND_BY},
		fields=list(fields),
		limit_start=cint(start),
		limit_page_length=min(cint(page_len), LONGEST_PAGE),
		order_by="status, facility_name, name",  # Approved is the first of them
		as_list=not as_dict,
	)


@replaces("frappe.desk.search.get_link_title")
def get_link_title(own, given):
	"""A facility's name is for staff, every other title for those who may read the document."""
	if is_guarded(given.doctype):
		frappe.has_permission(
			given.doctype, doc=None if strangers_see(given.doctype) else given.docname, throw=True
		)
	return pass_on(own, given)


def _guarded_query(name: str | None) -> str | None:
	"""The guarded method that stands for a query's own, where there is one: Frappe calls queries as they are named."""
	return (frappe.get_hooks("override_whitelisted_methods").get(name) or [name])[-1] if name else None
