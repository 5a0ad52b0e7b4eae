"""What comes into the country: lots with their dates and quantities, and what becomes of their status."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from ..essential_medicines import ESSENTIAL_MEDICINES
from ..vocabulary import LotStatus, MedicineStatus
from .facilities import PROFILES
from .records import Facility, Lot, Medicine, StatusEvent

DAYS = 730
LAST_IMPORT_DAY = DAYS - 60
SHORTEST_SHELF_LIFE = 150  # days left at import, for short-dated donations
MAKERS = ("AJ", "BX", "CIP", "DP", "EM", "GLN", "HT", "KV", "LB", "MCL", "SN", "ZY")
RECALL_AT, RECALLED_IMPORT_AT, BLOCK_AT, UNBLOCK_AT = 0.80, 0.70, 0.50, 0.53
LOTS_FOR_A_STORY = 25  # fewer (some 400 movements): no recall, block, suspension or diversion
SUSPENSION_AT, SUSPENSION_DAYS = 0.72, 60


class Arrival(NamedTuple):
	"""A lot before it is recorded: days count from the first day of the history."""

	medicine: int
	day: int
	expiry_day: int
	made_day: int
	quantity: int
	importer: int
	number: str


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


def medicine_records(count: int) -> list[Medicine]:
	"""The first `count` essential medicines as register entries."""
	return [
		Medicine(
			f"MED-{number:03d}", m.atc_code, m.inn, m.dosage_form, m.strength, m.pack, m.price, "Authorized"
		)
		for number, m in enumerate(ESSENTIAL_MEDICINES[:count], 1)
	]


def how_many_lots(movements: int) -> int:
	"""Lots for so many movements: some 90 for 5,000, 1,300 for a million; never over a tenth of them."""
	return max(1, min(round(1.3 * movements**0.5), movements // 10))


def how_many_medicines(lots: int) -> int:
	return max(1, min(len(ESSENTIAL_MEDICINES), lots // 3))


def demand_shares(medicines: int) -> list[float]:
	"""Each medicine's share of the sales: the first of the list sells most."""
	weights = [1 / (rank + 4) for rank in range(medicines)]
	return [weight / sum(weights) for weight in weights]


def plan_arrivals(movements: int, facilities: list[Facility], importers: int, rng: Random) -> list[Arrival]:
	"""The lots to import, in order of day; each medicine has one in the first week."""
	total = how_many_lots(movements)
	shares = demand_shares(how_many_medicines(total))
	counts = [1] * len(shares)
	for medicine in rng.choices(range(len(shares)), weights=shares, k=total - len(shares)):
		counts[medicine] += 1
	plan = []
	for medicine, count in enumerate(counts):
		units = _units_needed(movements, shares[medicine], medicine, facilities) / count
		plan += [_arrival(medicine, _import_day(n, count, rng), units, importers, rng) for n in range(count)]
	plan.sort(key=lambda arrival: arrival.day)
	return _with_distinct_numbers(plan, rng)


def recalled_lot(plan: list[Arrival]) -> int | None:
	"""The lot to recall: of the most used medicine, imported some weeks before; None in a very small history."""
	target = RECALLED_IMPORT_AT * DAYS
	popular = [n for n, a in enumerate(plan[:-1]) if a.medicine == 0 and a.day <= RECALL_AT * DAYS - 40]
	if len(plan) < LOTS_FOR_A_STORY or not popular:
		return None
	return min(popular, key=lambda n: abs(plan[n].day - target))


def spread_widely(plan: list[Arrival], recalled: int | None) -> list[Arrival]:
	"""The plan with a large recalled lot that expires next, so that FEFO sends it everywhere."""
	if recalled is None:
		return plan
	lot = plan[recalled]
	expiry = max(DAYS + 45, lot.day + SHORTEST_SHELF_LIFE)
	wide = lot._replace(quantity=4 * lot.quantity, expiry_day=expiry)
	return [*plan[:recalled], wide, *plan[recalled + 1 :]]


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


def plan_suspension(plan: list[Arrival]) -> Suspension | None:
	"""One medicine is Blocked for a while: the least used one that nobody imports meanwhile."""
	first = int(SUSPENSION_AT * DAYS)
	until = first + SUSPENSION_DAYS
	busy = {0} | {a.medicine for a in plan if first - 10 <= a.day < until}
	free = {a.medicine for a in plan} - busy
	return Suspension(max(free), first, until) if free and len(plan) >= LOTS_FOR_A_STORY else None


