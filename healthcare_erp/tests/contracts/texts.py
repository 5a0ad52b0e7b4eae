"""Every text that a person may read, and what the French translation says of it."""

import ast
import csv
import json
import re
import runpy
from functools import cache
from pathlib import Path

from healthcare_erp.core.refusals import REFUSALS
from healthcare_erp.tests.contracts import app_source as app

CALLS = {"_", "_lt", "__"}
LITERAL = r"""(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\$]|\\.)*)`)"""
IN_SCRIPTS = re.compile(rf"(?<![\w.])__\(\s*{LITERAL}")
IN_PAGES = re.compile(rf"(?<![\w.])_{{1,2}}\(\s*{LITERAL}")
# Keys of the documents that Frappe shows translated.
SHOWN = {
	"Report": ("report_name",),
	"Number Card": ("label",),
	"Dashboard Chart": ("chart_name",),
	"Dashboard": ("dashboard_name",),
	"Workspace": ("label", "title"),
	"Module Onboarding": ("title", "subtitle", "success_message"),
	"Onboarding Step": ("title", "action_label"),
	"Web Form": ("title", "introduction_text", "success_message"),
	"Page": ("title",),
	"Role": ("role_name",),
}
SHOWN_IN_ROWS = {
	"Workspace": ("links", "shortcuts", "number_cards", "charts", "quick_lists"),
	"Web Form": ("web_form_fields",),
}


@cache
def rows() -> list[list[str]]:
	"""`[source, translation, context]`, from translations/fr.csv; without a context in rows that name none."""
	with (app.PACKAGE / "translations" / "fr.csv").open(newline="", encoding="utf-8") as file:
		return [row for row in csv.reader(file) if row]


@cache
def french() -> dict[str, str]:
	"""Source -> translation, in whatever context."""
	return {row[0]: row[1] for row in rows()}


@cache
def in_contexts() -> dict[tuple[str, str], str]:
	"""(Source, context) -> translation."""
	return {(row[0], row[2] if len(row) > 2 else ""): row[1] for row in rows()}


def in_python(path: Path) -> set[str]:
	calls = (node for node in ast.walk(app.tree(path)) if isinstance(node, ast.Call) and node.args)
	first = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in CALLS)
	return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def in_text(path: Path) -> set[str]:
	"""The literals given to __() in scripts and components, and to _() in pages."""
	pattern = IN_SCRIPTS if path.suffix in (".js", ".vue") else IN_PAGES
	return {unescape("".join(groups)) for groups in pattern.findall(path.read_text())}


def unescape(literal: str) -> str:
	return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), literal)


def in_fields(fields: list[dict]) -> set[str]:
	"""Labels, descriptions and the choices of Select fields."""
	texts = {field.get(key) or "" for field in fields for key in ("label", "description")}
	for field in fields:
		if field.get("fieldtype") == "Select":
			texts |= set((field.get("options") or "").split("\n"))
	return texts - {""}


def in_doctype(document: dict) -> set[str]:
	buttons = {action.get("label") or "" for action in document.get("actions", [])}
	return {document["name"]} | in_fields(document["fields"]) | (buttons - {""})


def in_document(path: Path) -> set[str]:
	"""The texts of a report, card, chart, workspace or form that the app ships as JSON."""
	document = json.loads(path.read_text())
	if not isinstance(document, dict):
		return set()
	kind = document.get("doctype")
	rows = [row for table in SHOWN_IN_ROWS.get(kind, ()) for row in document.get(table, [])]
	texts = {document.get(key) or "" for key in SHOWN.get(kind, ())} | {
		row.get("label") or "" for row in rows
	}
	return {re.sub(r"<[^>]+>", "", text).strip() for text in texts} - {""}


def in_refusals() -> set[str]:
	"""Titles and sentences of the named errors, and what they say of an empty list."""
	return {text for refusal in REFUSALS.values() for text in (refusal.title, refusal.sentence)} | {"nothing"}


def in_custom_fields() -> set[str]:
	fields = runpy.run_path(str(app.PACKAGE / "setup" / "custom_fields.py"))["CUSTOM_FIELDS"]
	return set().union(*(in_fields(rows) for rows in fields.values()))


@cache
def by_file() -> dict[str, set[str]]:
	"""File -> the texts in it."""
	found = {app.name_of(path): in_python(path) for path in app.python_files()}
	found |= {app.name_of(path): in_text(path) for path in app.files(".js", ".vue", ".html")}
	found |= {app.name_of(path): in_document(path) for path in app.files(".json") if not app.is_test(path)}
	found |= {app.name_of(path): in_doctype(document) for path, document in app.doctypes().values()}
	found["setup/custom_fields.py"] = in_custom_fields()
	return {file: texts for file, texts in sorted(found.items()) if texts}
