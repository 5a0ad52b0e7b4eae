"""What the benchmarks move: approved wholesalers and lots with plenty of stock, on a site of their own."""

import random
import uuid
from dataclasses import dataclass

import frappe

from healthcare_erp.domain.traceability.ledger import MAX_BATCH, Movement
from healthcare_erp.setup import company
from healthcare_erp.tests import factories
from healthcare_erp.traceability import ledger

PLENTY = 1_000_000


@dataclass
class World:
	"""Warehouses and lots; every pair is a position with `PLENTY` units."""

	facilities: list
	lots: list

	def sale(self, number: int) -> Movement:
		facility = self.facilities[number % len(self.facilities)]
		lot = self.lots[number // len(self.facilities) % len(self.lots)]
		return movement("Sale", "Out", 1, facility.warehouse, lot.name)


def movement(kind: str, direction: str, quantity: int, warehouse: str, lot: str, **values) -> Movement:
	return Movement(kind, direction, quantity, warehouse, lot, uuid.uuid4().hex, **values)


def make_world(facilities: int, lots: int, stocked: bool = True) -> World:
	"""New facilities and lots, committed; with `PLENTY` units of every lot at every facility where `stocked`."""
	company.ensure()
	province = factories.province().name
	medicine = factories.medicine().name
	world = World(
		[factories.wholesaler(administrative_level=province) for _number in range(facilities)],
		[factories.lot(medicine) for _number in range(lots)],
	)
	pairs = [(facility, lot) for facility in world.facilities for lot in world.lots] if stocked else []
	record_in_bulk(movement("B2B In", "In", PLENTY, facility.warehouse, lot.name) for facility, lot in pairs)
	frappe.db.commit()
	return world


def record_in_bulk(movements) -> None:
	"""Record any number of movements, `MAX_BATCH` a call, each call committed."""
	batch = []
	for one in movements:
		batch.append(one)
		if len(batch) == MAX_BATCH:
			_commit(batch)
			batch = []
	if batch:
		_commit(batch)


def grow(world: World, rows: int) -> None:
	"""Record random sales until the ledger has so many rows."""
	rng = random.Random(1)
	missing = rows - frappe.db.count("Stock Movement")
	pairs = [(f.warehouse, lot.name) for f in world.facilities for lot in world.lots]
	record_in_bulk(movement("Sale", "Out", 1, *rng.choice(pairs)) for _number in range(missing))


def _commit(batch: list[Movement]) -> None:
	ledger.record_now(batch)
	frappe.db.commit()
