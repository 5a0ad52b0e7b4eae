"""The files around an import: the register as a table, and the rows that were refused."""

import csv
import io
import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.register import Columns, find_header
from healthcare_erp.domain.register.headers import OUR_COLUMNS

DELIMITERS = (",", ";", "\t")
ZIP = b"PK\x03\x04"  # an .xlsx or .ods workbook

Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Table:
	"""A register file: its header, and its rows with the line on which each begins (empty rows left out)."""

	delimiter: str
	columns: Columns
	rows: list[Row]


def read_table(path: Path) -> Table:
	"""Read a CSV file: UTF-8 (with or without mark), UTF-16 or Windows-1252; comma, semicolon or tab.

	:raises DomainError: `register_not_found`, `register_empty`, `register_not_text`, `register_broken` or
		`register_headers_unknown`.
	"""
	text = _decoded(_content(path), path)
	unknown: list[DomainError] = []
	for delimiter in DELIMITERS:
		rows = _rows(text, delimiter, path)
		try:
			at, columns = find_header([cells for _line, cells in rows])
		except DomainError as refusal:
			unknown.append(refusal)
		else:
			return Table(delimiter, columns, rows[at + 1 :])
	raise min(unknown, key=lambda refusal: len(refusal.context["missing"]))


def _content(path: Path) -> bytes:
	try:
		content = path.read_bytes()
	except OSError as problem:
		raise DomainError("register_not_found", path=str(path), problem=problem.strerror) from None
	if not content.strip():
		raise DomainError("register_empty", path=str(path))
	return content


def _decoded(content: bytes, path: Path) -> str:
	if content.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
		encodings = ("utf-16",)
	elif b"\0" in content or content.startswith(ZIP):
		encodings = ()
	else:
		encodings = ("utf-8-sig", "cp1252")
	for encoding in encodings:
		try:
			return content.decode(encoding)
		except UnicodeDecodeError:
			continue
	raise DomainError("register_not_text", path=str(path))


def _rows(text: str, delimiter: str, path: Path) -> list[Row]:
	reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
	rows, line = [], 1
	try:
		for cells in reader:
			if any(cell.strip() for cell in cells):
				rows.append((line, tuple(cells)))
			line = reader.line_num + 1
	except csv.Error as problem:
		raise DomainError("register_broken", path=str(path), line=line, problem=str(problem)) from None
	return rows


def rejected_path(path: Path) -> Path:
	"""`register.csv` -> `register.rejected.csv`, beside it."""
	return path.with_suffix(".rejected.csv")


def write_rejected(path: Path, table: Table, rejected: Iterable[tuple[int, tuple[str, ...], str]]) -> None:
	"""Write rows (line, cells, reason) with the register's columns, `reason` and `line`; no file for no rows.

	Cells beyond the header's follow `line`, so that nothing of a broken row is lost. The file takes its place
	in one step and opens in a spreadsheet program as the register did.
	"""
	rows = list(rejected)
	if not rows:
		path.unlink(missing_ok=True)
		return
	names = table.columns.names
	kept = [position for position, name in enumerate(names) if name.strip() not in OUR_COLUMNS]
	unfinished = path.with_name(f".{path.name}.unfinished")
	with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
		writer = csv.writer(file, delimiter=table.delimiter)
		writer.writerow([*(names[position] for position in kept), *OUR_COLUMNS])
		for line, cells, reason in rows:
			padded = [*cells, *[""] * (len(names) - len(cells))]
			writer.writerow([*(padded[position] for position in kept), reason, line, *cells[len(names) :]])
	os.replace(unfinished, path)
