"""National Lot: its life cycle, its dates, its number."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ..errors import DomainError
from ..states import SYSTEM, StateMachine, Transition
from ..vocabulary import LotStatus, MedicineStatus

REGULATOR = frozenset({"National Admin"})
EXPIRING_SOON_DAYS = 30
LOT_NUMBER_MAX = 20  # GS1 General Specifications, AI (10): up to 20 characters of CSET 82
_LOT_NUMBER = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}")


def check_past_expiry(facts: Mapping[str, Any]) -> None:
	"""A lot expires after its last day of use.

	:param facts: `name`, `expiry_date` and `today`.
	:raises DomainError: `lot_not_expired`.
	"""
	if facts["expiry_date"] >= facts["today"]:
		raise DomainError("lot_not_expired", lot=facts["name"], expiry_date=facts["expiry_date"])


LIFE_CYCLE = StateMachine(
	initial=LotStatus.ACTIVE,
	transitions=(
		Transition(LotStatus.ACTIVE, "Block", LotStatus.BLOCKED, REGULATOR | {"Inspector"}, True),
		Transition(
			LotStatus.ACTIVE, "Expire", LotStatus.EXPIRED, frozenset({SYSTEM}), guards=(check_past_expiry,)
		),
		Transition(LotStatus.ACTIVE, "Recall", LotStatus.RECALLED, REGULATOR, True),
		Transition(LotStatus.BLOCKED, "Unblock", LotStatus.ACTIVE, REGULATOR, True),
		Transition(LotStatus.BLOCKED, "Recall", LotStatus.RECALLED, REGULATOR, True),
		Transition(LotStatus.EXPIRED, "Recall", LotStatus.RECALLED, REGULATOR, True),
	),
)


def normalise_lot_number(lot_number: str) -> str:
	"""The lot number as it is keyed: trimmed, upper case.

	:raises DomainError: `invalid_lot_number` where GS1 AI (10) would not take it.
	"""
	cleaned = (lot_number or "").strip().upper()
	if not _LOT_NUMBER.fullmatch(cleaned) or set(cleaned) & set("<>\"'"):
		raise DomainError("invalid_lot_number", lot_number=lot_number)
	return cleaned


def check_dates(manufacture_date: date | None, expiry_date: date | None, today: date) -> None:
	"""A lot is made before it expires, and not in the future.

	:raises DomainError: `expiry_date_missing`, `manufactured_in_future` or `expires_before_made`.
	"""
	if expiry_date is None:
		raise DomainError("expiry_date_missing")
	if manufacture_date and manufacture_date > today:
		raise DomainError("manufactured_in_future", manufacture_date=manufacture_date)
	if manufacture_date and expiry_date <= manufacture_date:
		raise DomainError("expires_before_made", manufacture_date=manufacture_date, expiry_date=expiry_date)


def check_posted_after_made(lot: str, posted: datetime, manufacture_date: date | None) -> None:
	"""Units move once they are made.

	:raises DomainError: `posted_before_made`.
	"""
	if manufacture_date and posted.date() < manufacture_date:
		raise DomainError(
			"posted_before_made", lot=lot, posting_datetime=posted, manufacture_date=manufacture_date
		)


def check_new_lot(medicine: str, medicine_status: str) -> None:
	"""No lot is registered for a Blocked medicine.

	:raises DomainError: `medicine_blocked`.
	"""
	if medicine_status != MedicineStatus.AUTHORIZED:
		raise DomainError("medicine_blocked", lot=medicine)


def days_to_expiry(expiry_date: date, today: date) -> int:
	"""Days until the last day of use; negative once expired."""
	return (expiry_date - today).days


def check_import(
	lot: str,
	facility: tuple[str, str],
	importer: tuple[str, str] | None,
	quantity: int,
	allowance: int | None,
) -> None:
	"""A lot comes into the country through its importer, and no more of it than was declared.

	:param facility: (type, name) of the facility that reports the import; `importer` likewise, None: not known.
	:param allowance: units that may still be imported, None where no quantity was declared.
	:raises DomainError: `not_the_importer` or `import_beyond_declared`.
	"""
	if importer and facility != importer:
		raise DomainError("not_the_importer", lot=lot, facility=facility[1], importer=importer[1])
	if allowance is not None and quantity > allowance:
		raise DomainError("import_beyond_declared", lot=lot, requested=quantity, available=max(allowance, 0))


def import_limit(declared: int | None, tolerance_percent: float) -> int | None:
	"""Units of a lot that may be imported in all: the declared quantity and the tolerance, None for no limit."""
	return int(declared * (1 + tolerance_percent / 100)) if declared else None
