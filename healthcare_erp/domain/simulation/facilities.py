"""Who holds medicines: how many facilities of each kind, where they lie, and who supplies whom."""

from collections import Counter, defaultdict
from random import Random
from typing import NamedTuple

from .places import CAPITAL_COMMUNES, COMMUNES
from .records import Facility

WHOLESALER, RETAILER = "Wholesaler", "Retailer"
NATIONAL, PROVINCIAL = "National Hospital", "Provincial Hospital"
HEALTH_CENTER, DISPENSARY = "Health Center", "Dispensary"
MINIMUM_FACILITIES = 4
MOST_IMPORTERS = 6


class Policy(NamedTuple):
	"""When a shelf orders, in days of its sales: the reserve at which it does, and how much it orders.

	The least of both, in sales, is for medicines that hardly anybody asks for.
	"""

	order_days: int
	least_order: float
	reserve_days: int
	least_reserve: float


class Profile(NamedTuple):
	"""How facilities of one kind behave.

	`share` of all facilities; `range`: most medicines carried; `margin` on the authorised price; `activity`:
	sales relative to a health centre.
	"""

	facility_type: str
	share: float
	range: int
	policy: Policy
	margin: float
	activity: float
	label: str


COUNTER, DEPOT = Policy(40, 2, 18, 0.8), Policy(35, 2, 20, 0.8)
PROFILES: dict[str, Profile] = {
	WHOLESALER: Profile("Pharmacy", 0.012, 60, DEPOT, 0.72, 0, "Grossiste"),
	NATIONAL: Profile("Public Facility", 0.002, 60, DEPOT, 0.90, 12, "Hôpital national"),
	PROVINCIAL: Profile("Public Facility", 0.012, 60, DEPOT, 0.80, 5, "Hôpital"),
	RETAILER: Profile("Pharmacy", 0.40, 26, COUNTER, 0.98, 1.6, "Pharmacie"),
	HEALTH_CENTER: Profile("Public Facility", 0.30, 18, COUNTER, 0.85, 1, "Centre de santé"),
	DISPENSARY: Profile("Public Facility", 0, 12, COUNTER, 0.85, 0.5, "Dispensaire"),
}
SUPPLIERS: dict[str, str] = {RETAILER: WHOLESALER, HEALTH_CENTER: PROVINCIAL, DISPENSARY: PROVINCIAL}
FROM_HOSPITALS = frozenset({HEALTH_CENTER, DISPENSARY})


def make_facilities(count: int, rng: Random) -> list[Facility]:
	"""`count` facilities, wholesalers first, then by kind in the order of `PROFILES`."""
	named: Counter = Counter()
	kinds = [kind for kind, quantity in _quantities(count).items() for _ in range(quantity)]
	return [_facility(kind, number, named, rng) for number, kind in enumerate(kinds, 1)]


def importers(facilities: list[Facility]) -> list[Facility]:
	"""The wholesalers that import: the first half of them, at least one and at most `MOST_IMPORTERS`."""
	wholesalers = [f for f in facilities if f.kind == WHOLESALER]
	return wholesalers[: min(MOST_IMPORTERS, (len(wholesalers) + 1) // 2)]


def supply_network(facilities: list[Facility], rng: Random) -> dict[str, list[str]]:
	"""Whom each facility (by name) buys from, in the order that it asks them; importers buy from nobody.

	Retailers ask two wholesalers and then importers, health centres and dispensaries two provincial
	hospitals (of their province where there are any), all others the importers.
	"""
	makers = importers(facilities)
	by_kind_and_province, by_kind = defaultdict(list), defaultdict(list)
	for facility in facilities:
		by_kind_and_province[facility.kind, facility.province].append(facility)
		by_kind[facility.kind].append(facility)
	network = {}
	for facility in facilities:
		kind = SUPPLIERS.get(facility.kind)
		near = by_kind_and_province[kind, facility.province] or by_kind[kind]
		chosen = rng.sample(near, min(2, len(near)))
		if facility.kind not in FROM_HOSPITALS:
			chosen += [m for m in rng.sample(makers, len(makers)) if m not in chosen]
		network[facility.name] = [] if facility in makers else [f.name for f in chosen]
	return network


def _quantities(count: int) -> dict[str, int]:
	quantities = {kind: round(profile.share * count) for kind, profile in PROFILES.items()}
	quantities[WHOLESALER] = max(quantities[WHOLESALER], 3 if count >= 20 else 1)
	quantities[NATIONAL] = max(quantities[NATIONAL], 1 if count >= 20 else 0)
	for kind, least in ((PROVINCIAL, 5 if count >= 30 else 1), (RETAILER, 1), (HEALTH_CENTER, 1)):
		quantities[kind] = max(quantities[kind], least)
	quantities[DISPENSARY] = max(0, count - sum(quantities.values()))
	return quantities


def _facility(kind: str, number: int, named: Counter, rng: Random) -> Facility:
	in_capital = kind in (WHOLESALER, NATIONAL) or (kind == RETAILER and rng.random() < 0.3)
	places = [c for c in COMMUNES if c.name in CAPITAL_COMMUNES] if in_capital else COMMUNES
	place = places[number % len(places)] if kind == PROVINCIAL else rng.choice(places)
	profile = PROFILES[kind]
	named[kind, place.name] += 1
	key = f"{'PH' if profile.facility_type == 'Pharmacy' else 'PF'}-{number:05d}"
	return Facility(
		name=key,
		facility_name=f"{profile.label} {place.name} {named[kind, place.name]}",
		facility_type=profile.facility_type,
		kind=kind,
		province=place.province,
		commune=place.name,
		latitude=round(place.latitude + rng.uniform(-0.03, 0.03), 5),
		longitude=round(place.longitude + rng.uniform(-0.03, 0.03), 5),
		warehouse=f"WH-{key}",
	)
