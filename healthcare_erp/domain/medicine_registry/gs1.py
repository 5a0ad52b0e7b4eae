"""What a scanned medicine pack says: GTIN, lot, expiry date, serial number (GS1 General Specifications).

Read are GS1 element strings (DataMatrix, GS1-128, QR) as scanners send them, their human-readable form
`(01)...(10)...`, GS1 Digital Link addresses, and a bare GTIN. biip knows the application identifiers (AI).
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from biip import ParseConfig, ParseError
from biip.gs1_element_strings import GS1ElementString

from ..errors import DomainError
from .medicines import normalise_gtin

GTIN, CONTENT, LOT, EXPIRY, SERIAL = "01", "02", "10", "17", "21"
MAX_LENGTH = 400  # characters; a medicine's symbol holds far fewer
MAX_ALTERNATIVES = 8
SEPARATOR = "\x1d"  # FNC1 within a symbol, as scanners transmit it (section 7.8)
# How keyboards, terminals and middleware show the separator.
_SEPARATOR_NAMES = re.compile(r"<GS>|\{GS\}|\^\]|\\x1d|\\u001d|␝|\|", re.I)
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_HUMAN_READABLE = re.compile(r"\(([0-9]{2,4})\)")
_BARE_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_LINK_KEYS = {"gtin": GTIN, "lot": LOT, "ser": SERIAL, "exp": EXPIRY}
_READ = frozenset({GTIN, CONTENT, LOT, EXPIRY, SERIAL})
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)

Elements = dict[str, str]


@dataclass(frozen=True, slots=True)
class Scan:
	"""A pack's identity as it was read.

	`gtin` is a GTIN-14; `lot_number` and `serial` are as printed (GS1 keeps case). `alternatives` are other
	readings of a string whose separators a scanner may have dropped: for a lookup that finds no literal match.
	"""

	gtin: str
	lot_number: str | None
	expiry_date: date | None
	serial: str | None
	raw: str
	alternatives: tuple["Scan", ...] = field(default=(), compare=False)


def parse(text: str, today: date) -> Scan:
	"""Read a scanned or typed code.

	:param today: decides the century of two-digit years (section 7.12).
	:raises DomainError: `unreadable_code` (with the `problem`), or `invalid_gtin` for a wrong check digit.
	"""
	code = _SYMBOLOGY.sub("", (text or "").strip(" \t\r\n"))
	if not code or len(code) > MAX_LENGTH:
		raise _unreadable(text, f"it has {len(code)} characters")
	if _BARE_GTIN.fullmatch(code):
		return _scan({GTIN: code}, text, today)
	if code.casefold().startswith(("http://", "https://")):
		return _scan(_checked(_link_pairs(code), text), text, today)
	if code.startswith("("):
		return _scan(_checked(_human_readable_pairs(code), text), text, today)
	return _scan_element_string(_SEPARATOR_NAMES.sub(SEPARATOR, code), text, today)


def _human_readable_pairs(code: str) -> Iterator[tuple[str, str]]:
	_nothing, *parts = _HUMAN_READABLE.split("".join(code.split()))
	return zip(parts[::2], parts[1::2], strict=True)


def _link_pairs(code: str) -> Iterator[tuple[str, str]]:
	"""Key and value of each part of a GS1 Digital Link (URI syntax standard, section 4)."""
	address = urlsplit(code)
	path = [unquote(part) for part in address.path.split("/")]
	start = next((at for at, part in enumerate(path) if part in (GTIN, "gtin")), len(path))
	pairs = [*zip(path[start::2], path[start + 1 :: 2], strict=False), *parse_qsl(address.query)]
	for key, value in pairs:
		identifier = _LINK_KEYS.get(key, key)
		yield identifier, value.zfill(14) if identifier == GTIN else value


def _checked(pairs: Iterable[tuple[str, str]], raw: str) -> Elements:
	elements: Elements = {}
	for identifier, value in pairs:
		if identifier not in _READ:
			continue
		if not _is_value(identifier, value):
			raise _unreadable(raw, f"({identifier}) cannot be {value}")
		if elements.setdefault(identifier, value) != value:
			raise _unreadable(raw, f"({identifier}) is there twice")
	return elements


def _is_value(identifier: str, value: str) -> bool:
	try:
		return GS1ElementString.extract(identifier + value, config=_CONFIG).value == value
	except ParseError:
		return False


def _scan_element_string(code: str, raw: str, today: date) -> Scan:
	readings = islice(_readings(code, frozenset()), MAX_ALTERNATIVES + 1)
	scans = [_scan(elements, raw, today) for elements in readings if GTIN in elements or CONTENT in elements]
	if not scans:
		raise _unreadable(raw, "it is no GS1 code of a medicine")
	first, *others = scans
	return replace(first, alternatives=tuple(others))


def _readings(code: str, seen: frozenset[str]) -> Iterator[Elements]:
	"""Every way to cut a string into elements, the literal one first.

	A field of variable length ends at a separator or at the end of the symbol (section 7.8.6). A scanner that
	drops separators makes the next field look like more of this one: those cuts follow.
	"""
	rest = code.lstrip(SEPARATOR)
	if not rest:
		yield {}
		return
	try:
		element = GS1ElementString.extract(rest, config=_CONFIG)
	except ParseError:
		return
	identifier = element.ai.ai
	if identifier in seen:
		return
	for end in _ends(element, rest, seen | {identifier}):
		value = rest[len(identifier) : end]
		for others in _readings(rest[end:], seen | {identifier}):
			yield {identifier: value, **others}


def _ends(element: GS1ElementString, rest: str, seen: frozenset[str]) -> Iterator[int]:
	"""Where the first element of `rest` may end."""
	length = len(element.ai.ai) + len(element.value)
	if not element.ai.separator_required:
		yield length
		return
	if length == len(rest) or rest[length] == SEPARATOR:
		yield length
	if element.ai.ai in (LOT, SERIAL):
		for end in range(len(element.ai.ai) + 1, length):
			if rest[end : end + 2] in {LOT, EXPIRY, SERIAL} - seen:
				yield end


def _scan(elements: Elements, raw: str, today: date) -> Scan:
	gtin = normalise_gtin(elements.get(GTIN) or elements.get(CONTENT))
	if not gtin:
		raise _unreadable(raw, "it names no GTIN")
	expiry = elements.get(EXPIRY)
	try:
		expiry_date = expiry_on(expiry, today) if expiry else None
	except ValueError:
		raise _unreadable(raw, f"(17) {expiry} is no date") from None
	return Scan(gtin, elements.get(LOT), expiry_date, elements.get(SERIAL), raw)


def expiry_on(digits: str, today: date) -> date:
	"""The date of AI (17): `YYMMDD`, day 00 being the month's last (section 3.4.7).

	The year lies between 49 years before and 50 years after today's (section 7.12).

	:raises ValueError: no such day.
	"""
	year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
	year += today.year - today.year % 100
	if year - today.year >= 51:
		year -= 100
	elif year - today.year <= -50:
		year += 100
	if day == 0:
		day = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
	return date(year, month, day)


def _unreadable(raw: str, problem: str) -> DomainError:
	return DomainError("unreadable_code", scanned=raw, problem=problem)
