"""Charts and number cards, which a client may make up."""

import inspect

import frappe

from healthcare_erp.overrides.whitelisted import query
from healthcare_erp.overrides.whitelisted.guarded import is_guarded, need_all
from healthcare_erp.overrides.whitelisted.replacing import pass_on, replaces


@replaces("frappe.desk.doctype.dashboard_chart.dashboard_chart.get")
def get_chart(own, given):
	chart = _chart(given)
	query.check({**chart, "chart": chart, **given}, chart.document_type)
	query.check({"sort_field": chart.based_on}, chart.document_type)
	if not is_guarded(chart.document_type):
		return pass_on(own, given)
	if chart.type == "Heatmap":
		need_all(chart.document_type)
	# past Frappe's cache, which keeps one answer for all users
	return inspect.unwrap(own)(**given)


@replaces("frappe.desk.doctype.number_card.number_card.get_result")
def get_number(own, given):
	query.check(given, frappe.parse_json(given.doc).get("document_type"))
	return pass_on(own, given)


def _chart(given: frappe._dict) -> frappe._dict:
	if given.get("chart_name"):
		return frappe._dict(frappe.get_doc("Dashboard Chart", given.chart_name).as_dict())
	return frappe._dict(frappe.parse_json(given.get("chart")) or {})
