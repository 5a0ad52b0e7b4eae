"""Dates as registers write them, and in which order a whole file writes day and month."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.values.spelling import fold, one_line

_TIME = r"(?:[ t]\d{1,2}:.*)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_NUMBERS = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}")
_DAY_NAMED = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[-/. ]([a-z]+)\.?,?[-/. ](\d{4}|\d{2})")
_MONTH_NAMED = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_SPREADSHEET_EPOCH = date(1899, 12, 30)  # Excel's and LibreOffice's day 0
_YEARS = range(1900, 2101)
_LAST_YEAR_OF_2000 = 68  # POSIX strptime %y: 69 to 99 are 1969 to 1999
_MONTHS_A_YEAR = 12
_MONTHS = {
	1: ("janvier", "january"),
	2: ("fevrier", "february"),
	3: ("mars", "march"),
	4: ("avril", "april"),
	5: ("mai", "may"),
	6: ("juin", "june"),
	7: ("juillet", "july"),
	8: ("aout", "august"),
	9: ("septembre", "september"),
	10: ("octobre", "october"),
	11: ("novembre", "november"),
	12: ("decembre", "december"),
}
_SHORTEST_MONTH = 3


class DateOrder(Enum):
	"""How a file writes dates in numbers, by those that can be read in one way only."""

	DAY_FIRST = "day first"
	MONTH_FIRST = "month first"
	MIXED = "both"


def order_of(cells: Iterable[str]) -> DateOrder:
	"""Month first where a date such as 12/31/2024 proves it and none such as 31/12/2024 says otherwise.

	:param cells: every cell of the file's column of dates.
	"""
	parts = [found for found in map(_day_and_month, cells) if found]
	day_first = any(second <= _MONTHS_A_YEAR < first for first, second in parts)
	month_first = any(first <= _MONTHS_A_YEAR < second for first, second in parts)
	if day_first and month_first:
		return DateOrder.MIXED
	return DateOrder.MONTH_FIRST if month_first else DateOrder.DAY_FIRST


def is_in_numbers(text: str) -> bool:
	"""Whether day and month of this date are told apart by their order only."""
	return _day_and_month(text) is not None


def _day_and_month(text: str) -> tuple[int, int] | None:
	match = _NUMBERS.fullmatch(fold(text))
	return (int(match[1]), int(match[2])) if match else None


def read_date(text: str, order: DateOrder = DateOrder.DAY_FIRST) -> date:
	"""A date as ISO, in numbers, with a month's name, or as a spreadsheet's day number.

	:param order: how the file writes day and month in numbers.
	:raises DomainError: `unreadable_date`, also for 12/31/2024 where the day comes first; `ambiguous_date` where
		the file writes both ways and this date can be read in both.
	"""
	if order is DateOrder.MIXED:
		_refuse_ambiguous(text)
	try:
		found = _date(fold(text), order)
	except ValueError:
		found = None
	if found is None or found.year not in _YEARS:
		raise DomainError("unreadable_date", value=one_line(text))
	return found


def _refuse_ambiguous(text: str) -> None:
	first, second = _day_and_month(text) or (0, 0)
	if first != second and max(first, second) <= _MONTHS_A_YEAR:
		raise DomainError("ambiguous_date", value=one_line(text))


def _date(cell: str, order: DateOrder) -> date | None:
	if match := _ISO.fullmatch(cell):
		return date(*map(int, match.groups()))
	if match := _NUMBERS.fullmatch(cell):
		day, month = int(match[1]), int(match[2])
		if order is DateOrder.MONTH_FIRST:
			day, month = month, day
		return date(_year(match[3]), month, day)
	if match := _DAY_NAMED.fullmatch(cell):
		return date(_year(match[3]), _month(match[2]), int(match[1]))
	if match := _MONTH_NAMED.fullmatch(cell):
		return date(int(match[3]), _month(match[1]), int(match[2]))
	if match := _SERIAL.fullmatch(cell):
		return _SPREADSHEET_EPOCH + timedelta(days=int(match[1]))
	return None


def _year(digits: str) -> int:
	year = int(digits)
	if len(digits) > 2:
		return year
	return year + (2000 if year <= _LAST_YEAR_OF_2000 else 1900)


def _month(name: str) -> int:
	"""0 (no month, which `date` refuses) unless the name, possibly cut short, is one month's."""
	if len(name) < _SHORTEST_MONTH:
		return 0
	found = [number for number, names in _MONTHS.items() if any(full.startswith(name) for full in names)]
	return found[0] if len(found) == 1 else 0
