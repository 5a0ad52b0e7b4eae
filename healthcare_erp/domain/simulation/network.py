"""The stores of a simulation, wired to their suppliers."""

from random import Random

from .facilities import PROFILES, RETAILER, importers, supply_network
from .records import Facility
from .stores import Store

OVERPRICED = 0.03  # of the retailers sell above the authorised price


def open_stores(facilities: list[Facility], medicines: int, rng: Random) -> list[Store]:
	"""A store per facility, in the same order, with its range of medicines and its suppliers."""
	stores = {f.name: Store(f, _range(f, medicines, rng), _margin(f, rng)) for f in facilities}
	for name, suppliers in supply_network(facilities, rng).items():
		stores[name].suppliers = [stores[supplier] for supplier in suppliers]
	return list(stores.values())


def importing(stores: list[Store], facilities: list[Facility]) -> list[Store]:
	return stores[: len(importers(facilities))]


def _range(facility: Facility, medicines: int, rng: Random) -> list[int]:
	"""The medicines that a facility carries; the most used ones are everywhere."""
	wanted = min(PROFILES[facility.kind].range, medicines)
	always = wanted * 2 // 3
	return [*range(always), *sorted(rng.sample(range(always, medicines), wanted - always))]


def _margin(facility: Facility, rng: Random) -> float:
	margin = PROFILES[facility.kind].margin * rng.uniform(0.97, 1.02)
	return margin * 1.2 if facility.kind == RETAILER and rng.random() < OVERPRICED else margin
