"""First expired, first out: which lots to take for a quantity (WHO good distribution practices)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..vocabulary import Direction, MovementType
from .tradability import effective_status, may_move


@dataclass(frozen=True, slots=True)
class Holding:
	"""Units of one lot on hand in one warehouse."""

	lot: str
	lot_number: str
	expiry_date: date
	status: str
	medicine_status: str
	quantity: int


@dataclass(frozen=True, slots=True)
class Suggestion:
	"""What to take (lot, units), what is missing, and what may not be used and why."""

	picks: list[tuple[Holding, int]]
	shortfall: int
	unusable: list[tuple[Holding, str]]


def suggest(holdings: Iterable[Holding], quantity: int, today: date) -> Suggestion:
	"""Take `quantity` units, earliest expiry first (ties by lot name); unusable lots give their reason."""
	picks, unusable, missing = [], [], quantity
	for holding in sorted(holdings, key=lambda h: (h.expiry_date, h.lot)):
		if holding.quantity <= 0:
			continue
		reason = unusable_reason(holding, today)
		if reason:
			unusable.append((holding, reason))
			continue
		taken = min(holding.quantity, missing)
		if taken:
			picks.append((holding, taken))
			missing -= taken
	return Suggestion(picks, missing, unusable)


def unusable_reason(holding: Holding, today: date) -> str | None:
	"""Why a lot may not be sold today: its effective status, `Medicine Blocked`, or None."""
	status = effective_status(holding.status, holding.expiry_date, today)
	if may_move(status, holding.medicine_status, MovementType.SALE, Direction.OUT):
		return None
	return "Medicine Blocked" if status == "Active" else status.value
