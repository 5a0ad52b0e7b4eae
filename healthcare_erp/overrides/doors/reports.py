"""Reports run as the user who opens them, and what they found stays with that user."""

import frappe

from healthcare_erp.exceptions import throw
from healthcare_erp.overrides.doors import query, stock_scope
from healthcare_erp.overrides.doors.door import pass_on, stands_for
from healthcare_erp.overrides.doors.guarded import APP, app_of, guarded_doctypes, is_guarded

# ERPNext's reports on stock that obey the filter "warehouse"
BY_WAREHOUSE = frozenset(
	{
		"Available Batch Report",
		"Batch-Wise Balance History",
		"Stock Ageing",
		"Stock Analytics",
		"Stock Balance",
		"Stock Ledger",
		"Stock Projected Qty",
		"Warehouse wise Item Balance Age and Value",
	}
)
# … and those that show stock of every warehouse, beside the ones on a guarded DocType
OF_ALL_WAREHOUSES = frozenset(
	{
		"Item Price Stock",
		"Items To Be Requested",
		"Itemwise Recommended Reorder Level",
		"Stock Qty vs Serial No Count",
		"Total Stock Summary",
	}
)
_STOCK_REPORTS = BY_WAREHOUSE | OF_ALL_WAREHOUSES
_OF_OTHERS = """(`tabPrepared Report`.owner = {user} OR `tabPrepared Report`.report_name NOT IN (
	SELECT name FROM `tabReport` WHERE ref_doctype IN ({doctypes}) OR module IN ({modules})
		OR name IN ({reports}) OR reference_report IN ({reports})))"""


def is_guarded_report(name: str) -> bool:
	"""A report of the app, one on a guarded DocType, or one of ERPNext's on stock."""
	report = _reference(name)
	return bool(report) and (_shows_stock(report) or is_guarded(report.ref_doctype) or _is_ours(report))


@stands_for("frappe.desk.query_report.run")
def run(own, given):
	_judge(given, given.report_name)
	return pass_on(own, given)


@stands_for("frappe.desk.query_report.export_query")
def export(own, given):
	_judge(given, given.report_name)
	return pass_on(own, given)


@stands_for("frappe.core.doctype.prepared_report.prepared_report.make_prepared_report")
def prepare(own, given):
	_judge(given, given.report_name)
	return pass_on(own, given)


def prepared_report_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Of a guarded report, each user sees what was prepared for that user."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	listed = {
		"doctypes": guarded_doctypes(),
		"modules": frappe.get_module_list(APP),
		"reports": _STOCK_REPORTS,
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


def _judge(given: frappe._dict, name: str) -> None:
	for column in (*(query.parsed(given.get("custom_columns")) or ()), *_saved_columns(name)):
		query.check({"fieldname": column.get("fieldname")}, column.get("doctype"))
	if not is_guarded_report(name):
		return
	given.pop("user", None)
	filters = query.parsed(given.get("filters")) or {}
	_check_prepared(filters)
	_check_stock(_reference(name), filters)


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


def _check_stock(report: frappe._dict, filters: dict) -> None:
	"""ERPNext reads stock by SQL of its own: a report either keeps to a warehouse inside the scope, or is refused."""
	if not _shows_stock(report):
		return
	warehouse = (
		filters.get("warehouse") if report.name in BY_WAREHOUSE and isinstance(filters, dict) else None
	)
	if warehouse:
		stock_scope.check_warehouses(stock_scope.listed(warehouse))
	else:
		stock_scope.need_all()


def _reference(name: str) -> frappe._dict | None:
	"""The report that computes: a Custom Report names another."""
	fields = ["name", "module", "ref_doctype", "report_type", "reference_report"]
	report = frappe.get_cached_value("Report", name, fields, as_dict=True)
	if report and report.report_type == "Custom Report" and report.reference_report != name:
		return _reference(report.reference_report)
	return report


def _shows_stock(report: frappe._dict) -> bool:
	return report.name in _STOCK_REPORTS or (report.module == "Stock" and is_guarded(report.ref_doctype))


def _is_ours(report: frappe._dict) -> bool:
	return app_of(report.module) == APP
