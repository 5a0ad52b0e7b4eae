"""The Desk's scripts load the bundles that they use, and regulated documents draw their actions."""

import ast
import re
from operator import attrgetter

import pytest

from healthcare_erp.domain import vocabulary
from healthcare_erp.tests.contracts import app_source as app

SCRIPTS = [path for path in app.files(".js") if not app.is_test(path)]
BUNDLES = {path.name.removesuffix(".bundle.js") for path in SCRIPTS if path.name.endswith(".bundle.js")}
LOADED = re.compile(r'healthcare_erp\.(?:load\(\s*|list_settings\(\s*"[^"]+",\s*)"(\w+)"')
USED = re.compile(rf"healthcare_erp\.({'|'.join(BUNDLES)})\b")
REGULATED = {"RegulatedDocument", "Facility"}  # bases of controllers
DRAWING = ("draw_regulated(frm)", "draw_facility(frm)")


def outside_bundles():
	return [path for path in SCRIPTS if "public" not in path.parts]


def is_regulated(controller) -> bool:
	classes = [node for node in app.tree(controller).body if isinstance(node, ast.ClassDef)]
	return any(base.id in REGULATED for one in classes for base in one.bases if isinstance(base, ast.Name))


def regulated():
	paths = (path for path, _content in app.doctypes().values())
	return sorted(path.with_suffix(".js") for path in paths if is_regulated(path.with_suffix(".py")))


@pytest.mark.parametrize("path", outside_bundles(), ids=app.name_of)
def test_script_loads_bundles_that_exist_and_uses_no_others(path):
	loaded, used = (set(pattern.findall(path.read_text())) for pattern in (LOADED, USED))
	assert loaded <= BUNDLES
	assert used <= loaded


def test_regulated_documents_are_found():
	assert len(regulated()) >= 4


@pytest.mark.parametrize("path", regulated(), ids=app.name_of)
def test_regulated_document_draws_its_actions(path):
	assert any(call in path.read_text() for call in DRAWING)


def test_each_status_of_a_life_cycle_has_its_colour():
	tables = app.names_in(app.tree(app.PACKAGE / "overrides" / "frappe" / "desk_tables.py").body)
	keys = [ast.unparse(key) for key in tables["STATUS_COLOURS"].value.keys]
	coloured = {attrgetter(key)(vocabulary) for key in keys}
	moves = [move for cycle in app.life_cycles() for move in cycle.transitions]
	assert {status for move in moves for status in (move.source, move.target)} <= coloured
