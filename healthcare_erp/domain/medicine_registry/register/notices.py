"""Rows that are good but need somebody's eye."""

from collections import Counter
from collections.abc import Iterator, Sequence

from healthcare_erp.domain.values.spelling import fold, one_line

from .dates import DateOrder, is_in_numbers
from .headers import Columns
from .rows import Entry

_COUNTRIES = ("manufacturer_country", "authorisation_holder_country")
_USUAL = 0.9  # of all registration numbers, for another one to stand out


def find_notices(entries: Sequence[Entry], columns: Columns, order: DateOrder) -> dict[str, list[int]]:
	"""Code -> the lines of the rows concerned, in the file's order.

	:param order: how the file writes day and month in numbers.
	"""
	found: dict[str, list[int]] = {}
	for entry in entries:
		for code in _signs(entry, columns, order):
			found.setdefault(code, []).append(entry.line)
	for code, lines in (
		("registration_number_shared", _shared_numbers(entries)),
		("registration_number_unusual", _unusual_numbers(entries)),
	):
		if lines:
			found[code] = lines
	return found


def _signs(entry: Entry, columns: Columns, order: DateOrder) -> Iterator[str]:
	values = entry.values
	cells = {name: entry.cells[position] for position, name in columns.fields.items()}
	if "atc_code" not in values:
		yield "atc_code_missing"
	if values.get("strength", "").replace(".", "", 1).isdecimal():
		yield "strength_without_unit"
	if any(mark in value for value in values.values() if isinstance(value, str) for mark in "?\ufffd"):
		yield "damaged_text"
	if any(one_line(cells.get(name)).isdecimal() for name in _COUNTRIES):
		yield "country_number"
	if order is DateOrder.MONTH_FIRST and is_in_numbers(cells.get("registration_date", "")):
		yield "month_first"


def _shared_numbers(entries: Sequence[Entry]) -> list[int]:
	"""One registration number on medicines that differ by more than their pack: a mistake in the register."""
	products: dict[str, set[tuple]] = {}
	for entry in entries:
		products.setdefault(_number(entry), set()).add(_product(entry))
	return [entry.line for entry in entries if len(products[_number(entry)]) > 1]


def _number(entry: Entry) -> str:
	return fold(entry.values["registration_number"])


def _product(entry: Entry) -> tuple:
	return tuple(fold(entry.values.get(name)) for name in ("brand_name", "strength", "dosage_form"))


def _unusual_numbers(entries: Sequence[Entry]) -> list[int]:
	"""Numbers of another shape than nearly all others, such as a year with a digit too many."""
	shapes = [_shape(_number(entry)) for entry in entries]
	usual, count = Counter(shapes).most_common(1)[0] if shapes else ("", 0)
	if count < _USUAL * len(shapes):
		return []
	return [entry.line for entry, shape in zip(entries, shapes, strict=True) if shape != usual]


def _shape(number: str) -> str:
	"""`ABREMA098ND2024` -> `AAAAAA999AA9999`."""
	return "".join("9" if char.isdecimal() else "A" if char.isalpha() else char for char in number)
