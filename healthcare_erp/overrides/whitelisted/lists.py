"""Lists, counts and values of documents."""

from collections import Counter

import frappe
from frappe.utils import get_safe_filters

from healthcare_erp.core.exceptions import throw
from healthcare_erp.domain.values.texts import harmless
from healthcare_erp.overrides.whitelisted import held_lots, query
from healthcare_erp.overrides.whitelisted.guarded import is_guarded, need_all, sees_all
from healthcare_erp.overrides.whitelisted.replacing import pass_on, replaces

LEDGER = "Stock Movement"


def _limited(own, given):
	"""Frappe limits the rows by itself: only what is written into the query is judged."""
	query.check(given, given.get("doctype"))
	held_lots.put_names(given)
	return pass_on(own, given)


def _unlimited(argument: str):
	"""Frappe looks at every row: open to those who may see them all."""

	def answer(own, given):
		need_all(given.get(argument))
		return _limited(own, given)

	return answer


get_list = replaces("frappe.client.get_list")(_limited)
get_value = replaces("frappe.client.get_value")(_limited)
validate_link = replaces("frappe.client.validate_link")(_limited)
view_list = replaces("frappe.desk.reportview.get_list")(_limited)
view_count = replaces("frappe.desk.reportview.get_count")(_limited)
view_export = replaces("frappe.desk.reportview.export_query")(_limited)
view_stats = replaces("frappe.desk.reportview.get_stats")(_limited)
sidebar_stats = replaces("frappe.desk.reportview.get_sidebar_stats")(_limited)
filter_dashboard = replaces("frappe.desk.reportview.get_filter_dashboard_data")(_limited)
next_document = replaces("frappe.desk.form.utils.get_next")(_limited)
custom_field = replaces("frappe.desk.query_report.get_data_for_custom_field")(_limited)
coordinates = replaces("frappe.geo.utils.get_coords")(_unlimited("doctype"))
states = replaces("frappe.workflow.doctype.workflow.workflow.get_workflow_state_count")(_unlimited("doctype"))
goal = replaces("frappe.utils.goal.get_monthly_goal_graph_data")(_unlimited("goal_doctype"))
amended = replaces("frappe.client.is_document_amended")(_unlimited("doctype"))


@replaces("frappe.desk.reportview.get")
def view(own, given):
	"""The rows of lists and report views, which show texts as markup: those of the ledger stay as they were written."""
	answer = _limited(own, given)
	if answer and given.get("doctype") == LEDGER:
		answer["values"] = [[_shown(value) for value in row] for row in answer["values"]]
	return answer


def _shown(value):
	return harmless(value) if isinstance(value, str) else value


@replaces("frappe.desk.calendar.get_events")
def events(own, given):
	"""Desk offers a calendar of each DocType; those of the app that declare none have no fields for it."""
	fields = query.parsed(given.field_map)
	if is_guarded(given.doctype) and not _has_columns(given.doctype, fields, ("start", "end")):
		throw("no_calendar", doctype=given.doctype)
	return _limited(own, given)


def _has_columns(doctype: str, fields, keys: tuple[str, ...]) -> bool:
	columns = frappe.get_meta(doctype).get_valid_columns()
	return isinstance(fields, dict) and all(fields.get(key) in columns for key in keys)


def check_parent(doctype, name) -> None:
	"""A row of a document is read by those who read the document: Frappe asks for the role only.

	:raises PermissionError: HTTP 403.
	"""
	if not name or not is_guarded(doctype) or not frappe.is_table(doctype):
		return
	parent = frappe.db.get_value(doctype, name, ["parenttype", "parent"], as_dict=True)
	if parent:
		frappe.has_permission(parent.parenttype, doc=parent.parent, throw=True)


def _document(own, given):
	check_parent(given.get("doctype"), given.get("name"))
	return pass_on(own, given)


get_document = replaces("frappe.client.get")(_document)
load_document = replaces("frappe.desk.form.load.getdoc")(_document)


@replaces("frappe.client.get_count")
def get_count(own, given):
	query.check(given, given.doctype)
	if not is_guarded(given.doctype):
		return pass_on(own, given)
	filters = get_safe_filters(given.get("filters"))
	[found] = frappe.get_list(given.doctype, filters=filters, fields=["count(name) as total"], order_by=None)
	return found.total


@replaces("frappe.desk.listview.get_group_by_count")
def get_group_by_count(own, given):
	if given.field != "assigned_to" or not is_guarded(given.doctype):
		return _limited(own, given)
	query.check(given, given.doctype)
	return _assigned(given.doctype, query.parsed(given.current_filters))


def _assigned(doctype: str, filters) -> list[dict]:
	"""Who has how many to do of the documents that the user lists."""
	given_out = {"reference_type": doctype, "status": ("!=", "Cancelled"), "allocated_to": ("is", "set")}
	tasks = frappe.get_all("ToDo", filters=given_out, fields=["allocated_to", "reference_name"])
	names = {"name": ("in", [task.reference_name for task in tasks])}
	listed = set(frappe.get_list(doctype, filters=filters, or_filters=names, pluck="name"))
	counted = Counter(task.allocated_to for task in tasks if task.reference_name in listed)
	return [{"name": user, "count": count} for user, count in counted.most_common(50)]


@replaces("frappe.desk.doctype.tag.tag.get_tagged_docs")
def tagged(own, given):
	if not is_guarded(given.doctype):
		return pass_on(own, given)
	filters = {"_user_tags": ("like", given.tag)}
	return frappe.get_list(given.doctype, filters=filters, as_list=True)


@replaces("frappe.desk.notifications.get_open_count")
def get_open_count(own, given):
	"""Counts of what is linked to a document: DocTypes that the user sees a part of are left out."""
	items = query.parsed(given.get("items")) or _connections(given.doctype)
	given["items"] = [item for item in items if not is_guarded(item) or sees_all(item)]
	return pass_on(own, given)


def _connections(doctype: str) -> list[str]:
	groups = frappe.get_meta(doctype).get_dashboard_data().transactions or []
	return [item for group in groups for item in group.get("items")]


@replaces("frappe.utils.global_search.search")
def search_everything(own, given):
	return [found for found in pass_on(own, given) if not is_guarded(found.doctype) or _readable(found)]


def _readable(found: frappe._dict) -> bool:
	return bool(frappe.db.exists(found.doctype, found.name)) and frappe.has_permission(
		found.doctype, doc=found.name
	)


@replaces("frappe.desk.form.linked_with.get")
def get_linked(own, given):
	"""Frappe asks whether the document may be read, and does not wait for the answer."""
	frappe.has_permission(given.doctype, doc=given.docname, throw=True)
	return pass_on(own, given)


@replaces("frappe.desk.form.linked_with.get_submitted_linked_docs")
def get_submitted(own, given):
	frappe.has_permission(given.doctype, doc=given.name, throw=True)
	found = pass_on(own, given)
	shown = [row for row in found["docs"] if not is_guarded(row["doctype"]) or _readable(frappe._dict(row))]
	return found | {"docs": shown, "count": len(shown)}


@replaces("frappe.utils.nestedset.rebuild_tree")
def rebuild_tree(own, given):
	"""For whom Frappe means it: its own check looks for a name that no request has."""
	if "System Manager" not in frappe.get_roles():
		throw("beyond_scope_method", doctype=given.doctype)
	need_all(given.doctype)
	return pass_on(own, given)
