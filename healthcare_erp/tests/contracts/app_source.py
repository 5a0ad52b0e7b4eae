"""The app read as text: its Python trees, its DocTypes and its dotted paths, without Frappe."""

import ast
import importlib
import json
import re
from functools import cache
from pathlib import Path

from healthcare_erp.core.refusals import REFUSALS
from healthcare_erp.domain.states import StateMachine

PACKAGE = Path(__file__).parents[2]
APP = PACKAGE.name
DOTTED = re.compile(rf"{APP}(\.[A-Za-z_]\w*)+")
SKIPPED = {"node_modules", "dist", "__pycache__"}
ERRORS_FILE = PACKAGE / "core" / "exceptions.py"
ERRORS_MADE = {refusal.error for refusal in REFUSALS.values()}


def files(*suffixes: str) -> list[Path]:
	"""Every file of the app with one of the suffixes, in a fixed order, without built and downloaded ones."""
	return sorted(
		path
		for path in PACKAGE.rglob("*")
		if path.suffix in suffixes and path.is_file() and not SKIPPED & set(path.parts)
	)


def python_files(tests: bool = False) -> list[Path]:
	"""The app's Python files; those of the tests only when asked for."""
	return [path for path in files(".py") if tests or not is_test(path)]


def folders() -> list[Path]:
	"""The folders that hold Python files, tests' among them."""
	return sorted({path.parent for path in python_files(tests=True)})


def is_test(path: Path) -> bool:
	return "tests" in path.relative_to(PACKAGE).parts or path.name.startswith("test_")


def name_of(path: Path) -> str:
	"""A file's path from the package on, as a test's label."""
	return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
	return ast.parse(path.read_text(), filename=str(path))


def scrub(name: str) -> str:
	"""A name as Frappe writes it in folders: "National Lot" -> "national_lot"."""
	return name.lower().replace(" ", "_").replace("-", "_")


@cache
def doctypes() -> dict[str, tuple[Path, dict]]:
	"""DocType name -> (its JSON file, its content)."""
	found = {}
	for path in PACKAGE.glob("*/doctype/*/*.json"):
		content = json.loads(path.read_text())
		if content.get("doctype") == "DocType":
			found[content["name"]] = (path, content)
	return found


@cache
def select_options(name: str, fieldname: str | None = None) -> list[str]:
	"""What the Select fields of a DocType offer, or one of them."""
	fields = [field for field in doctypes()[name][1]["fields"] if field["fieldtype"] == "Select"]
	offers = [field.get("options") or "" for field in fields if fieldname in (None, field["fieldname"])]
	return [option for offer in offers for option in offer.split("\n") if option]


def life_cycles() -> list[StateMachine]:
	"""Every `LIFE_CYCLE` of the rules."""
	declaring = [
		path for path in (PACKAGE / "domain").rglob("*.py") if "LIFE_CYCLE" in names_in(tree(path).body)
	]
	parts = (path.relative_to(PACKAGE.parent).with_suffix("").parts for path in sorted(declaring))
	return [importlib.import_module(".".join(part)).LIFE_CYCLE for part in parts]


def foreign_doctypes() -> dict[str, list[str]]:
	"""App -> the DocTypes of it that this app refers to."""
	return json.loads((Path(__file__).parent / "foreign_doctypes.json").read_text())


def known_doctypes() -> set[str]:
	return set(doctypes()).union(*foreign_doctypes().values())


def find_module(parts: list[str]) -> tuple[Path | None, list[str]]:
	"""The file of the longest module prefix of a dotted path, and the names that are left."""
	place, rest = PACKAGE, parts[1:]
	while rest and (place / rest[0] / "__init__.py").is_file():
		place, rest = place / rest[0], rest[1:]
	if rest and (place / f"{rest[0]}.py").is_file():
		return place / f"{rest[0]}.py", rest[1:]
	return place / "__init__.py", rest


def names_in(body: list[ast.stmt]) -> dict[str, ast.stmt]:
	"""The names that statements define or import -> the statement."""
	names: dict[str, ast.stmt] = {}
	for statement in body:
		if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
			names[statement.name] = statement
		elif isinstance(statement, ast.Import | ast.ImportFrom):
			names |= {(alias.asname or alias.name): statement for alias in statement.names}
		elif isinstance(statement, ast.Assign):
			parts = [part for target in statement.targets for part in ast.walk(target)]
			names |= {part.id: statement for part in parts if isinstance(part, ast.Name)}
		elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
			names[statement.target.id] = statement
	return names


def resolves(dotted: str) -> bool:
	"""Whether a dotted path of this app names a module, or something that its module defines."""
	module, rest = find_module(dotted.split("."))
	if module == ERRORS_FILE and rest and rest[0] in ERRORS_MADE:
		return True
	body = tree(module).body
	for name in rest:
		statement = names_in(body).get(name)
		if statement is None:
			return False
		body = statement.body if isinstance(statement, ast.ClassDef) else []
	return True


def strings_within(value: object) -> list[str]:
	"""Every string in nested dictionaries, lists and tuples, keys too."""
	if isinstance(value, str):
		return [value]
	if isinstance(value, dict):
		return [text for pair in value.items() for part in pair for text in strings_within(part)]
	if isinstance(value, list | tuple | set):
		return [text for part in value for text in strings_within(part)]
	return []
