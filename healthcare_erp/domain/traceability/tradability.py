"""Which lots may move (design section 2): the one rule, asked by the ledger, the guard and the auditors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from ..errors import DomainError
from ..vocabulary import DIRECTIONS, Direction, LotStatus, MedicineStatus, MovementType

# What a Blocked, Expired or Recalled lot, or any lot of a Blocked medicine, may still do: leave the trade, and
# be put apart inside its facility.
EXITS = frozenset(
	{
		(MovementType.RECALL_REMOVAL, Direction.OUT),
		(MovementType.RETURN, Direction.OUT),
		(MovementType.ADJUSTMENT, Direction.OUT),
		(MovementType.INTERNAL_TRANSFER, Direction.OUT),
		(MovementType.INTERNAL_TRANSFER, Direction.IN),
	}
)
# Such goods may also come back to whom they came from: `check_take_back` says how many.
TAKE_BACK = (MovementType.RETURN, Direction.IN)

Change = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Standing:
	"""The statuses of a lot and of its medicine at one moment."""

	lot_status: str
	medicine_status: str

	def allows(self, movement_type: str, direction: str) -> bool:
		return may_move(self.lot_status, self.medicine_status, movement_type, direction)


def effective_status(status: str, expiry_date: date, today: date) -> LotStatus:
	"""The status that counts today: an Active lot past its expiry date is Expired, job or no job.

	"Expired" means `expiry_date < today` everywhere: a lot may be used on its last day.
	"""
	status = LotStatus(status)
	if status is LotStatus.ACTIVE and expiry_date < today:
		return LotStatus.EXPIRED
	return status


def in_force(changes: Sequence[Change], moment: datetime, initial: str) -> str:
	"""The status at a moment, from the changes before it (oldest first) and the one that stood first."""
	return next((status for at, status in reversed(changes) if at <= moment), initial)


def standing_at(
	moment: datetime, expiry_date: date, lot_changes: Sequence[Change], medicine_changes: Sequence[Change]
) -> Standing:
	"""The statuses that counted at a moment: a lot begins Active, a medicine Authorized."""
	status = in_force(lot_changes, moment, LotStatus.ACTIVE.value)
	return Standing(
		effective_status(status, expiry_date, moment.date()),
		in_force(medicine_changes, moment, MedicineStatus.AUTHORIZED.value),
	)


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


def check_take_back(lot: str, status: str, quantity: int, outstanding: int) -> None:
	"""Stopped goods come back only to whom they came from, and no more of them than went.

	:param outstanding: units that this facility passed to the one who returns them, less what came back.
	:raises DomainError: `return_beyond_sent`.
	"""
	if quantity > outstanding:
		raise DomainError(
			"return_beyond_sent",
			lot=lot,
			status=str(status),
			requested=quantity,
			outstanding=outstanding,
		)


def check_late_report(
	lot: str, posting_datetime: datetime, now: datetime, window: timedelta, approved: bool
) -> None:
	"""What was lawful when it happened may be reported after its lot was stopped, for so long.

	:param window: within which anybody may.
	:param approved: the regulator reports it, and says why.
	:raises DomainError: `reported_too_late`.
	"""
	if now - posting_datetime > window and not approved:
		hours = round(window.total_seconds() / 3600)
		raise DomainError("reported_too_late", lot=lot, posting_datetime=posting_datetime, hours=hours)


def allowed_combinations() -> Iterator[tuple[str, str, str, str]]:
	"""Every (lot status, medicine status, movement type, direction) that may be, for set-based checks.

	Returns of stopped lots are among them: how many is another check.
	"""
	for lot_status, medicine_status, movement_type in product(LotStatus, MedicineStatus, MovementType):
		for direction in DIRECTIONS[movement_type]:
			way = (movement_type, direction)
			if way == TAKE_BACK or may_move(lot_status, medicine_status, *way):
				yield (lot_status.value, medicine_status.value, movement_type.value, direction.value)
