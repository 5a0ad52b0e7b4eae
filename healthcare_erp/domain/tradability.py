"""Which lots may move (design section 2): the one rule, asked by the ledger, the guard and the auditors."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from .errors import DomainError
from .vocabulary import DIRECTIONS, Direction, LotStatus, MedicineStatus, MovementType

# What a Blocked, Expired or Recalled lot, or any lot of a Blocked medicine, may still do: leave the trade.
EXITS = frozenset(
	{
		(MovementType.RECALL_REMOVAL, Direction.OUT),
		(MovementType.RETURN, Direction.OUT),
		(MovementType.ADJUSTMENT, Direction.OUT),
	}
)


def effective_status(status: str, expiry_date: date, today: date) -> LotStatus:
	"""The status that counts today: an Active lot past its expiry date is Expired, job or no job.

	"Expired" means `expiry_date < today` everywhere: a lot may be used on its last day.
	"""
	status = LotStatus(status)
	if status is LotStatus.ACTIVE and expiry_date < today:
		return LotStatus.EXPIRED
	return status


def may_move(lot_status: str, medicine_status: str, movement_type: str, direction: str) -> bool:
	"""Whether a lot in this state may make this movement.

	A reversal is not asked: it undoes a record, it moves no units.
	"""
	if lot_status == LotStatus.ACTIVE and medicine_status == MedicineStatus.AUTHORIZED:
		return True
	return (movement_type, direction) in EXITS


def check_may_move(
	lot: str, lot_status: str, medicine_status: str, movement_type: str, direction: str
) -> None:
	"""Refuse a movement that `may_move` forbids.

	:raises DomainError: `lot_not_tradable` or, where the lot is fine, `medicine_blocked`.
	"""
	if may_move(lot_status, medicine_status, movement_type, direction):
		return
	code = "medicine_blocked" if lot_status == LotStatus.ACTIVE else "lot_not_tradable"
	raise DomainError(code, lot=lot, status=str(lot_status), movement_type=str(movement_type))


def allowed_combinations() -> Iterator[tuple[str, str, str, str]]:
	"""Every allowed (lot status, medicine status, movement type, direction), for set-based checks."""
	for lot_status, medicine_status, movement_type in product(LotStatus, MedicineStatus, MovementType):
		for direction in DIRECTIONS[movement_type]:
			if may_move(lot_status, medicine_status, movement_type, direction):
				yield (lot_status.value, medicine_status.value, movement_type.value, direction.value)
