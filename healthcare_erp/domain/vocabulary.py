"""The words of the ledger: movement types, directions, statuses. Values are what documents store."""

from enum import Enum


class Word(str, Enum):
	"""A string with a fixed set of values, printed as its value (`StrEnum` needs Python 3.11)."""

	__str__ = str.__str__


class MovementType(Word):
	IMPORT = "Import"
	B2B_IN = "B2B In"
	B2B_OUT = "B2B Out"
	SALE = "Sale"
	RETURN = "Return"
	ADJUSTMENT = "Adjustment"
	RECALL_REMOVAL = "Recall Removal"
	INTERNAL_TRANSFER = "Internal Transfer"


class Direction(Word):
	IN = "In"
	OUT = "Out"

	@property
	def opposite(self) -> "Direction":
		return Direction.OUT if self is Direction.IN else Direction.IN


class LotStatus(Word):
	ACTIVE = "Active"
	BLOCKED = "Blocked"
	EXPIRED = "Expired"
	RECALLED = "Recalled"


class MedicineStatus(Word):
	AUTHORIZED = "Authorized"
	BLOCKED = "Blocked"


class FacilityStatus(Word):
	PENDING = "Pending"
	APPROVED = "Approved"
	REJECTED = "Rejected"
	SUSPENDED = "Suspended"
	ILLEGAL = "Illegal"


class FeeRateStatus(Word):
	DRAFT = "Draft"
	IN_FORCE = "In Force"
	WITHDRAWN = "Withdrawn"


FACILITY_TYPES = ("Pharmacy", "Public Facility")

_IN, _OUT = Direction.IN, Direction.OUT

# A Return comes in from a customer or goes out to a supplier; an Adjustment corrects either way; an Internal
# Transfer goes out of one warehouse of a facility and into another of the same.
DIRECTIONS: dict[MovementType, frozenset[Direction]] = {
	MovementType.IMPORT: frozenset({_IN}),
	MovementType.B2B_IN: frozenset({_IN}),
	MovementType.B2B_OUT: frozenset({_OUT}),
	MovementType.SALE: frozenset({_OUT}),
	MovementType.RETURN: frozenset({_IN, _OUT}),
	MovementType.ADJUSTMENT: frozenset({_IN, _OUT}),
	MovementType.RECALL_REMOVAL: frozenset({_OUT}),
	MovementType.INTERNAL_TRANSFER: frozenset({_IN, _OUT}),
}
