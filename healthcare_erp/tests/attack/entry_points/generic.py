"""What Frappe offers over every DocType: each entry point, asked for all that it can tell."""

from collections.abc import Iterator
from typing import NamedTuple

import frappe

METHOD = "/api/method/"
NUMBERS = ("Int", "Float", "Currency")
# The fields that hold a mark of the world
FIGURES = ("quantity", "balance_after", "unit_price", "qty", "transfer_qty", "actual_qty", "total_qty")


class EntryPoint(NamedTuple):
	label: str
	verb: str
	path: str
	form: dict

	def __str__(self) -> str:
		return f"{self.verb} {self.label}"


def method(name: str, /, **form) -> EntryPoint:
	return EntryPoint(f"{name} {form.get('doctype', '')}", "POST", METHOD + name, form)


def reading(doctype: str, name: str) -> Iterator[EntryPoint]:
	"""Entry points that read, for one DocType and one of its documents."""
	meta = frappe.get_meta(doctype)
	columns = [column for column in meta.get_valid_columns() if column != "doctype"]
	numbers = [field.fieldname for field in meta.fields if field.fieldtype in NUMBERS] or ["idx"]
	yield from _lists(doctype, columns)
	yield from _forged_queries(doctype, columns, numbers)
	yield from _searches(doctype, name, columns)
	yield from _sums(doctype, numbers)
	yield from _documents(doctype, name, columns)


def _lists(doctype: str, columns: list[str]) -> Iterator[EntryPoint]:
	parent = frappe.db.get_value("DocField", {"options": doctype, "fieldtype": "Table"}, "parent") or ""
	everything = {"fields": ["*"], "limit_page_length": 0, "parent": parent}
	yield EntryPoint(f"/api/resource/{doctype}", "GET", f"/api/resource/{doctype}", everything)
	yield EntryPoint(
		f"/api/v2/document/{doctype}", "GET", f"/api/v2/document/{doctype}", everything | {"limit": 9999}
	)
	yield method("frappe.client.get_list", doctype=doctype, **everything)
	quoted = [f"`tab{doctype}`.`{column}`" for column in columns]
	for view in ("get", "get_list"):
		yield method(f"frappe.desk.reportview.{view}", doctype=doctype, fields=quoted, page_length=9999)
	yield method(
		"frappe.desk.reportview.export_query",
		doctype=doctype,
		fields=quoted,
		file_format_type="CSV",
		title="x",
	)
	yield method(
		"frappe.core.doctype.data_export.exporter.export_data",
		doctype=doctype,
		select_columns={doctype: columns},
		with_data=1,
		file_type="CSV",
		template="true",
	)
	yield method("frappe.www.list.get_list_data", doctype=doctype, limit=9999)
	yield method("frappe.desk.treeview.get_children", doctype=doctype)


def _forged_queries(doctype: str, columns: list[str], numbers: list[str]) -> Iterator[EntryPoint]:
	"""A filter that ends the permission's condition, and columns that hold a query of their own."""
	always = f"{numbers[0]}` || `tab{doctype}`.`name"
	ifnull = f"ifnull({numbers[0]},0) || `tab{doctype}`.name"
	path = f"/api/resource/{doctype}"
	for filters in (
		[[always, "!=", "x"]],
		[[doctype, always, "!=", "x"]],
		{always: "x"},
		[[ifnull, "!=", "x"]],
	):
		form = {"filters": filters, "fields": columns, "limit_page_length": 0}
		yield EntryPoint(f"{path} with {filters}", "GET", path, form)
		yield method("frappe.client.get_list", doctype=doctype, **form)
		yield method(
			"frappe.desk.listview.get_group_by_count",
			doctype=doctype,
			current_filters=filters,
			field=numbers[0],
		)
		card = {"function": "Sum", "document_type": doctype, "aggregate_function_based_on": numbers[0]}
		yield method("frappe.desk.doctype.number_card.number_card.get_result", doc=card, filters=filters)
	query = f"(select max(`{numbers[0]}`) from `tab{doctype}`)"
	for field in (f"name+{query} as x", f"greatest(name,{query}) as x"):
		yield EntryPoint(f"{path} with {field}", "GET", "/api/resource/National Lot", {"fields": [field]})
	yield method(
		"frappe.desk.search.search_widget",
		doctype="National Lot",
		txt="",
		filter_fields=[f"name`, {query} as `x"],
	)


