"""The stores of a simulation, wired to their suppliers, with shelves as wide as their sales bear."""

from random import Random
from typing import NamedTuple

from .facilities import PROFILES, RETAILER, SUPPLIERS, importers, supply_network
from .imports import DAYS, demand_shares
from .records import Facility
from .seasons import OPENING_HOURS
from .stores import MEAN_SALE, Store

OVERPRICED = 0.03  # of the retailers sell above the authorised price
LEAST_SALES = 24  # rows that a medicine sells in a store, in the whole history; the store carries no others
FEWEST_CARRIED = 3
ROWS_PER_ORDER = 2.15  # out and in, for one lot or two, in one delivery or two
ROUGH_SALES = 0.55  # of all rows, before it is known what is ordered
FOUND = 0.925  # of what patients ask for; the last units of a lot are often fewer
SEQUELS = 0.02  # rows of returns, counts and removals for each sale


class Demand(NamedTuple):
	"""What the stores will need: rows a day, and how many of them are sales; the rest in units, by medicine."""

	rows: float
	sales: float
	daily: list[float]
	shelved: list[float]


def open_stores(facilities: list[Facility], medicines: int, movements: int, rng: Random) -> list[Store]:
	"""A store per facility, in the same order, with its suppliers and shelves."""
	stores = {f.name: Store(n, f, _margin(f, rng)) for n, f in enumerate(facilities)}
	for name, suppliers in supply_network(facilities, rng).items():
		stores[name].suppliers = [stores[supplier] for supplier in suppliers]
	_share_out(list(stores.values()), medicines, movements * ROUGH_SALES, rng)
	for store in stores.values():
		if store.kind in SUPPLIERS:
			for shelf in store.shelves.values():
				store.suppliers[0].shelf(shelf.medicine).pace += shelf.pace
	return list(stores.values())


def importing(stores: list[Store], facilities: list[Facility]) -> list[Store]:
	return stores[: len(importers(facilities))]


def settle(stores: list[Store], medicines: int, movements: int, lots: int, rng: Random) -> Demand:
	"""Find how many sales fit between the orders that they cause; set every shelf's levels by it."""
	shelves = [shelf for store in stores if store.suppliers for shelf in store.shelves.values()]
	rows = max(0.2 * movements, movements - lots - len(shelves) * ROWS_PER_ORDER) / DAYS
	sales = rows * ROUGH_SALES
	for _attempt in range(4):
		orders = sum(shelf.settle(sales, rng) for shelf in shelves)
		sales *= rows / (sales * (1 + SEQUELS) + orders * ROWS_PER_ORDER)
	daily, shelved = [0.0] * medicines, [0.0] * medicines
	for shelf in shelves:
		shelved[shelf.medicine] += (shelf.low + shelf.target) / 2
		daily[shelf.medicine] += shelf.share * sales * shelf.usual * MEAN_SALE * FOUND
	return Demand(rows, sales, daily, shelved)


def _share_out(stores: list[Store], medicines: int, sales: float, rng: Random) -> None:
	"""Divide the country's sales between the stores, and each store's between the medicines that it carries."""
	sellers = [store for store in stores if store.kind in OPENING_HOURS]
	weights = [PROFILES[store.kind].activity * rng.uniform(0.5, 1.8) for store in sellers]
	shares = demand_shares(medicines)
	for store, weight in zip(sellers, weights, strict=True):
		part = weight / sum(weights)
		carried = _range(store, medicines, sales * part, rng)
		total = sum(shares[medicine] for medicine in carried)
		for medicine in carried:
			shelf = store.shelf(medicine)
			shelf.share = shelf.pace = part * shares[medicine] / total


def _range(store: Store, medicines: int, sales: float, rng: Random) -> list[int]:
	"""The medicines that a store carries; the most used ones are everywhere."""
	most = min(PROFILES[store.kind].range, medicines)
	wanted = min(most, max(FEWEST_CARRIED, round(sales / LEAST_SALES)))
	always = wanted * 2 // 3
	return [*range(always), *sorted(rng.sample(range(always, medicines), wanted - always))]


def _margin(facility: Facility, rng: Random) -> float:
	margin = PROFILES[facility.kind].margin * rng.uniform(0.97, 1.02)
	return margin * 1.2 if facility.kind == RETAILER and rng.random() < OVERPRICED else margin
