"""National Medicine: the codes that identify it, and the key under which the register knows it."""

import hashlib
import re
from decimal import Decimal
from html import unescape

from biip import ParseError
from biip.gtin import Gtin

from ..errors import DomainError
from ..states import StateMachine, Transition
from ..values.spelling import (
	fold,
	one_line,
	spell_category,
	spell_form,
	spell_inn,
	spell_quantities,
	spell_strength,
)
from ..vocabulary import MedicineStatus as Status

# WHO Collaborating Centre, Guidelines for ATC classification: 14 anatomical main groups, five levels.
_ATC = re.compile(r"[ABCDGHJLMNPRSV]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?")
_ATC_LEVELS = {1: 1, 3: 2, 4: 3, 5: 4, 7: 5}
_GTIN_PUNCTUATION = re.compile(r"[\s-]")
_GTIN_DIGITS = re.compile(r"[0-9]{8}|[0-9]{12,14}")
# Field -> how its text is unified, whoever writes it.
SPELLINGS = {
	"registration_number": one_line,
	"brand_name": one_line,
	"inn": spell_inn,
	"dosage_form": spell_form,
	"strength": spell_strength,
	"pack": spell_quantities,
	"category": spell_category,
	"manufacturer": one_line,
	"authorisation_holder": one_line,
}
# The fields that make up a medicine's key, in its order -> how their text is unified there.
KEY_SPELLINGS = {
	"registration_number": str,
	"strength": spell_strength,
	"dosage_form": spell_form,
	"pack": spell_quantities,
}
KEY_LENGTH = 140  # characters of a Data field
_DIGEST_LENGTH = 32
_IN_KEYS = str.maketrans({" ": "", "|": "/", "<": "(", ">": ")"})  # Frappe would escape what looks like HTML
PRICE_LIMIT = Decimal(10) ** 12  # a Currency column has twelve digits before the point

LIFE_CYCLE = StateMachine(
	initial=Status.AUTHORIZED,
	transitions=(
		Transition(Status.AUTHORIZED, "Block", Status.BLOCKED, frozenset({"National Admin"}), True),
		Transition(Status.BLOCKED, "Authorize", Status.AUTHORIZED, frozenset({"National Admin"}), True),
	),
)


def normalise_atc_code(code: str | None) -> str | None:
	"""The ATC code in capitals without blanks; None where there is none yet.

	:raises DomainError: `invalid_atc_code` where it is no WHO ATC code of any level.
	"""
	cleaned = "".join(one_line(code).split()).upper()
	if cleaned and not _ATC.fullmatch(cleaned):
		raise DomainError("invalid_atc_code", atc_code=one_line(code))
	return cleaned or None


def atc_level(code: str) -> int:
	"""1 (anatomical main group, `J`) to 5 (chemical substance, `J01CA04`).

	:raises DomainError: `invalid_atc_code`, also for an empty code.
	"""
	cleaned = normalise_atc_code(code)
	if not cleaned:
		raise DomainError("invalid_atc_code", atc_code="")
	return _ATC_LEVELS[len(cleaned)]


def normalise_gtin(gtin: str | None) -> str | None:
	"""The GTIN as a GTIN-14; None where there is none.

	:param gtin: 8, 12, 13 or 14 digits, blanks and hyphens between them allowed.
	:raises DomainError: `invalid_gtin` for another length or a wrong check digit
		(GS1 General Specifications, section 7.9).
	"""
	digits = _GTIN_PUNCTUATION.sub("", gtin or "")
	if not digits:
		return None
	if not _GTIN_DIGITS.fullmatch(digits) or not digits.strip("0"):
		raise DomainError("invalid_gtin", gtin=one_line(gtin))
	try:
		return Gtin.parse(digits).as_gtin_14()
	except ParseError:
		raise DomainError("invalid_gtin", gtin=one_line(gtin)) from None


def checked_price(price: Decimal) -> Decimal:
	"""An authorised price as it was given.

	:raises DomainError: `invalid_authorised_price` below zero, `price_out_of_range` from `PRICE_LIMIT` on.
	"""
	if price < 0:
		raise DomainError("invalid_authorised_price")
	if price >= PRICE_LIMIT:
		raise DomainError("price_out_of_range", limit=f"{PRICE_LIMIT:f}")
	return price


def registry_key(
	registration_number: str | None, strength: str | None, dosage_form: str | None, pack: str | None
) -> str:
	"""The key of a medicine in the register: `number|strength|form|pack`, at most `KEY_LENGTH` characters.

	White space, case, accents and the spellings that `spelling` unifies do not change it.
	A longer key keeps its beginning and ends in a digest of the whole.

	:raises DomainError: `registration_number_missing`.
	"""
	if not one_line(registration_number):
		raise DomainError("registration_number_missing")
	parts = zip(KEY_SPELLINGS, (registration_number, strength, dosage_form, pack), strict=True)
	key = "|".join(key_part(field, part) for field, part in parts)
	if len(key) <= KEY_LENGTH:
		return key
	digest = hashlib.sha256(key.encode()).hexdigest()[:_DIGEST_LENGTH]
	return f"{key[: KEY_LENGTH - _DIGEST_LENGTH - 1]}#{digest}"


def key_part(field: str, text: str | None) -> str:
	"""What a field of `KEY_SPELLINGS` says, however it is spelled: its part of the key.

	(Frappe stores texts with HTML escaped.)
	"""
	return fold(KEY_SPELLINGS[field](unescape(str(text or "")))).translate(_IN_KEYS)
