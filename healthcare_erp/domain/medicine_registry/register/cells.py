"""What a register's cells mean: nothing, prices, yes and no, statuses, countries."""

import re
from decimal import Decimal

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.medicines import checked_price
from healthcare_erp.domain.values.spelling import fold, one_line
from healthcare_erp.domain.vocabulary import MedicineStatus

_PRICE = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+|\d{1,3}(?:,\d{3})+(?=\.)")
_MONEY = r"(?:fr? ?bu|frs?|f|francs?(?: burundais)?|bif|usd|eur|rwf|xaf|xof)\.?"
_CURRENCY = re.compile(rf"^{_MONEY}\s*(?=\d)|(?<=\d)\s*{_MONEY}$")
_NOTHING = frozenset(
	{"", "-", "--", "---", "\N{EN DASH}", "\N{EM DASH}", "/", "n/a", "#n/a", "n.a", "n.a.", "null"}
	| {"neant", "sans objet", "non applicable", "not applicable"}
)
_YES = frozenset({"1", "oui", "yes", "true", "vrai", "o", "y", "x", "controle", "controlled", "stupefiant"})
_NO = frozenset({"0", "non", "no", "false", "faux", "n"})
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


def is_nothing(text: str) -> bool:
	"""Whether a cell says that there is nothing to say: blank, a dash, `N/A`, `néant`."""
	return fold(text) in _NOTHING


def read_price(text: str) -> Decimal:
	"""A price of zero or more; blanks group thousands, a comma or a point starts the decimals.

	:raises DomainError: `unreadable_price`, also for `1.250`, which may be a thousand or one and a quarter;
		`price_out_of_range`.
	"""
	cell = _CURRENCY.sub("", fold(text))
	cell = _GROUPED.sub(lambda match: re.sub("[ ,]", "", match.group()), cell, count=1).replace(",", ".")
	decimals = cell.partition(".")[2]
	if not _PRICE.fullmatch(cell) or len(decimals) == 3 or len(decimals.rstrip("0")) > 2:
		raise DomainError("unreadable_price", value=one_line(text))
	return checked_price(Decimal(cell))


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


def read_country(text: str | None) -> str | None:
	"""The country's name or code as written; None for a number, which means something in its register only."""
	cell = one_line(text)
	return None if cell.isdecimal() else cell
