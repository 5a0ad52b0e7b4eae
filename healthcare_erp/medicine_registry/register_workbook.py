"""The sheets of an XLSX workbook as tables of text, read as a stream."""

import re
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import ParseError  # nosec B405 # the exception only; nothing is parsed here
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from healthcare_erp.domain.errors import DomainError

_BROKEN = (BadZipFile, EOFError, KeyError, OSError, ParseError, TypeError, ValueError, zlib.error)
_SIGNIFICANT = ".15g"  # digits that a spreadsheet keeps of a number

Row = tuple[int, tuple[str, ...]]


def read_sheets(path: Path) -> Iterator[list[Row]]:
	"""Each sheet's rows that are not empty, with their numbers; visible sheets first.

	:raises DomainError: `register_not_text` where the file is no XLSX workbook.
	"""
	try:
		with path.open("rb") as file:
			workbook = load_workbook(file, read_only=True, data_only=True)
			for sheet in sorted(workbook.worksheets, key=lambda sheet: sheet.sheet_state != "visible"):
				sheet.reset_dimensions()  # some programs write wrong ones, and cells beyond them are not read
				yield list(_rows(sheet))
	except _BROKEN:
		raise DomainError("register_not_text", path=str(path)) from None


def _rows(sheet) -> Iterator[Row]:
	for number, cells in enumerate(sheet.iter_rows(), start=1):
		texts = tuple(map(_text, cells))
		if any(text.strip() for text in texts):
			yield number, texts


def _text(cell) -> str:
	"""A cell as somebody would type it: a date as ISO, a percentage as the sheet shows it."""
	value = cell.value
	if value is None:
		return ""
	if isinstance(value, datetime):
		return str(value.date() if value.time() == time() else value)
	if isinstance(value, bool):
		return str(int(value))
	if isinstance(value, int | float):
		return _number(value, cell.number_format)
	return value.isoformat() if isinstance(value, date | time) else unescape(str(value))


def _number(value: int | float, shown_as: str) -> str:
	number = Decimal(format(value, _SIGNIFICANT)) if isinstance(value, float) else Decimal(value)
	if "%" in shown_as:
		return f"{_plain(number * 100)}%"
	return _plain(number).zfill(len(shown_as) if re.fullmatch("0+", shown_as) else 0)


def _plain(number: Decimal) -> str:
	text = format(number, "f")
	return text.rstrip("0").rstrip(".") if "." in text else text
