"""Each DocType: in its module's folder, linked to DocTypes that exist, with permissions."""

import ast
import importlib.util
import json
import re
from pathlib import Path

import pytest

from healthcare_erp.tests.contracts import app_source as app

LINKS = ("Link", "Table", "Table MultiSelect")
REFERENCES = ("document_type", "ref_doctype", "reference_doctype", "doc_type", "parent_document_type")
FOLDERS_WITH_REFERENCES = (
	"report",
	"dashboard_chart",
	"number_card",
	"notification",
	"print_format",
	"web_form",
)
EVERY = pytest.mark.parametrize("name", sorted(app.doctypes()))

STANDING = pytest.mark.parametrize(  # with documents of its own that users list
	"name",
	[
		name
		for name in sorted(app.doctypes())
		if not {"istable", "issingle"} & {key for key, value in app.doctypes()[name][1].items() if value == 1}
	],
)


def content(name: str) -> dict:
	return app.doctypes()[name][1]


def modules() -> list[str]:
	return (app.PACKAGE / "modules.txt").read_text().split("\n")


def test_there_are_doctypes():
	assert app.doctypes()


@EVERY
def test_lies_in_its_modules_folder(name):
	path, document = app.doctypes()[name]
	folder = app.PACKAGE / app.scrub(document["module"]) / "doctype" / app.scrub(name)
	assert path == folder / f"{app.scrub(name)}.json"
	assert (folder / "__init__.py").is_file()


@EVERY
def test_has_its_controller(name):
	controller = app.doctypes()[name][0].with_suffix(".py")
	classes = [node.name for node in app.tree(controller).body if isinstance(node, ast.ClassDef)]
	assert name.replace(" ", "").replace("-", "") in classes


@EVERY
def test_module_is_listed(name):
	assert content(name)["module"] in modules()


@EVERY
def test_links_name_doctypes_that_exist(name):
	linked = {field.get("options") for field in content(name)["fields"] if field["fieldtype"] in LINKS}
	assert linked <= app.known_doctypes(), f"unknown: {linked - app.known_doctypes()}"


@EVERY
def test_dynamic_links_name_a_field(name):
	fields = content(name)["fields"]
	names = {field["fieldname"] for field in fields}
	followed = {field.get("options") for field in fields if field["fieldtype"] == "Dynamic Link"}
	assert followed <= names


@EVERY
def test_has_permissions(name):
	document = content(name)
	readers = [entry["role"] for entry in document.get("permissions", []) if entry.get("read")]
	assert document.get("istable") or readers, "nobody may read it"


@EVERY
def test_fields_are_in_the_order_once(name):
	document = content(name)
	assert sorted(document["field_order"]) == sorted(field["fieldname"] for field in document["fields"])


@STANDING
def test_has_its_row_in_the_data_model(name):
	rows = (app.PACKAGE.parent / "docs" / "data-model.md").read_text().split("\n")
	assert any(row.startswith("| ") and name in row.split("|")[1].strip().split(", ") for row in rows)


@STANDING
def test_has_its_row_in_the_permission_matrix(name):
	matrix = (app.PACKAGE / "tests" / "permissions" / "test_documents.py").read_text()
	assert re.search(rf'^\t"{name}": "', matrix, re.MULTILINE)


def test_fees_are_set_for_the_kinds_that_facilities_have():
	kinds = app.select_options("Pharmacy", "pharmacy_type")
	kinds += app.select_options("Public Facility", "public_facility_type")
	assert app.select_options("Licence Fee Rate", "kind") == kinds


def test_modules_match_packages():
	listed = {app.scrub(module) for module in modules() if module}
	packages = {path.parent.name for path in app.PACKAGE.glob("*/doctype")}
	assert packages <= listed, f"not in modules.txt: {packages - listed}"
	assert all((app.PACKAGE / module / "__init__.py").is_file() for module in listed)


def references() -> list[tuple[str, str]]:
	"""(file, DocType) for each report, card, chart, notification and format that names one."""
	paths = [path for folder in FOLDERS_WITH_REFERENCES for path in app.PACKAGE.glob(f"*/{folder}/*/*.json")]
	documents = [(app.name_of(path), json.loads(path.read_text())) for path in paths]
	return [(name, document[key]) for name, document in documents for key in REFERENCES if document.get(key)]


def test_reports_and_cards_name_doctypes_that_exist():
	unknown = [(file, name) for file, name in references() if name not in app.known_doctypes()]
	assert not unknown


@pytest.mark.parametrize("owner", sorted(app.foreign_doctypes()))
def test_foreign_doctypes_exist_in_their_app(owner):
	if not (found := importlib.util.find_spec(owner)):
		pytest.skip(f"{owner} is not installed here")
	folder = Path(found.submodule_search_locations[0])
	shipped = {path.parent.name for path in folder.rglob("doctype/*/*.json")}
	missing = [name for name in app.foreign_doctypes()[owner] if app.scrub(name) not in shipped]
	assert not missing
