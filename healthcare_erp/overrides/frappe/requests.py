"""Requests that nobody can answer are refused by name, before Frappe looks at them or after it gave up.

Hooks `before_request` and `after_request`: what comes before and after any method, list or document.
"""

import json
from urllib.parse import unquote

import frappe
from frappe.utils.response import report_error

from healthcare_erp.api.parsing import check_readable
from healthcare_erp.core.exceptions import HealthcareError, throw
from healthcare_erp.core.scope import SCOPES
from healthcare_erp.traceability import report_filters

API, METHOD, RESOURCES = "/api/", "method", ("resource", "document")
NEW_DOC_PARAMETERS = ("as_dict", "parent_doc")  # Frappe would take them for its function's, beside the fields
REPORT_METHODS = "frappe.desk.query_report."
# Methods of Frappe that put into SQL what the caller names: fields, filters, an order. (One of them is replaced.)
QUESTIONS = (
	"frappe.client.get",
	"frappe.desk.reportview.",
	"frappe.desk.search.",
	REPORT_METHODS,
	"healthcare_erp.overrides.whitelisted.",
)
LOST_RACES = ("QueryDeadlockError", "QueryTimeoutError")
# What Frappe raises over fields, filters and orders that it cannot read, and the database over those it cannot run
UNREADABLE = (
	"AttributeError",
	"DataError",
	"IndexError",
	"JSONDecodeError",
	"KeyError",
	"OperationalError",
	"ParserError",
	"ProgrammingError",
	"RecursionError",
	"TypeError",
	"UnicodeEncodeError",
	"ValueError",
)


def refuse_unreadable() -> None:
	"""before_request: texts that no database stores, what is no field of a new document, and filters of reports.

	:raises InvalidRequestError:
	"""
	given, (kind, subject) = frappe.local.form_dict, _asked(frappe.request.path)
	if kind is None or not _is_ours(subject, given):
		return
	for name, value in given.items():
		check_readable(name, value)
	if kind in RESOURCES and frappe.request.method == "POST":
		for name in given.keys() & NEW_DOC_PARAMETERS:
			throw("unknown_property", field=name)
	if subject.startswith(REPORT_METHODS) and given.get("filters"):
		_check_filters(given.get("report_name"), given.filters)


def name_refusal(response, request) -> None:
	"""after_request: a lost race is LedgerBusyError (409); a question that cannot be read InvalidRequestError (400)."""
	if response is None or response.status_code < 500 or not request.path.startswith(API):
		return
	error, (kind, subject) = _error(), _asked(request.path)
	if error in LOST_RACES:
		_rename(response, "ledger_busy")
	elif not _is_json(request):
		_rename(response, "unreadable_body")
	elif (
		error in UNREADABLE
		and _is_question(kind, subject, request)
		and _is_ours(subject, frappe.local.form_dict)
	):
		_rename(response, "unreadable_question")


def _asked(path: str) -> tuple[str | None, str]:
	"""What a path of the API leads to: `method` and its name, or `resource` and the DocType."""
	parts = [unquote(part) for part in path.strip("/").split("/")]
	if parts[:1] != ["api"]:
		return None, ""
	kind, *rest = parts[2:] if parts[1:2] in (["v1"], ["v2"]) else parts[1:] or [""]
	return (kind, rest[0]) if rest else (None, "")


def _is_ours(subject: str, given) -> bool:
	"""Whether a request is about the app: its methods, documents or reports."""
	if subject.startswith("healthcare_erp.") or subject in SCOPES:
		return True
	doc = given.get("doc")
	names = (given.get("doctype"), given.get("dt"), doc.get("doctype") if isinstance(doc, dict) else None)
	return any(isinstance(name, str) and name in SCOPES for name in names) or bool(
		_report(given.get("report_name"))
	)


def _report(name) -> frappe._dict | None:
	"""A report of the app that is a script of it."""
	if not isinstance(name, str) or not name:
		return None
	report = frappe.db.get_value(
		"Report", name, ["name", "module", "report_type", "is_standard"], as_dict=True
	)
	ours = report and frappe.local.module_app.get(frappe.scrub(report.module or "")) == "healthcare_erp"
	return report if ours and report.report_type == "Script Report" and report.is_standard == "Yes" else None


def _check_filters(report_name, filters) -> None:
	report = _report(report_name)
	if report:
		module = frappe.get_module(
			f"healthcare_erp.{frappe.scrub(report.module)}.report.{frappe.scrub(report.name)}.{frappe.scrub(report.name)}"
		)
		report_filters.read(filters, module.FILTERS)


def _is_question(kind: str | None, subject: str, request) -> bool:
	if kind == METHOD:
		return subject.startswith(QUESTIONS)
	return kind in RESOURCES and request.method == "GET"


def _error() -> str | None:
	"""The class of the error that Frappe answered."""
	answered = frappe.local.response
	errors = answered.get("errors") or [{}]
	return answered.get("exc_type") or errors[0].get("type")


def _is_json(request) -> bool:
	if not request.is_json:
		return True
	try:
		json.loads(request.get_data(as_text=True) or "{}")
	except (ValueError, RecursionError):
		return False
	return True


def _rename(response, code: str) -> None:
	"""Answer with the named error in place of what was said."""
	frappe.clear_messages()
	for key in ("exc", "exception", "errors", "_error_message"):
		frappe.local.response.pop(key, None)
	try:
		throw(code)
	except HealthcareError as refusal:
		named = report_error(refusal.http_status_code)
	response.status_code = named.status_code
	response.set_data(named.get_data())
