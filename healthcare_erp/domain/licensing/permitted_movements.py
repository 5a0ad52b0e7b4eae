"""What a facility may do with medicines, by its kind, its standing and the movement: the one table.

The ledger asks it on every way in, and so does the mirror of ERPNext's vouchers.
"""

from collections.abc import Sequence
from datetime import datetime

from ..errors import DomainError
from ..vocabulary import Direction, FacilityStatus, MovementType

IMPORTERS = frozenset({"Wholesaler", "Central Store"})
# What goes on without a licence: what leaves the trade, comes back from it, or is put apart inside the facility.
ALWAYS = frozenset(
	{
		(MovementType.RETURN, Direction.IN),
		(MovementType.RETURN, Direction.OUT),
		(MovementType.RECALL_REMOVAL, Direction.OUT),
		(MovementType.ADJUSTMENT, Direction.OUT),
		(MovementType.INTERNAL_TRANSFER, Direction.IN),
		(MovementType.INTERNAL_TRANSFER, Direction.OUT),
	}
)
_FROM_APPROVED = (FacilityStatus.SUSPENDED, FacilityStatus.ILLEGAL)


def is_in_good_standing(status: str) -> bool:
	"""Whether a facility has a licence in force."""
	return status == FacilityStatus.APPROVED


def status_at(moment: datetime, changes: Sequence[tuple[datetime, str]]) -> str:
	"""A facility's status at a moment.

	:param changes: (moment, status), oldest first. Before them it was Pending; or Approved, where the first of them
		takes it from there: what came in approved, from another system, has no entry of that.
	"""
	came_in_approved = bool(changes) and changes[0][1] in _FROM_APPROVED
	initial = FacilityStatus.APPROVED if came_in_approved else FacilityStatus.PENDING
	return next((status for at, status in reversed(changes) if at <= moment), initial)


def may_move(kind: str, status: str, movement_type: str, direction: str) -> bool:
	"""Whether a facility of this kind may make this movement. (A reversal is not asked: it moves no units.)"""
	if not is_in_good_standing(status):
		return (movement_type, direction) in ALWAYS
	return movement_type != MovementType.IMPORT or kind in IMPORTERS


def check(facility: str, kind: str, status: str, movement_type: str, direction: str) -> None:
	"""Refuse a movement that `may_move` forbids.

	:raises DomainError: `facility_not_licensed` or, where its licence is fine, `kind_does_not_import`.
	"""
	if may_move(kind, status, movement_type, direction):
		return
	if is_in_good_standing(status):
		raise DomainError("kind_does_not_import", facility=facility, kind=kind)
	raise DomainError(
		"facility_not_licensed", facility=facility, status=str(status), movement_type=str(movement_type)
	)
