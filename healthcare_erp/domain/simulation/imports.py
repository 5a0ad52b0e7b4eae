"""What comes into the country: lots with their dates and quantities."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from ..medicine_registry.essential_medicines import ESSENTIAL_MEDICINES
from ..vocabulary import LotStatus
from .records import Facility, Lot, Medicine
from .seasons import demand_until

DAYS = 730
LAST_IMPORT_DAY = DAYS - 10
SHORTEST_SHELF_LIFE = 150  # days left at import, for short-dated donations
SHORT_DATED = 0.12  # of the lots
RESERVE_DAYS = 12  # what importers mean to have when the next lot comes, in days of sales
LOTS_PER_MEDICINE = 8  # at least, in two years; where there are fewer lots, fewer medicines are used
MAKERS = ("AJ", "BX", "CIP", "DP", "EM", "GLN", "HT", "KV", "LB", "MCL", "SN", "ZY")


class Arrival(NamedTuple):
	"""A lot before it is recorded: days count from the first day of the history."""

	medicine: int
	day: int
	expiry_day: int
	made_day: int
	quantity: int
	importer: int
	number: str


def medicine_records(count: int) -> list[Medicine]:
	"""The first `count` essential medicines as register entries."""
	return [
		Medicine(
			f"MED-{number:03d}", m.atc_code, m.inn, m.dosage_form, m.strength, m.pack, m.price, "Authorized"
		)
		for number, m in enumerate(ESSENTIAL_MEDICINES[:count], 1)
	]


def how_many_lots(movements: int) -> int:
	"""Lots for so many movements: some 160 for 5,000, 2,300 for a million; never over a tenth of them."""
	return max(1, min(round(2.3 * movements**0.5), movements // 10))


def how_many_medicines(lots: int) -> int:
	return max(1, min(len(ESSENTIAL_MEDICINES), lots // LOTS_PER_MEDICINE))


def demand_shares(medicines: int) -> list[float]:
	"""Each medicine's share of the sales: the first of the list sells most."""
	weights = [1 / (rank + 4) for rank in range(medicines)]
	return [weight / sum(weights) for weight in weights]


def plan_arrivals(
	lots: int, daily: list[float], shelved: list[float], importers: int, start: date, rng: Random
) -> list[Arrival]:
	"""The lots to import, in order of day: each brings what is needed until the next of its medicine.

	:param daily: units that are sold on a mean day, by medicine.
	:param shelved: units that fill the shelves; the first lot brings them, in the first week.
	"""
	counts = [1] * len(daily)
	for medicine in rng.choices(range(len(daily)), weights=demand_shares(len(daily)), k=lots - len(daily)):
		counts[medicine] += 1
	plan = []
	for medicine, count in enumerate(counts):
		days = sorted(_import_day(number, count, rng) for number in range(count))
		sold = demand_until(medicine, start, DAYS)
		for day, following in zip(days, [*days[1:], DAYS], strict=True):
			units = (sold[following] - sold[day]) * daily[medicine]
			if day == days[0]:
				units += shelved[medicine] + RESERVE_DAYS * daily[medicine]
			plan.append(_arrival(medicine, day, units * rng.uniform(0.9, 1.1), importers, rng))
	return plan


def in_order(plan: list[Arrival], rng: Random) -> list[Arrival]:
	"""The lots by day, with lot numbers as makers print them: distinct within a medicine, not across them."""
	return _with_distinct_numbers(sorted(plan, key=lambda arrival: arrival.day), rng)


def lot_records(plan: list[Arrival], final: dict[int, str], makers: list[Facility], start: date) -> list[Lot]:
	"""The planned lots as records; `final` has the status of those that do not end as Active."""
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


def _import_day(number: int, count: int, rng: Random) -> int:
	if number == 0:
		return rng.randrange(0, 4)
	return min(LAST_IMPORT_DAY, int((number + rng.uniform(-0.3, 0.3)) * LAST_IMPORT_DAY / count) + 5)


def _arrival(medicine: int, day: int, units: float, importers: int, rng: Random) -> Arrival:
	made = day - rng.randrange(60, 240)
	shelf_life = rng.choice((730, 730, 912, 1095))
	expiry = max(made + shelf_life, day + 400)
	if rng.random() < SHORT_DATED:
		expiry = day + rng.randrange(SHORTEST_SHELF_LIFE, 300)
	quantity = max(10, round(units, -2 if units > 2_000 else -1))
	return Arrival(medicine, day, expiry, made, int(quantity), rng.randrange(importers), "")


def _with_distinct_numbers(plan: list[Arrival], rng: Random) -> list[Arrival]:
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