def _searches(doctype: str, name: str, columns: list[str]) -> Iterator[EntryPoint]:
	asked = {"doctype": doctype, "txt": "", "page_length": 9999, "ignore_user_permissions": 1}
	yield method("frappe.desk.search.search_widget", **asked, as_dict=1, filter_fields=columns)
	yield method("frappe.desk.search.search_link", **asked)
	yield method(
		"frappe.desk.search.search_link",
		**asked,
		query="healthcare_erp.overrides.whitelisted.search.find_facilities",
	)
	yield method("frappe.desk.search.get_link_title", doctype=doctype, docname=name)
	yield method("frappe.client.validate_link", doctype=doctype, docname=name, fields=columns)
	yield method("frappe.desk.doctype.tag.tag.get_tagged_docs", doctype=doctype, tag="%")
	yield method("frappe.utils.global_search.search", text="MARK", doctype=doctype)


def _sums(doctype: str, numbers: list[str]) -> Iterator[EntryPoint]:
	for number in [number for number in numbers if number in FIGURES] or numbers[:1]:
		yield method(
			"frappe.desk.listview.get_group_by_count", doctype=doctype, current_filters=[], field=number
		)
		card = {"function": "Maximum", "document_type": doctype, "aggregate_function_based_on": number}
		yield method("frappe.desk.doctype.number_card.number_card.get_result", doc=card, filters=[])
		for kind in ("Heatmap", "Line"):
			yield _chart(doctype, type=kind, chart_type="Sum", based_on="creation", value_based_on=number)
		yield _chart(
			doctype, type="Bar", chart_type="Group By", group_by_type="Count", group_by_based_on=number
		)
	stats = [*numbers, "_user_tags"]
	yield method("frappe.desk.reportview.get_stats", doctype=doctype, stats=stats)
	yield method("frappe.desk.reportview.get_sidebar_stats", doctype=doctype, stats=stats)
	shown = [{"name": number, "type": "Int"} for number in numbers]
	yield method("frappe.desk.reportview.get_filter_dashboard_data", doctype=doctype, stats=shown, filters=[])
	yield method(
		"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count",
		doctype=doctype,
		workflow_state_field=numbers[0],
		states=["x"],
	)


def _chart(doctype: str, **chart) -> EntryPoint:
	made_up = {"name": "x", "document_type": doctype, "filters_json": "[]", "timespan": "Last Year"}
	return method(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		chart=made_up | {"time_interval": "Daily"} | chart,
		no_cache=1,
	)


def _documents(doctype: str, name: str, columns: list[str]) -> Iterator[EntryPoint]:
	one = {"doctype": doctype, "name": name}
	for path in (f"/api/resource/{doctype}/{name}", f"/api/v2/document/{doctype}/{name}"):
		yield EntryPoint(path, "GET", path, {})
	yield EntryPoint("copy", "GET", f"/api/v2/document/{doctype}/{name}/copy", {})
	yield method("frappe.client.get", **one)
	yield method("frappe.client.get_value", doctype=doctype, fieldname=columns, filters={"name": name})
	yield method("frappe.desk.form.load.getdoc", **one)
	yield method("frappe.desk.form.load.get_docinfo", **one)
	yield method("frappe.desk.link_preview.get_preview_data", doctype=doctype, docname=name)
	yield method("frappe.desk.form.linked_with.get", doctype=doctype, docname=name)
	yield method("frappe.desk.form.utils.get_next", doctype=doctype, value="", prev=0, filters={})
	yield method("frappe.www.printview.get_html_and_style", doc=doctype, name=name)
	for column in (*FIGURES, "reason", "address_line", "reference_name", "idempotency_key"):
		if column in columns:
			yield method(
				"frappe.desk.query_report.get_data_for_custom_field",
				doctype=doctype,
				field=column,
				names=[name],
			)
	shown = {"fieldname": "reference_name", "doctype": doctype, "insert_after_index": 0}
	link = {"link_field": {"fieldname": "lot", "names": [name]}}
	yield method(
		"frappe.desk.query_report.run",
		report_name="Stock by Facility",
		filters={},
		custom_columns=[shown | link],
	)
