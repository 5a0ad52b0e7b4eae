"""The tables of refusals: whole, true to what rules raise, to what clients were promised, and to docs/api.md."""

import ast
import json
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from healthcare_erp.core.refusals import REFUSALS, TABLES
from healthcare_erp.domain.geography.levels import LEVELS
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.tests.contracts import app_source as app
from healthcare_erp.tests.contracts import texts

EVERY_CODE = pytest.mark.parametrize("code", sorted(REFUSALS))
TESTED = frozenset(
	word
	for path in app.PACKAGE.rglob("test_*.py")
	for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))
)
PROMISED = json.loads((Path(__file__).parent / "promised_refusals.json").read_text())
DOCUMENTED = re.compile(r"^\| (\d{3}) \| (\w+(?:, \w+)*) \|", re.MULTILINE)
TRANSITIONS = [move for cycle in app.life_cycles() for move in cycle.transitions]
# Context -> the words that refusals translate in it
WORDS = {
	**{name: set(app.select_options(name)) for name in app.doctypes()},
	"Action": {move.action for move in TRANSITIONS} | {"Correct"},
	"Administrative Level": set(LEVELS),
	"DocType": {*FACILITY_TYPES, *app.doctypes()},
	"Role": {role for move in TRANSITIONS for role in move.roles},
	"Status": {status for move in TRANSITIONS for status in (move.source, move.target)},
}
OUTSIDE_FRAPPE = ("domain/simulation/",)  # its refusals are the command line's alone


def placeholders(sentence: str) -> set[str]:
	return {name for _text, name, _format, _conversion in Formatter().parse(sentence) if name is not None}


def raised() -> list[tuple[str, str, ast.Call]]:
	"""(File, code, call) of each `throw` and `DomainError` whose code is written there."""
	return [
		(app.name_of(path), node.args[0].value, node)
		for path in app.python_files()
		if not app.name_of(path).startswith(OUTSIDE_FRAPPE)
		for node in ast.walk(app.tree(path))
		if isinstance(node, ast.Call)
		and getattr(node.func, "id", "") in ("throw", "DomainError")
		and isinstance(node.args[0], ast.Constant)
	]


def test_a_code_stands_in_one_table():
	"""Of two sentences under one code the later would be said, with values that its placeholders do not know."""
	codes = Counter(refusal.code for table in TABLES for refusal in table.REFUSALS)
	assert not [code for code, times in codes.items() if times > 1]


def test_every_table_is_collected():
	files = {path for path in app.python_files() if path.name == "refusals.py"}
	files |= {path for path in app.python_files() if path.parent == app.PACKAGE / "core" / "refusals"}
	tables = {Path(table.__file__) for table in TABLES}
	assert tables == files - {app.PACKAGE / "core" / "refusals" / "__init__.py"}


@EVERY_CODE
def test_a_refusal_is_met_by_a_test(code):
	assert {code, REFUSALS[code].error} & TESTED, f"no test meets {code} ({REFUSALS[code].error})"


def test_a_class_has_one_status_and_the_same_bases():
	faces = {(refusal.error, refusal.status, refusal.bases) for refusal in REFUSALS.values()}
	assert not [error for error, times in Counter(face[0] for face in faces).items() if times > 1]


def test_clients_meet_the_class_and_the_status_that_they_were_promised():
	now = {code: [REFUSALS[code].error, REFUSALS[code].status] for code in PROMISED if code in REFUSALS}
	assert now == PROMISED


def test_the_api_documents_each_class_with_its_status():
	rows = DOCUMENTED.findall((app.PACKAGE.parent / "docs" / "api.md").read_text())
	documented = {(error, int(status)) for status, errors in rows for error in errors.split(", ")}
	assert documented - {("PermissionError", 403)} == {
		(refusal.error, refusal.status) for refusal in REFUSALS.values()
	}


def test_what_is_raised_has_a_sentence_and_gives_its_values():
	calls = raised()
	assert len(calls) > 100
	unknown = [(file, code) for file, code, _call in calls if code not in REFUSALS]
	assert not unknown
	lacking = [(file, code, missing) for file, code, call in calls if (missing := lacks(code, call))]
	assert not lacking


def lacks(code: str, call: ast.Call) -> set[str]:
	"""The placeholders for which a call gives no value."""
	given = {keyword.arg for keyword in call.keywords}
	return set() if None in given else placeholders(REFUSALS[code].sentence) - given


@EVERY_CODE
def test_words_are_placeholders_of_the_sentence_and_of_a_known_context(code):
	words = REFUSALS[code].words
	assert set(words) <= placeholders(REFUSALS[code].sentence)
	assert set(words.values()) <= set(WORDS)


@pytest.mark.parametrize("context", sorted(WORDS))
def test_the_words_of_refusals_have_their_french(context):
	"""In their context, or wherever else the app shows them."""
	known = texts.in_contexts()
	assert not [
		word for word in map(str, WORDS[context]) if not (known.get((word, context)) or known.get((word, "")))
	]
