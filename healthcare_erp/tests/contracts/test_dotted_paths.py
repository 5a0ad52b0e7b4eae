"""Frappe finds hooks, patches and methods by name at run time; here each name must lead somewhere."""

import ast
import json
import re
import runpy

import pytest

from healthcare_erp.tests.contracts import app_source as app

HOOKS = {
	name: value
	for name, value in runpy.run_path(str(app.PACKAGE / "hooks.py")).items()
	if not name.startswith("__")
}
BY_DOCTYPE = ("doc_events", "permission_query_conditions", "has_permission", "override_doctype_class")
SCRIPTS_BY_DOCTYPE = ("doctype_js", "doctype_list_js", "doctype_tree_js", "doctype_calendar_js", "page_js")


def hook_paths() -> list[str]:
	return [text for text in app.strings_within(HOOKS) if is_path(text)]


def is_path(text: str) -> bool:
	"""Whether a text names something in this app; a bundle's file name only looks as if it did."""
	return bool(app.DOTTED.fullmatch(text)) and not text.endswith((".bundle.js", ".bundle.css"))


def patches() -> list[str]:
	lines = (app.PACKAGE / "patches.txt").read_text().splitlines()
	entries = [line.split("#")[0].strip() for line in lines]
	return [entry for entry in entries if entry and not entry.startswith("[")]


def python_constants() -> list[str]:
	"""Dotted paths of two or more dots in Python strings: jobs, events and methods named by text."""
	nodes = (node for path in app.python_files() for node in ast.walk(app.tree(path)))
	texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
	return sorted(text for text in texts if is_path(text) and text.count(".") > 1)


def desk_constants() -> list[str]:
	"""The same in scripts, pages, and the JSON of cards, charts, reports and workspaces."""
	quoted = re.compile(rf"""["'`](?:/api/method/)?({app.APP}(?:\.\w+){{2,}})["'`]""")
	return sorted(
		{found for path in app.files(".js", ".html", ".json") for found in quoted.findall(path.read_text())}
	)


@pytest.mark.parametrize("path", hook_paths())
def test_hook_resolves(path):
	assert app.resolves(path), f"hooks.py names {path}, which is not there"


def test_hooks_are_read():
	assert hook_paths(), "no dotted path was found in hooks.py"


@pytest.mark.parametrize("entry", patches())
def test_patch_resolves(entry):
	assert entry.startswith("execute:") or app.resolves(f"{entry}.execute"), f"{entry} has no execute()"


@pytest.mark.parametrize("path", python_constants())
def test_path_in_python_resolves(path):
	assert app.resolves(path), f"{path} is named in a string, and is not there"


@pytest.mark.parametrize("path", desk_constants())
def test_path_in_desk_resolves(path):
	assert app.resolves(path), f"{path} is named in a script, page or JSON, and is not there"


@pytest.mark.parametrize("hook", BY_DOCTYPE + SCRIPTS_BY_DOCTYPE)
def test_hook_names_doctypes(hook):
	keys = HOOKS.get(hook, {}) if hook != "page_js" else {}
	named = {name for key in keys for name in (key if isinstance(key, tuple) else (key,))}
	assert "*" not in named, f"{hook} must name its DocTypes"
	assert named <= app.known_doctypes(), f"{hook}: unknown {named - app.known_doctypes()}"


def test_script_files_exist():
	named = [
		file for hook in SCRIPTS_BY_DOCTYPE for file in app.strings_within(list(HOOKS.get(hook, {}).values()))
	]
	missing = [file for file in named if not (app.PACKAGE / file).is_file()]
	assert not missing


def test_bundles_exist():
	included = [
		name
		for hook in ("app_include_js", "app_include_css", "web_include_js", "web_include_css")
		for name in app.strings_within(HOOKS.get(hook, []))
		if ".bundle." in name
	]
	stems = {path.name.split(".")[0] for path in (app.PACKAGE / "public").rglob("*.bundle.*")}
	assert {name.split(".")[0] for name in included} <= stems


def test_required_apps_need_no_network():
	"""Frappe asks GitHub about a bare name, and takes "organisation/app" as it is."""
	assert all(name.count("/") == 1 for name in HOOKS["required_apps"])


def test_json_is_readable():
	for path in app.files(".json"):
		assert json.loads(path.read_text()) is not None, app.name_of(path)