def lot_records(
	plan: list[Arrival], closures: list[Closure], makers: list[Facility], start: date
) -> list[Lot]:
	"""The planned lots as records, with the status that they end with."""
	final = {c.lot: c.status for c in closures if c.until is None}
	return [
		Lot(
			name=f"LOT-{number + 1:05d}",
			national_medicine=f"MED-{arrival.medicine + 1:03d}",
			lot_number=arrival.number,
			manufacture_date=start + timedelta(arrival.made_day),
			expiry_date=start + timedelta(arrival.expiry_day),
			quantity_imported=arrival.quantity,
			importer=makers[arrival.importer].name,
			status=final.get(number, LotStatus.ACTIVE.value),
		)
		for number, arrival in enumerate(plan)
	]


def lot_events(closures: list[Closure], lots: list[Lot], start: date) -> list[StatusEvent]:
	"""Status changes in order of time, each early on its day, before anything moves."""
	events = []
	for closure in closures:
		key = lots[closure.lot].name
		events.append(StatusEvent(key, closure.status, _early(start, closure.first)))
		if closure.until is not None:
			events.append(StatusEvent(key, LotStatus.ACTIVE.value, _early(start, closure.until)))
	return sorted(events, key=lambda event: (event.at, event.subject))


def medicine_events(suspension: Suspension | None, start: date) -> list[StatusEvent]:
	if suspension is None:
		return []
	key = f"MED-{suspension.medicine + 1:03d}"
	return [
		StatusEvent(key, MedicineStatus.BLOCKED.value, _early(start, suspension.first)),
		StatusEvent(key, MedicineStatus.AUTHORIZED.value, _early(start, suspension.until)),
	]


def _early(start: date, day: int) -> datetime:
	return datetime.combine(start + timedelta(day), time(0, 5))


def _units_needed(movements: int, share: float, medicine: int, facilities: list[Facility]) -> float:
	"""Units that patients take in the whole history and that lie on shelves, with a third to spare."""
	sold = movements * 0.75 * share
	shelved = sum(PROFILES[f.kind].order for f in facilities) * 0.3
	return (sold + shelved) * 1.3 * ESSENTIAL_MEDICINES[medicine].units_per_sale


def _import_day(number: int, count: int, rng: Random) -> int:
	if number == 0:
		return rng.randrange(0, 4)
	return min(LAST_IMPORT_DAY, int((number + rng.uniform(-0.3, 0.3)) * LAST_IMPORT_DAY / count) + 5)


def _arrival(medicine: int, day: int, units: float, importers: int, rng: Random) -> Arrival:
	made = day - rng.randrange(60, 240)
	shelf_life = rng.choice((730, 730, 912, 1095))
	expiry = max(made + shelf_life, day + 400)
	if rng.random() < 0.12:
		expiry = day + rng.randrange(SHORTEST_SHELF_LIFE, 300)
	quantity = max(100, round(units * rng.uniform(0.8, 1.6), -2))
	return Arrival(medicine, day, expiry, made, int(quantity), rng.randrange(importers), "")


def _with_distinct_numbers(plan: list[Arrival], rng: Random) -> list[Arrival]:
	"""Lot numbers as makers print them: distinct within a medicine, not across medicines."""
	seen, numbered = set(), []
	for arrival in plan:
		number = _lot_number(arrival, rng)
		while (arrival.medicine, number) in seen:
			number = _lot_number(arrival, rng)
		seen.add((arrival.medicine, number))
		numbered.append(arrival._replace(number=number))
	last = numbered[-1]
	numbered[-1] = last._replace(expiry_day=max(last.expiry_day, DAYS + 365))
	return numbered


def _lot_number(arrival: Arrival, rng: Random) -> str:
	return f"{rng.choice(MAKERS)}{arrival.made_day % 12 + 1:02d}{rng.randrange(10_000):04d}"


def _one_blocked_lot(plan: list[Arrival], recalled: int) -> list[Closure]:
	first, until = int(BLOCK_AT * DAYS), int(UNBLOCK_AT * DAYS)
	for lot, arrival in enumerate(plan):
		if lot != recalled and arrival.day < first - 60 and arrival.expiry_day > until + 60:
			return [Closure(lot, first, until, LotStatus.BLOCKED.value)]
	return []
