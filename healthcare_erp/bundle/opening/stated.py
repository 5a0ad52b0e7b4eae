"""Reading a manifest: nothing in it is believed that is not of the form in which this tool writes it."""

import json
import math
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from ..errors import BundleError
from ..manifest import FileEntry, Manifest
from ..schema import FILE_FORMATS, FORMAT, MANIFEST, TABLES, VERSION
from .sealed import open_regular

LARGEST_MANIFEST = 1 << 24  # bytes: some 100,000 files
LARGEST_COUNT = 10**15
LONGEST_MAKER = 200
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MISSING = (FileNotFoundError, NotADirectoryError)


def load(folder: Path) -> tuple[Manifest, str]:
	"""The manifest of a bundle and the digest that it states.

	:raises BundleError: `bundle_not_found`, `unreadable_manifest`, `unknown_format`, `not_a_file`.
	"""
	path = folder / MANIFEST
	try:
		return _manifest(_object(_text(path)), folder)
	except _MISSING as error:
		raise BundleError("bundle_not_found", f"{folder} is no bundle: it has no {MANIFEST}.") from error
	except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
		sentence = f"{path} cannot be read ({type(error).__name__}: {error}); get the bundle again."
		raise BundleError("unreadable_manifest", sentence) from error


def _text(path: Path) -> str:
	with open_regular(path) as stream:
		content = stream.read(LARGEST_MANIFEST + 1)
	if len(content) > LARGEST_MANIFEST:
		raise ValueError(f"it is longer than {LARGEST_MANIFEST} bytes")
	return content.decode("utf-8")


def _object(text: str) -> dict:
	content = json.loads(text, parse_constant=_no_number, object_pairs_hook=_without_repeats)
	if not isinstance(content, dict):
		raise TypeError("it is no JSON object")
	return content


def _no_number(constant: str) -> None:
	raise ValueError(f"{constant} is no number")


def _without_repeats(pairs: Iterable[tuple[str, object]]) -> dict:
	found = {}
	for key, value in pairs:
		if key in found:
			raise ValueError(f"{key!r} is there twice")
		found[key] = value
	return found


def _manifest(content: dict, folder: Path) -> tuple[Manifest, str]:
	_check_format(content, folder)
	file_format = content["file_format"]
	maker = _of_type(content, "created_by", str)
	if len(maker) > LONGEST_MAKER:
		raise ValueError("created_by is too long")
	tables = {name: _entries(content["tables"][name]["files"], name, file_format) for name in TABLES}
	found = Manifest(file_format, maker, _parameters(content), tables, _time_range(content["time_range"]))
	return found, _sha256(content, "digest")


def _check_format(content: dict, folder: Path) -> None:
	known = content["format"] == FORMAT and content["version"] == VERSION
	if not known or content["file_format"] not in FILE_FORMATS:
		sentence = (
			f"{folder} is {content['format']} version {content['version']} in {content['file_format']}; "
			f"this tool reads {FORMAT} version {VERSION}."
		)
		raise BundleError("unknown_format", sentence)


def _parameters(content: dict) -> dict:
	"""What the maker wrote of itself, for people; only the tolerance of imports is a number that counts."""
	parameters = _of_type(content, "parameters", dict)
	tolerance = parameters.get("import_tolerance")
	if tolerance is not None and not (_is_number(tolerance) and 0 <= tolerance <= 100):
		raise ValueError("import_tolerance is no percentage")
	return parameters


def _is_number(value: object) -> bool:
	return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _time_range(stated: object) -> tuple[str, str] | None:
	if stated is None:
		return None
	first, last = stated
	datetime.fromisoformat(first)
	datetime.fromisoformat(last)
	return first, last


def _entries(rows: list, table: str, file_format: str) -> list[FileEntry]:
	if not isinstance(rows, list):
		raise TypeError(f"the files of {table} are no list")
	entries = [_entry(row, re.compile(rf"{table}(-[0-9]{{5,9}})?\.{file_format}")) for row in rows]
	if len({entry.name for entry in entries}) < len(entries):
		raise ValueError(f"a file of {table} is listed twice")
	return entries


def _entry(row: dict, known_name: re.Pattern) -> FileEntry:
	name = _of_type(row, "name", str)
	if not known_name.fullmatch(name):
		raise ValueError(f"{name} is no name of a bundle's own file")
	return FileEntry(name, _count(row, "rows"), _count(row, "bytes"), _sha256(row, "sha256"))


def _count(row: dict, key: str) -> int:
	value = _of_type(row, key, int)
	if isinstance(value, bool) or not 0 <= value <= LARGEST_COUNT:
		raise ValueError(f"{key} is {value}")
	return value


def _sha256(row: dict, key: str) -> str:
	value = _of_type(row, key, str)
	if not _SHA256.fullmatch(value):
		raise ValueError(f"{key} is no SHA-256")
	return value


def _of_type(row: dict, key: str, kind: type) -> object:
	value = row[key]
	if not isinstance(value, kind):
		raise TypeError(f"{key} is no {kind.__name__}")
	return value
