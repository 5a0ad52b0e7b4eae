"""What the style card forbids and a linter does not see."""

import ast
import re

import pytest

from healthcare_erp.tests.contracts import app_source as app

ROOT = app.PACKAGE.parent
LONGEST = 300
LEFT_BEHIND = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
NAMES_WITHOUT_MEANING = {"utils", "helpers", "common", "misc"}


def written_files():
	scripts = [path for path in (ROOT / "scripts").rglob("*") if path.suffix in (".sh", ".py")]
	return app.files(".py", ".js", ".vue", ".html", ".css", ".scss") + sorted(scripts)


WRITTEN = pytest.mark.parametrize("path", written_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
PYTHON = pytest.mark.parametrize("path", app.python_files(tests=True), ids=app.name_of)


@WRITTEN
def test_file_is_short(path):
	assert len(path.read_text().splitlines()) < LONGEST


@WRITTEN
def test_nothing_is_left_behind(path):
	assert not LEFT_BEHIND.findall(path.read_text())


@WRITTEN
def test_name_says_what_is_in_it(path):
	assert path.stem not in NAMES_WITHOUT_MEANING


@PYTHON
def test_prints_nothing(path):
	calls = [node for node in ast.walk(app.tree(path)) if isinstance(node, ast.Call)]
	printed = [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
	assert not printed, f"print() in line {printed}"
