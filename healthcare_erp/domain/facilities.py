"""Pharmacies and public facilities: their licence's life cycle, their place on the map and in GS1."""

from .errors import DomainError
from .states import StateMachine, Transition
from .vocabulary import FacilityStatus as Status

# Each for the reason that they write; an Inspector in the territory of their scope
_REGULATORS = frozenset({"National Admin", "Inspector"})
_LICENSING = ("provide_national_code", "provide_warehouse")

LIFE_CYCLE = StateMachine(
	initial=Status.PENDING,
	transitions=(
		Transition(Status.PENDING, "Approve", Status.APPROVED, _REGULATORS, True, effects=_LICENSING),
		Transition(Status.PENDING, "Reject", Status.REJECTED, _REGULATORS, True),
		Transition(Status.APPROVED, "Suspend", Status.SUSPENDED, _REGULATORS, True),
		Transition(Status.SUSPENDED, "Reinstate", Status.APPROVED, _REGULATORS, True),
		Transition(Status.SUSPENDED, "Declare Illegal", Status.ILLEGAL, _REGULATORS, True),
	),
)


def check_gln(gln: str | None) -> str | None:
	"""The GS1 global location number, 13 digits with a check digit (GS1 General Specifications 3.4.2).

	:returns: the digits, or None for none.
	:raises DomainError: `invalid_gln`.
	"""
	digits = (gln or "").strip()
	if not digits:
		return None
	if not (digits.isascii() and digits.isdigit() and len(digits) == 13) or _weighted_sum(digits) % 10:
		raise DomainError("invalid_gln", gln=gln)
	return digits


def check_location(latitude: float | None, longitude: float | None) -> None:
	"""Degrees, WGS 84.

	:raises DomainError: `invalid_location`.
	"""
	if not (-90 <= (latitude or 0) <= 90 and -180 <= (longitude or 0) <= 180):
		raise DomainError("invalid_location", latitude=latitude, longitude=longitude)


def _weighted_sum(digits: str) -> int:
	return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
