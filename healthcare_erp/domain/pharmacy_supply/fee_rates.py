"""What a year's licence costs a kind of facility: its life cycle, and which rates can be."""

from collections.abc import Collection

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.states import Scope, StateMachine, Transition
from healthcare_erp.domain.values.numbers import read_number, shown
from healthcare_erp.domain.vocabulary import FeeRateStatus as Status

_REGULATOR = frozenset({"National Admin"})
_DECIMALS = 9  # as many as a column keeps

LIFE_CYCLE = StateMachine(
	initial=Status.DRAFT,
	transitions=(
		Transition(Status.DRAFT, "Put in Force", Status.IN_FORCE, _REGULATOR, scope=Scope.NATIONAL),
		Transition(Status.IN_FORCE, "Withdraw", Status.WITHDRAWN, _REGULATOR, True, scope=Scope.NATIONAL),
	),
)


def check_kind(facility_type: str, kind: str, kinds: Collection[str]) -> None:
	"""The kind is one of its type: the rate's name is made of kind and year alone.

	:param kinds: of this type of facility.
	:raises DomainError: `kind_of_another_type`.
	"""
	if kind not in kinds:
		raise DomainError("kind_of_another_type", kind=kind, facility_type=facility_type, allowed=list(kinds))


def check_year(year: int | None) -> None:
	"""A fiscal year has four digits.

	:raises DomainError: `invalid_fee_year`.
	"""
	if not 1000 <= (year or 0) <= 9999:
		raise DomainError("invalid_fee_year", year=year)


def check_amount(amount) -> None:
	"""A fee is more than nothing, as its column keeps it. (More than the column holds: `CheckedDocument`.)

	:param amount: as it was sent: a number or its text.
	:raises DomainError: `fee_not_positive`.
	"""
	number = read_number(amount)
	if number is None or round(number, _DECIMALS) <= 0:
		raise DomainError("fee_not_positive", amount=shown(amount))
