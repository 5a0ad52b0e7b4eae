"""In which periods a lot might not move freely: from its expiry date and the statuses of it and its medicine."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from ..vocabulary import DIRECTIONS, LotStatus, MedicineStatus
from .tradability import Change, allowed_combinations, effective_status, in_force

BEGINNING = datetime.min


class Restriction(NamedTuple):
	"""From `since` until before `until` (None: for good) the lot has these statuses, which forbid something."""

	lot: str
	since: datetime
	until: datetime | None
	lot_status: str
	medicine_status: str


@cache
def restricting_statuses() -> frozenset[tuple[str, str]]:
	"""The (lot status, medicine status) in which not every movement is allowed."""
	everything = {(kind.value, way.value) for kind, ways in DIRECTIONS.items() for way in ways}
	allowed = defaultdict(set)
	for lot_status, medicine_status, movement_type, direction in allowed_combinations():
		allowed[lot_status, medicine_status].add((movement_type, direction))
	pairs = ((lot.value, medicine.value) for lot in LotStatus for medicine in MedicineStatus)
	return frozenset(pair for pair in pairs if allowed[pair] != everything)


def restrictions_of(
	lot: str, expiry: date | None, lot_changes: Sequence[Change], medicine_changes: Sequence[Change]
) -> Iterator[Restriction]:
	"""The restricted periods of a lot. A lot is Active and a medicine Authorized before its first change.

	:param lot_changes, medicine_changes: (moment, status), oldest first.
	"""
	expired_at = [datetime.combine(expiry + timedelta(1), time())] if expiry and expiry < date.max else []
	changed_at = (at for at, _status in (*lot_changes, *medicine_changes))
	moments = sorted({BEGINNING, *expired_at, *changed_at})
	for since, until in zip(moments, [*moments[1:], None], strict=True):
		status = effective_status(in_force(lot_changes, since, "Active"), expiry or date.max, since.date())
		statuses = (status.value, in_force(medicine_changes, since, "Authorized"))
		if statuses in restricting_statuses():
			yield Restriction(lot, since, until, *statuses)
