"""What becomes of lots: expiry, the recall, a block, and the suspension of a medicine."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ..vocabulary import LotStatus, MedicineStatus
from .imports import DAYS, SHORTEST_SHELF_LIFE, Arrival
from .records import Lot, StatusEvent
from .seasons import demand_until

RECALL_AT, RECALLED_IMPORT_AT, BLOCK_AT, UNBLOCK_AT = 0.80, 0.70, 0.50, 0.53
LOTS_FOR_A_STORY = 25  # fewer (some 250 movements): no recall, block, suspension or diversion
SUSPENSION_AT, SUSPENSION_DAYS, NO_IMPORT_BEFORE = 0.72, 60, 10


class Closure(NamedTuple):
	"""Days [first, until) in which the lot may not be traded (`until` None: for good)."""

	lot: int
	first: int
	until: int | None
	status: str


class Suspension(NamedTuple):
	"""Days [first, until) in which a medicine is Blocked."""

	medicine: int
	first: int
	until: int


def recalled_lot(plan: list[Arrival]) -> int | None:
	"""The lot to recall: of the most used medicine, imported some weeks before; None in a very small history."""
	target = RECALLED_IMPORT_AT * DAYS
	popular = [n for n, a in enumerate(plan[:-1]) if a.medicine == 0 and a.day <= RECALL_AT * DAYS - 40]
	if len(plan) < LOTS_FOR_A_STORY or not popular:
		return None
	return min(popular, key=lambda n: abs(plan[n].day - target))


def spread_widely(plan: list[Arrival], recalled: int | None, daily: float, start: date) -> list[Arrival]:
	"""The plan with a large recalled lot that expires next, and no other of its medicine until the recall.

	FEFO sends it everywhere; the lots that it stands for come when it is gone.

	:param daily: units of its medicine that are sold on a mean day.
	"""
	if recalled is None:
		return plan
	lot, after = plan[recalled], int(RECALL_AT * DAYS) + 1
	sold = demand_until(lot.medicine, start, DAYS)
	units = lot.quantity + 1.2 * daily * (sold[after] - sold[lot.day])
	expiry = max(DAYS + 45, lot.day + SHORTEST_SHELF_LIFE)
	wide = lot._replace(quantity=max(lot.quantity, int(round(units, -1))), expiry_day=expiry)
	return [
		wide if number == recalled else _postponed(other, lot, after) for number, other in enumerate(plan)
	]


def _postponed(arrival: Arrival, lot: Arrival, after: int) -> Arrival:
	replaces = arrival.medicine == lot.medicine and lot.day - 20 <= arrival.day < after
	return arrival._replace(day=after) if replaces else arrival


def plan_closures(plan: list[Arrival], recalled: int | None) -> list[Closure]:
	"""When lots leave the trade: expiry, the recall, and one lot that is blocked for three weeks."""
	recall_day = int(RECALL_AT * DAYS)
	closures = [
		Closure(lot, arrival.expiry_day + 1, None, LotStatus.EXPIRED.value)
		for lot, arrival in enumerate(plan)
		if arrival.expiry_day + 1 < DAYS and not (lot == recalled and arrival.expiry_day >= recall_day)
	]
	if recalled is not None:
		closures.append(Closure(recalled, recall_day, None, LotStatus.RECALLED.value))
		closures += _one_blocked_lot(plan, recalled)
	return sorted(closures, key=lambda closure: closure.first)


def plan_suspension(medicines: int, lots: int) -> Suspension | None:
	"""The least used medicine is Blocked for a while."""
	first = int(SUSPENSION_AT * DAYS)
	if medicines < 2 or lots < LOTS_FOR_A_STORY:
		return None
	return Suspension(medicines - 1, first, first + SUSPENSION_DAYS)


def around(suspension: Suspension | None, plan: list[Arrival]) -> list[Arrival]:
	"""The plan with no import of a medicine that is Blocked, nor in the days before: they come after."""
	if suspension is None:
		return plan
	first = suspension.first - NO_IMPORT_BEFORE
	meanwhile = [
		arrival
		for arrival in plan
		if arrival.medicine == suspension.medicine and first <= arrival.day < suspension.until
	]
	late = [arrival._replace(day=suspension.until + 1) for arrival in meanwhile]
	return [arrival for arrival in plan if arrival not in meanwhile] + late


def final_statuses(closures: list[Closure]) -> dict[int, str]:
	"""The status that each dead lot ends with, by lot."""
	return {closure.lot: closure.status for closure in closures if closure.until is None}


def lot_events(closures: list[Closure], lots: list[Lot], start: date) -> list[StatusEvent]:
	"""Status changes in order of time, each at midnight, before anything moves on its day."""
	events = []
	for closure in closures:
		key = lots[closure.lot].name
		events.append(StatusEvent(key, closure.status, _midnight(start, closure.first)))
		if closure.until is not None:
			events.append(StatusEvent(key, LotStatus.ACTIVE.value, _midnight(start, closure.until)))
	return sorted(events, key=lambda event: (event.at, event.subject))


def medicine_events(suspension: Suspension | None, start: date) -> list[StatusEvent]:
	if suspension is None:
		return []
	key = f"MED-{suspension.medicine + 1:03d}"
	return [
		StatusEvent(key, MedicineStatus.BLOCKED.value, _midnight(start, suspension.first)),
		StatusEvent(key, MedicineStatus.AUTHORIZED.value, _midnight(start, suspension.until)),
	]


def _midnight(start: date, day: int) -> datetime:
	return datetime.combine(start + timedelta(day), time())


def _one_blocked_lot(plan: list[Arrival], recalled: int) -> list[Closure]:
	first, until = int(BLOCK_AT * DAYS), int(UNBLOCK_AT * DAYS)
	for lot, arrival in enumerate(plan):
		if lot != recalled and arrival.day < first - 60 and arrival.expiry_day > until + 60:
			return [Closure(lot, first, until, LotStatus.BLOCKED.value)]
	return []
