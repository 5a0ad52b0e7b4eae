"""The arithmetic of the stock-movement ledger: what a row must say, and what a position holds after it.

A *position* is a pair (warehouse, national lot). Its rows are numbered 1, 2, 3 ... and each carries the
balance after it. The caller locks positions and stores rows; here is only what the numbers must be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from decimal import Decimal

from ..errors import DomainError
from ..values.numbers import read_number, shown
from ..vocabulary import DIRECTIONS, Direction, MovementType

MAX_QUANTITY = 2_147_483_647  # a 32-bit signed integer column
MAX_BATCH = 5_000
VOUCHER_KEY = "SLE-"  # what the idempotency keys of ERPNext's vouchers begin with
REPOST_KEY = "SLE-repost-"  # of what ERPNext's reposting makes of a recorded count: it moves nothing anew
HISTORY_KEY = "SIM-"  # of a simulated history's movements
RESERVED_KEYS = (VOUCHER_KEY, HISTORY_KEY)  # no caller's begin so

PositionKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Movement:
	"""What somebody asks the ledger to write: whole units of one lot, in or out of one warehouse.

	`posting_datetime` None means "now". A reversal names the movement that it undoes in `reversal_of`:
	it bears that movement's type and the opposite direction. `late_reason` is why the regulator reports it long
	after its lot was stopped.
	"""

	movement_type: str
	direction: str
	quantity: int
	warehouse: str
	national_lot: str
	idempotency_key: str
	posting_datetime: datetime | None = None
	unit_price: Decimal | None = None
	counterparty_type: str | None = None
	counterparty: str | None = None
	reference_doctype: str | None = None
	reference_name: str | None = None
	reversal_of: str | None = None
	late_reason: str | None = None

	@property
	def position(self) -> PositionKey:
		return (self.warehouse, self.national_lot)

	@property
	def own_key(self) -> tuple[str, str]:
		"""What tells it apart from the others of its call: each facility gives its own idempotency keys."""
		return (self.warehouse, self.idempotency_key)

	@property
	def other_end(self) -> tuple[str | None, ...]:
		"""Whom the units come from or go to, and under which document."""
		return (self.counterparty_type, self.counterparty, self.reference_doctype, self.reference_name)

	def differences(
		self,
		other: "Movement",
		other_recorded_at: datetime | None = None,
		tolerance: timedelta = timedelta(),
	) -> list[str]:
		"""Names of the fields in which a movement differs from the recorded one of the same key.

		A posting time that was left to the ledger differs from nothing, and neither does one of a clock that was
		ahead, within the tolerance: `other_recorded_at` then is the posting time that was recorded.
		"""
		names = [f.name for f in fields(Movement) if getattr(self, f.name) != getattr(other, f.name)]
		if "posting_datetime" in names and self._posted_as(other, other_recorded_at, tolerance):
			names.remove("posting_datetime")
		return names

	def _posted_as(self, other: "Movement", recorded_at: datetime | None, tolerance: timedelta) -> bool:
		if self.posting_datetime is None:
			return True
		if recorded_at is None or other.posting_datetime != recorded_at:
			return False
		return recorded_at < self.posting_datetime <= recorded_at + tolerance


@dataclass(frozen=True, slots=True)
class Balance:
	"""Where a position stands: the number of its last row and the balance after it."""

	sequence: int = 0
	quantity: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
	"""A movement with its place in the position."""

	movement: Movement
	position_sequence: int
	balance_after: int


@dataclass(frozen=True, slots=True)
class Defect:
	"""One thing that is wrong with a recorded ledger."""

	code: str
	subject: str
	detail: dict = field(default_factory=dict)


def whole_quantity(value) -> int:
	"""The quantity as a positive int.

	:param value: int, or a number or text that stands for one (`3`, `3.0`, `"3"`).
	:raises DomainError: `invalid_quantity` for zero, negative, fractional, too large or no number.
	"""
	number = read_number(value)
	if number is None or not 0 < number <= MAX_QUANTITY or number % 1 or "e" in str(value).lower():
		raise DomainError("invalid_quantity", quantity=shown(value))
	return int(number)


def check_not_reserved(key: str) -> None:
	"""A caller's idempotency key is none of those that the system itself gives, however it is written.

	:raises DomainError: `reserved_key`.
	"""
	for prefix in RESERVED_KEYS:
		if key.upper().startswith(prefix):
			raise DomainError("reserved_key", prefix=prefix)


def resolve_direction(movement_type: str, direction: str | None) -> tuple[str, str]:
	"""The movement type and its direction; the direction may be left out where the type has only one.

	Not for reversals: those go the other way (`check_reversal`).

	:raises DomainError: `unknown_movement_type`, `direction_missing` or `invalid_direction`.
	"""
	try:
		allowed = DIRECTIONS[MovementType(movement_type)]
	except ValueError:
		known = [kind.value for kind in MovementType]
		raise DomainError("unknown_movement_type", movement_type=movement_type, allowed=known) from None
	choices = sorted(way.value for way in allowed)
	if not direction:
		if len(choices) > 1:
			raise DomainError("direction_missing", movement_type=movement_type, allowed=choices)
		return movement_type, choices[0]
	if direction not in choices:
		raise DomainError(
			"invalid_direction", movement_type=movement_type, direction=direction, allowed=choices
		)
	return movement_type, direction


def check_posting_time(posting_datetime: datetime, now: datetime, tolerance: timedelta) -> datetime:
	"""The time to record: a movement is reported when it has happened, not before.

	:param tolerance: how far the caller's clock may be ahead; such a movement happened now.
	:raises DomainError: `posting_in_future`.
	"""
	if posting_datetime > now + tolerance:
		raise DomainError("posting_in_future", posting_datetime=posting_datetime, now=now)
	return min(posting_datetime, now)


def check_reversal(reversal: Movement, original: Movement | None) -> None:
	"""A reversal undoes one recorded movement as a whole: the same in the other direction, and not before it.

	It bears the movement's counterparty and document too, so that the two cancel out in every trace.

	:param original: the movement that `reversal.reversal_of` names, None if there is none.
	:raises DomainError: `unknown_movement` or `invalid_reversal`.
	"""
	if original is None:
		raise DomainError("unknown_movement", movement=reversal.reversal_of)
	mirrored = (
		reversal.position == original.position
		and reversal.movement_type == original.movement_type
		and reversal.quantity == original.quantity
		and reversal.direction == Direction(original.direction).opposite
		and reversal.other_end == original.other_end
		and original.reversal_of is None
	)
	times = (reversal.posting_datetime, original.posting_datetime)
	too_early = all(times) and times[0] < times[1]
	if too_early or not mirrored:
		raise DomainError("invalid_reversal", movement=reversal.reversal_of)


def signed(direction: str, quantity: int) -> int:
	"""The quantity as it changes a balance: In adds, Out takes away."""
	return quantity if direction == Direction.IN else -quantity


def post(movements: Iterable[Movement], balances: Mapping[PositionKey, Balance]) -> list[Posted]:
	"""Number the movements and run their balances, in the order given.

	:param balances: the positions as they stand (a missing one is empty); not changed.
	:raises DomainError: `insufficient_stock` for the first movement that would go below zero,
		`invalid_quantity` for one that would bring more units together than are counted.
	"""
	running = {key: (balance.sequence, balance.quantity) for key, balance in balances.items()}
	posted = []
	for index, movement in enumerate(movements):
		sequence, held = running.get(movement.position, (0, 0))
		after = held + signed(movement.direction, movement.quantity)
		if after < 0:
			raise DomainError(
				"insufficient_stock",
				lot=movement.national_lot,
				warehouse=movement.warehouse,
				requested=movement.quantity,
				available=held,
				index=index,
			)
		if after > MAX_QUANTITY:
			raise DomainError("invalid_quantity", quantity=movement.quantity)
		running[movement.position] = (sequence + 1, after)
		posted.append(Posted(movement, sequence + 1, after))
	return posted


def verify(rows: Iterable[tuple[str, str, str, int, int, int]]) -> list[Defect]:
	"""Recompute positions from their rows: the reference for the set-based checks.

	:param rows: (warehouse, lot, direction, quantity, position_sequence, balance_after), in any order.
	:returns: a defect per row that differs; codes `sequence_gap`, `balance_mismatch`, `negative_balance`.
	"""
	defects: list[Defect] = []
	running: dict[PositionKey, tuple[int, int]] = {}
	for warehouse, lot, direction, quantity, sequence, balance in sorted(rows, key=_in_position_order):
		last, held = running.get((warehouse, lot), (0, 0))
		expected = held + signed(direction, quantity)
		found = {
			"sequence_gap": (last + 1, sequence, sequence != last + 1),
			"balance_mismatch": (expected, balance, balance != expected),
			"negative_balance": (0, balance, balance < 0),
		}
		subject = f"{warehouse} / {lot} #{sequence}"
		defects += [
			Defect(code, subject, {"expected": want, "found": got})
			for code, (want, got, wrong) in found.items()
			if wrong
		]
		running[(warehouse, lot)] = (sequence, expected)
	return defects


def _in_position_order(row: tuple) -> tuple:
	warehouse, lot, _direction, _quantity, sequence, _balance = row
	return (warehouse, lot, sequence)
