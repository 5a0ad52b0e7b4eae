"""Time of `trace_batch` for a lot with 1,300 orders and 10,000 movements."""

import random
from statistics import median
from time import perf_counter

import frappe

from benchmarks.fixtures import make_world, movement, record_in_bulk
from healthcare_erp.api.traceability import trace_batch

ORDERS, MOVEMENTS, BUYERS, REPEATS = 1_300, 10_000, 150, 15


def measure(lot: str) -> dict[str, float]:
	"""Milliseconds (median and slowest of `REPEATS`) with the numbers of what was traced."""
	times = []
	for _repeat in range(REPEATS):
		start = perf_counter()
		result = trace_batch(lot)
		times.append(1_000 * (perf_counter() - start))
	return {
		"median_ms": median(times),
		"slowest_ms": max(times),
		"nodes": len(result["nodes"]),
		"edges": len(result["edges"]),
		"movements": frappe.db.count("Stock Movement", {"national_lot": lot}),
		"ledger": frappe.db.count("Stock Movement"),
	}


def make_history() -> str:
	"""One importer supplies 150 buyers in 1,300 orders, and they sell to patients: 10,000 movements of a lot."""
	rng = random.Random(2)
	world = make_world(BUYERS + 1, 1)
	(lot,), (importer, *buyers) = world.lots, world.facilities
	rows = []
	for number in range(ORDERS):
		buyer = rng.choice(buyers)
		document = {"reference_doctype": "B2B Order", "reference_name": f"ORDER-{number:05d}"}
		ends = ((importer, "B2B Out", "Out", buyer), (buyer, "B2B In", "In", importer))
		for facility, kind, direction, other in ends:
			party = {"counterparty_type": "Pharmacy", "counterparty": other.name}
			rows.append(movement(kind, direction, 20, facility.warehouse, lot.name, **document, **party))
	sales = MOVEMENTS - len(rows) - len(world.facilities)
	rows += [movement("Sale", "Out", 1, rng.choice(buyers).warehouse, lot.name) for _number in range(sales)]
	record_in_bulk(rows)
	return lot.name
