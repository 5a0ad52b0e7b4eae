"""Requests that the fuzz sends, generated from the code and the schema: methods and their arguments, DocTypes and their
fields, reports and their filters.
"""

import importlib
import json
import re
from collections.abc import Iterator
from inspect import Parameter, signature
from pathlib import Path
from typing import NamedTuple

import frappe
from frappe.model import no_value_fields

from healthcare_erp.tests.fuzz.values import ODD
from healthcare_erp.tests.fuzz.world import World

APP = "healthcare_erp"
METHOD, RESOURCE = "/api/method/", "/api/resource/"
STANDARD = (
	"name",
	"owner",
	"creation",
	"modified",
	"docstatus",
	"idx",
	"parent",
	"flags",
	"parent_doc",
	"as_dict",
	"__islocal",
)
LISTING = (
	"fields",
	"filters",
	"or_filters",
	"order_by",
	"group_by",
	"limit_start",
	"limit_page_length",
	"parent",
)
LISTERS = (
	"frappe.client.get_list",
	"frappe.client.get_count",
	"frappe.client.get_value",
	"frappe.client.get",
)
VIEWS = ("get", "get_list", "get_count", "get_stats", "get_sidebar_stats")
_FIELD = re.compile(r'fieldname: "(\w+)"')


class Call(NamedTuple):
	"""One request; `subject` names what the odd value is put into."""

	verb: str
	path: str
	body: dict
	subject: str


def every(world: World) -> list[Call]:
	"""Every call of the fuzz, in an order that does not change."""
	parts = (methods(world), documents(world), lists(world), reports(world))
	return [call for part in parts for call in part]


def methods(world: World) -> Iterator[Call]:
	"""The app's whitelisted methods: every argument left out, and odd."""
	for method in own_methods():
		path = f"{METHOD}{method.__module__}.{method.__name__}"
		verb = frappe.allowed_http_methods_for_whitelisted_func[method][-1]
		names = [
			name
			for name, given in signature(method).parameters.items()
			if given.kind is not Parameter.VAR_KEYWORD
		]
		given = {name: world.arguments[name] for name in names if name in world.arguments}
		yield Call(verb, path, {}, f"{path} without arguments")
		for name in names:
			others = {key: value for key, value in given.items() if key != name}
			yield Call(verb, path, others, f"{path} without {name}")
			yield from (Call(verb, path, others | {name: odd}, f"{path} {name}") for odd in ODD)


def own_methods() -> list:
	"""The app's whitelisted functions, by name."""
	package = Path(frappe.get_app_path(APP))
	for file in sorted([*package.glob("api/*.py"), *package.glob("overrides/**/*.py")]):
		importlib.import_module(".".join((APP, *file.relative_to(package).with_suffix("").parts)))
	own = {
		f"{m.__module__}.{m.__name__}": m for m in frappe.whitelisted if m.__module__.startswith(f"{APP}.")
	}
	return [own[name] for name in sorted(own) if not name.startswith(f"{APP}.tests.")]


def doctypes() -> list[str]:
	"""The app's DocTypes."""
	modules = frappe.get_all("Module Def", {"app_name": APP}, pluck="name")
	return frappe.get_all("DocType", {"module": ("in", modules)}, pluck="name", order_by="name")


def documents(world: World) -> Iterator[Call]:
	"""Documents that are made and changed with an odd value in each field, through each of Frappe's entry points."""
	for doctype in doctypes():
		meta, name = frappe.get_meta(doctype), world.documents[doctype]
		stored = frappe.get_doc(doctype, name).as_dict(no_default_fields=True, convert_dates_to_str=True)
		fields = [
			field.fieldname
			for field in meta.fields
			if field.fieldtype not in no_value_fields or field.options
		]
		for field in (*fields, *STANDARD):
			for number, odd in enumerate(ODD):
				yield _document_call(doctype, name, stored, field, odd, number)


def _document_call(doctype: str, name: str, stored: dict, field: str, odd, number: int) -> Call:
	"""One of the entry points, another for each value."""
	doc = {"doctype": doctype, "name": name} | stored | {field: odd}
	entry_points = (
		("POST", f"{RESOURCE}{doctype}", stored | {field: odd}),
		("PUT", f"{RESOURCE}{doctype}/{name}", {field: odd}),
		("POST", f"{METHOD}frappe.client.insert", {"doc": doc}),
		("POST", f"{METHOD}frappe.client.save", {"doc": doc}),
		(
			"POST",
			f"{METHOD}frappe.client.set_value",
			{"doctype": doctype, "name": name, "fieldname": {field: odd}},
		),
		("POST", f"{METHOD}frappe.client.insert_many", {"docs": [doc]}),
		(
			"POST",
			f"{METHOD}frappe.desk.form.save.savedocs",
			{"doc": json.dumps(doc, default=str), "action": "Save"},
		),
		("POST", f"/api/v2/document/{doctype}", stored | {field: odd}),
	)
	verb, path, body = entry_points[number % len(entry_points)]
	return Call(verb, path, body, f"{verb} {path} {field}")


def lists(world: World) -> Iterator[Call]:
	"""Lists, counts and single values of the app's DocTypes with odd filters, fields and orders."""
	for doctype in doctypes():
		for argument in LISTING:
			for number, odd in enumerate(ODD):
				yield _list_call(doctype, argument, odd, number)


def _list_call(doctype: str, argument: str, odd, number: int) -> Call:
	entry_points = (f"{RESOURCE}{doctype}", *(f"{METHOD}{entry_point}" for entry_point in LISTERS))
	path = entry_points[number % len(entry_points)]
	body = {"fields": ["name"], argument: odd}
	if path in entry_points[1:]:
		body |= {"doctype": doctype}
	if path.endswith(("get_value", "get_title")):
		body |= {"fieldname": "name"}
	return Call("POST" if path in entry_points[1:] else "GET", path, body, f"{path} {doctype} {argument}")


def reports(world: World) -> Iterator[Call]:
	"""The app's reports with an odd value in each filter that their forms have."""
	path = f"{METHOD}frappe.desk.query_report.run"
	for report, fields in report_filters().items():
		for odd in ODD:
			yield Call("POST", path, {"report_name": report, "filters": odd}, f"{report} filters")
			for field in fields:
				filters = {"facility_type": "Pharmacy"} | {field: odd}
				yield Call("POST", path, {"report_name": report, "filters": filters}, f"{report} {field}")


def report_filters() -> dict[str, list[str]]:
	"""Report -> the filters in its script."""
	package = Path(frappe.get_app_path(APP))
	scripts = {file.stem: file for file in package.glob("*/report/*/*.js")}
	modules = frappe.get_all("Module Def", {"app_name": APP}, pluck="name")
	names = frappe.get_all("Report", {"module": ("in", modules)}, pluck="name")
	return {name: _FIELD.findall(scripts[frappe.scrub(name)].read_text()) for name in sorted(names)}
