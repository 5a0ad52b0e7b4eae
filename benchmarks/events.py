"""What the outbox costs the ledger: `record` with the trigger that notes each movement, and without it."""

from statistics import median

import frappe

from benchmarks.fixtures import World
from benchmarks.rates import BULK, SINGLES, per_second, record, record_bulk
from healthcare_erp.core.guarantees import triggers

ROUNDS = 25
_TRIGGER = "stock_movement_event"


def measure(world: World) -> dict[str, float]:
	"""`{one, bulk}`: the time of a call with the outbox / without, medians of interleaved rounds."""
	rates = {"one": {True: [], False: []}, "bulk": {True: [], False: []}}
	try:
		for _round in range(ROUNDS):
			for noted in (True, False):
				_note(noted)
				rates["one"][noted].append(per_second(SINGLES, lambda count: record(world, count)))
				rates["bulk"][noted].append(per_second(BULK, lambda count: record_bulk(world, count)))
	finally:
		triggers.ensure()
	return {size: median(values[False]) / median(values[True]) for size, values in rates.items()}


def _note(noted: bool) -> None:
	if noted:
		triggers.ensure()
	else:
		frappe.db.sql_ddl(f"DROP TRIGGER IF EXISTS `{_TRIGGER}`")
