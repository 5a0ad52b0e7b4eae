"""Reports run as the user who opens them, and what they found stays with that user."""

import frappe
from frappe.desk.query_report import get_report_doc
from frappe.utils import sbool

from healthcare_erp.core.exceptions import throw
from healthcare_erp.overrides.whitelisted import query
from healthcare_erp.overrides.whitelisted.guarded import APP, app_of, guarded_doctypes, is_guarded
from healthcare_erp.overrides.whitelisted.replacing import pass_on, replaces
from healthcare_erp.overrides.whitelisted.stock import reports as stock_reports

_OF_OTHERS = """(`tabPrepared Report`.owner = {user} OR `tabPrepared Report`.report_name NOT IN (
	SELECT name FROM `tabReport` WHERE ref_doctype IN ({doctypes}) OR module IN ({modules})
		OR name IN ({reports}) OR reference_report IN ({reports})))"""


def is_guarded_report(name: str) -> bool:
	"""A report of the app, one on a guarded DocType, or one of ERPNext's on stock."""
	report = _reference(name)
	return bool(report) and (
		stock_reports.shows_stock(report) or is_guarded(report.ref_doctype) or _is_ours(report)
	)


@replaces("frappe.desk.query_report.run")
def run(own, given):
	report = _judge(given, given.report_name)
	if not report or not stock_reports.shows_stock(report):
		return pass_on(own, given)
	return stock_reports.run(own, given, report, _filters(given))


def _checked(own, given):
	_judge(given, given.report_name)
	check_stock(given.report_name, given.get("filters"))
	return pass_on(own, given)


export = replaces("frappe.desk.query_report.export_query")(_checked)
prepare = replaces("frappe.core.doctype.prepared_report.prepared_report.make_prepared_report")(_checked)


def check_stock(name: str, filters) -> None:
	"""
	:raises OutOfScopeError: HTTP 403, where a report on stock would show that of a facility outside the scope.
	"""
	report = _reference(name)
	if report and stock_reports.shows_stock(report):
		stock_reports.check(report, query.parsed(filters))


def prepared_report_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Of a guarded report, each user sees what was prepared for that user."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	listed = {
		"doctypes": guarded_doctypes(),
		"modules": frappe.get_module_list(APP),
		"reports": stock_reports.STOCK_REPORTS,
	}
	quoted = {
		key: ", ".join(frappe.db.escape(name) for name in sorted(names)) for key, names in listed.items()
	}
	return _OF_OTHERS.format(user=frappe.db.escape(user), **quoted)


def has_prepared_report_permission(doc, ptype: str = "read", user: str | None = None) -> bool | None:
	"""False for what was prepared for another user; otherwise Frappe decides."""
	user = user or frappe.session.user
	of_another = user not in ("Administrator", doc.owner) and not doc.is_new()
	return False if of_another and is_guarded_report(doc.report_name) else None


def check_recipient(doc, method: str | None = None) -> None:
	"""validate of Auto Email Report: nobody has a report run as somebody else."""
	if frappe.session.user in ("Administrator", doc.user) or not is_guarded_report(doc.report):
		return
	throw("report_of_another", report=doc.report)


def _judge(given: frappe._dict, name: str) -> frappe._dict | None:
	"""What holds for each guarded report; returns the one that computes."""
	for column in (*(query.parsed(given.get("custom_columns")) or ()), *_saved_columns(name)):
		# Desk writes `warehouse-item` where the report has a column of that name, and Frappe reads what is before
		fieldname = str(column.get("fieldname") or "").split("-")[0]
		query.check({"fieldname": fieldname}, column.get("doctype"))
	if not is_guarded_report(name):
		return None
	given.pop("user", None)
	_check_prepared(query.parsed(given.get("filters")) or {})
	return _reference(name)


def _filters(given: frappe._dict):
	"""Those that the report is run with: a Custom Report is opened with its own."""
	if sbool(given.get("are_default_filters", True)):
		return get_report_doc(given.report_name).custom_filters or query.parsed(given.get("filters"))
	return query.parsed(given.get("filters"))


def _saved_columns(name: str) -> list[dict]:
	"""The columns that a Custom Report keeps and Frappe looks up by links; anybody may save one."""
	saved = frappe.get_cached_value("Report", name, ["report_type", "json"], as_dict=True)
	if not saved or saved.report_type != "Custom Report":
		return []
	columns = (query.parsed(saved.json) or {}).get("columns") or []
	return [column for column in columns if column.get("doctype")]


def _check_prepared(filters: dict) -> None:
	prepared = filters.get("prepared_report_name") if isinstance(filters, dict) else None
	if prepared and not frappe.has_permission("Prepared Report", doc=prepared):
		throw("out_of_scope", name=prepared)


def _reference(name: str) -> frappe._dict | None:
	"""The report that computes: a Custom Report names another."""
	fields = ["name", "module", "ref_doctype", "report_type", "reference_report"]
	report = frappe.get_cached_value("Report", name, fields, as_dict=True)
	if report and report.report_type == "Custom Report" and report.reference_report != name:
		return _reference(report.reference_report)
	return report


def _is_ours(report: frappe._dict) -> bool:
	return app_of(report.module) == APP
