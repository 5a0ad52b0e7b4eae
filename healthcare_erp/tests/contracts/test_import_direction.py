"""Imports go one way: domain <- core <- doctype <- operations <- entries (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest

from healthcare_erp.tests.contracts import app_source as app

# Rooms from the inside out; a file may import from its own room and from those before it.
DOMAIN, BUNDLE, CORE, DOCTYPE, OPERATIONS, ENTRIES = range(6)
ROOM_NAMES = ("domain", "bundle", "core", "doctype", "operations", "entries")
ENTRY_FILES = {"hooks", "install", "uninstall", "commands", "tasks"}
ENTRY_FOLDERS = {"api", "overrides", "setup", "patches", "templates"}
# Frappe's own folders in a module, beside its DocTypes; every other folder holds operations
FRAPPE_FOLDERS = {
	"report",
	"page",
	"print_format",
	"web_form",
	"dashboard_chart",
	"number_card",
	"notification",
}
# Modules from the inside out; one may import from those before it
MODULE_ORDER = (
	"healthcare_audit",
	"healthcare_erp",
	"pharmacy_supply",
	"public_supply",
	"licensing",
	"traceability",
	"medicine_registry",
)
FILES_OF_A_FOLDER = 15
MODULES = {app.scrub(line) for line in (app.PACKAGE / "modules.txt").read_text().split("\n") if line}
WITHOUT_FRAMEWORK = (DOMAIN, BUNDLE)
FRAMEWORK = {"frappe", "erpnext", "hrms", "healthcare", "payments"}


def room(parts: tuple[str, ...]) -> int:
	"""The room of a module, from its path below the package; raises KeyError for one without a room."""
	first, second = (*parts, "", "")[:2]
	if first in ("domain", "__init__"):  # the package's own __init__ holds its version
		return DOMAIN
	if first == "bundle":
		return BUNDLE
	if first in ENTRY_FOLDERS or (len(parts) == 1 and first in ENTRY_FILES):
		return ENTRIES
	if first in MODULES:
		return room_in_module(second)
	if first == "core":
		return CORE
	raise KeyError(".".join(parts))


def room_in_module(folder: str) -> int:
	"""Within a module: its DocTypes, its operations, and what Frappe finds in it (reports, pages) as entries."""
	if folder == "doctype":
		return DOCTYPE
	return ENTRIES if folder in FRAPPE_FOLDERS else OPERATIONS


def parts_of(path: Path) -> tuple[str, ...]:
	parts = path.relative_to(app.PACKAGE).with_suffix("").parts
	return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def imported(path: Path) -> list[str]:
	"""Every module or name that a file imports anywhere in it, as a dotted path from the top."""
	found = []
	for node in ast.walk(app.tree(path)):
		if isinstance(node, ast.Import):
			found += [alias.name for alias in node.names]
		elif isinstance(node, ast.ImportFrom):
			found += [f"{origin(path, node)}.{alias.name}" for alias in node.names]
	return found


def origin(path: Path, node: ast.ImportFrom) -> str:
	"""Where an import comes from, with the dots of a relative one followed."""
	if not node.level:
		return node.module or ""
	folder = path.parents[node.level - 1].relative_to(app.PACKAGE.parent)
	return ".".join([*folder.parts, *([node.module] if node.module else [])])


def module_parts(dotted: str) -> tuple[str, ...]:
	"""The part of an imported path that is a module of this app, below the package."""
	file, _rest = app.find_module(dotted.split("."))
	return parts_of(file)


FILES = pytest.mark.parametrize("path", app.python_files(), ids=app.name_of)


@FILES
def test_every_file_has_a_room(path):
	assert room(parts_of(path)) in range(6)


@FILES
def test_imports_go_one_way(path):
	here = room(parts_of(path))
	ours = [name for name in imported(path) if name.split(".")[0] == app.APP]
	outward = [name for name in ours if room(module_parts(name)) > here]
	assert not outward, f"a file of {ROOM_NAMES[here]} imports outward: {outward}"


@pytest.mark.parametrize("path", app.python_files(tests=True), ids=app.name_of)
def test_what_is_imported_exists(path):
	ours = [name for name in imported(path) if name.split(".")[0] == app.APP and not name.endswith(".*")]
	assert not [name for name in ours if not app.resolves(name)]


@pytest.mark.parametrize("path", app.python_files(tests=True), ids=app.name_of)
def test_what_is_named_of_the_errors_exists(path):
	"""`errors.SomeError`: the classes are made from the tables, so that no reader of the source finds a wrong name."""
	names = [
		alias.asname or alias.name
		for node in app.tree(path).body
		if isinstance(node, ast.ImportFrom) and node.module == f"{app.APP}.core"
		for alias in node.names
		if alias.name == "exceptions"
	]
	attributes = [node for node in ast.walk(app.tree(path)) if isinstance(node, ast.Attribute)]
	used = {node.attr for node in attributes if isinstance(node.value, ast.Name) and node.value.id in names}
	assert not [name for name in used if not app.resolves(f"{app.APP}.core.exceptions.{name}")]


def test_every_module_has_its_place_in_the_order():
	assert set(MODULE_ORDER) == MODULES


@FILES
def test_modules_import_one_way(path):
	here = parts_of(path)[0]
	if here not in MODULE_ORDER:
		return
	ours = [module_parts(name)[0] for name in imported(path) if name.split(".")[0] == app.APP]
	later = MODULE_ORDER[MODULE_ORDER.index(here) + 1 :]
	assert not set(ours) & set(later)


@pytest.mark.parametrize("folder", app.folders(), ids=app.name_of)
def test_a_folder_holds_what_one_looks_over(folder):
	assert len(list(folder.glob("*.py"))) <= FILES_OF_A_FOLDER


@FILES
def test_rules_and_bundle_need_no_framework(path):
	if room(parts_of(path)) not in WITHOUT_FRAMEWORK:
		return
	framework = [name for name in imported(path) if name.split(".")[0] in FRAMEWORK]
	assert not framework


@FILES
def test_the_bundle_stands_on_domain_alone(path):
	"""The command line is installed without Frappe, so nothing but domain/ may be under it."""
	if room(parts_of(path)) != BUNDLE:
		return
	ours = [name for name in imported(path) if name.split(".")[0] == app.APP]
	assert all(room(module_parts(name)) in WITHOUT_FRAMEWORK for name in ours)
