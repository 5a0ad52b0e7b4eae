"""The files around an import: the register as a table, and the rows that were refused."""

import csv
import errno
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.register import Columns, find_header
from healthcare_erp.domain.medicine_registry.register.encodings import decoded
from healthcare_erp.domain.medicine_registry.register.headers import OUR_COLUMNS
from healthcare_erp.medicine_registry.register_workbook import Row, read_sheets

DELIMITERS = (",", ";", "\t")
DELIMITER_OF_WORKBOOKS = ";"  # what a French spreadsheet program expects of the refused rows
ZIP = b"PK\x03\x04"  # an .xlsx or .ods workbook


@dataclass(frozen=True, slots=True)
class Table:
	"""A register file: its header, and its rows with the line on which each begins (empty rows left out)."""

	delimiter: str
	columns: Columns
	rows: list[Row]


def read_table(path: Path) -> Table:
	"""Read an XLSX workbook, or a CSV file: comma, semicolon or tab, in an encoding of `decoded`.

	:raises DomainError: `register_not_found`, `register_empty`, `register_not_text`, `register_broken` or
		`register_headers_unknown`.
	"""
	unknown: list[DomainError] = []
	for delimiter, rows in _tables(path):
		try:
			at, columns = find_header([cells for _line, cells in rows])
		except DomainError as refusal:
			unknown.append(refusal)
		else:
			return Table(delimiter, columns, rows[at + 1 :])
	nearest = min(unknown, key=lambda refusal: len(refusal.context["missing"]), default=None)
	raise nearest or DomainError("register_empty", path=str(path))


def _tables(path: Path) -> Iterator[tuple[str, list[Row]]]:
	"""The tables that a file may hold, each with the delimiter of a CSV file like it."""
	content = _content(path)
	if content.startswith(ZIP):
		yield from ((DELIMITER_OF_WORKBOOKS, rows) for rows in read_sheets(path))
		return
	text = decoded(content)
	if text is None:
		raise DomainError("register_not_text", path=str(path))
	yield from ((delimiter, _rows(text, delimiter, path)) for delimiter in DELIMITERS)


def _content(path: Path) -> bytes:
	"""The file's bytes; of a workbook, which is read as a stream, the first ones."""
	try:
		with path.open("rb") as file:
			start = file.read(len(ZIP))
			content = start if start == ZIP else start + file.read()
	except OSError as problem:
		raise DomainError("register_not_found", path=str(path), problem=problem.strerror) from None
	if not content.strip():
		raise DomainError("register_empty", path=str(path))
	return content


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


def check_writable(path: Path) -> None:
	""":raises OSError: before anything is imported, where the rejected rows could not be written afterwards."""
	if path.is_dir():
		raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
	_unfinished(path).open("w").close()
	_unfinished(path).unlink()


def _unfinished(path: Path) -> Path:
	return path.with_name(f".{path.name}.unfinished")


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
	unfinished = _unfinished(path)
	with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
		writer = csv.writer(file, delimiter=table.delimiter)
		writer.writerow([*(names[position] for position in kept), *OUR_COLUMNS])
		for line, cells, reason in rows:
			padded = [*cells, *[""] * (len(names) - len(cells))]
			writer.writerow([*(padded[position] for position in kept), reason, line, *cells[len(names) :]])
	os.replace(unfinished, path)
