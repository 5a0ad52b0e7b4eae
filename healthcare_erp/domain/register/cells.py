"""What a register's cells mean: dates, prices, yes and no, statuses, countries."""

import re
from datetime import date, timedelta
from decimal import Decimal

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.spelling import fold, one_line
from healthcare_erp.domain.vocabulary import MedicineStatus

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]\d{1,2}:.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: \d{1,2}:.*)?")
_DAY_NAMED = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -](\d{4})")
_MONTH_NAMED = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SPREADSHEET_EPOCH = date(1899, 12, 30)  # Excel's and LibreOffice's day 0
_YEARS = range(1900, 2101)
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
_PRICE = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+|\d{1,3}(?:,\d{3})+(?=\.)")
_CURRENCY = re.compile(r"^(?:fbu|bif|usd|eur|rwf|xaf|xof)\s*|\s*(?:fbu|bif|usd|eur|rwf|xaf|xof)$")
_YES = frozenset({"1", "oui", "yes", "true", "vrai", "o", "y", "x", "controle", "controlled", "stupefiant"})
_NO = frozenset({"0", "non", "no", "false", "faux", "n", "-"})
_AUTHORIZED = frozenset(
	{
		"1",
		"authorized",
		"authorised",
		"autorise",
		"actif",
		"active",
		"valide",
		"valid",
		"en vigueur",
		"enregistre",
	}
	| {"registered", "approved", "approuve", "accorde", "granted", "homologue"}
)
_BLOCKED = frozenset(
	{"0", "blocked", "bloque", "suspendu", "suspended", "retire", "withdrawn", "revoque", "revoked", "expire"}
	| {"expired", "annule", "cancelled", "canceled", "inactif", "inactive", "radie", "interdit", "banned"}
)


def read_date(text: str) -> date:
	"""A date as ISO, day first (French), with a month's name, or as a spreadsheet's day number.

	:raises DomainError: `unreadable_date`; so is a month-first number such as 12/31/2024.
	"""
	cell = fold(text)
	try:
		found = _date(cell)
	except ValueError:
		found = None
	if found is None or found.year not in _YEARS:
		raise DomainError("unreadable_date", value=one_line(text))
	return found


def _date(cell: str) -> date | None:
	if match := _ISO.fullmatch(cell):
		return date(*map(int, match.groups()))
	if match := _DAY_FIRST.fullmatch(cell):
		day, month, year = map(int, match.groups())
		return date(year, month, day)
	if match := _DAY_NAMED.fullmatch(cell):
		return date(int(match[3]), _month(match[2]), int(match[1]))
	if match := _MONTH_NAMED.fullmatch(cell):
		return date(int(match[3]), _month(match[1]), int(match[2]))
	if match := _SERIAL.fullmatch(cell):
		return _SPREADSHEET_EPOCH + timedelta(days=int(match[1]))
	return None


def _month(name: str) -> int:
	"""0 (no month, which `date` refuses) unless the name, possibly cut short, is one month's."""
	if len(name) < _SHORTEST_MONTH:
		return 0
	found = [number for number, names in _MONTHS.items() if any(full.startswith(name) for full in names)]
	return found[0] if len(found) == 1 else 0


def read_price(text: str) -> Decimal:
	"""A price of zero or more; blanks group thousands, a comma or a point starts the decimals.

	:raises DomainError: `unreadable_price`, also for `1.250`, which may be a thousand or one and a quarter.
	"""
	cell = _CURRENCY.sub("", fold(text))
	cell = _GROUPED.sub(lambda match: re.sub("[ ,]", "", match.group()), cell, count=1).replace(",", ".")
	decimals = cell.partition(".")[2]
	if not _PRICE.fullmatch(cell) or len(decimals) == 3:
		raise DomainError("unreadable_price", value=one_line(text))
	return Decimal(cell)


def read_flag(text: str) -> bool:
	"""Yes or no, in French or English.

	:raises DomainError: `unreadable_flag`.
	"""
	cell = fold(text)
	if cell not in _YES | _NO:
		raise DomainError("unreadable_flag", value=one_line(text))
	return cell in _YES


def read_status(text: str) -> MedicineStatus:
	"""Whether the authorisation stands: Authorized, or Blocked where it is suspended, withdrawn or expired.

	:raises DomainError: `unknown_status`.
	"""
	genders = {fold(text), fold(text).removesuffix("e")}
	if genders & _AUTHORIZED:
		return MedicineStatus.AUTHORIZED
	if genders & _BLOCKED:
		return MedicineStatus.BLOCKED
	raise DomainError("unknown_status", value=one_line(text))


def read_country(text: str) -> str | None:
	"""The country's name or code as written; None for a number, which means something in its register only."""
	cell = one_line(text)
	return None if cell.isdecimal() else cell
