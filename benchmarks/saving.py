"""What the audit trail costs: saving a Pharmacy with its entry, without, and without Frappe's own Version either."""

from contextlib import nullcontext
from statistics import median
from time import perf_counter
from unittest.mock import patch

import frappe

from healthcare_erp.core import audit
from healthcare_erp.tests import factories

ROUNDS = 100  # short rounds, in turning order: what else the machine does falls upon all of them alike
SAVES = 5


def measure() -> dict[str, float]:
	"""Milliseconds of a save with its commit, medians of rounds, and what trail and timeline make of it, as ratios."""
	pharmacy = factories.pharmacy()
	frappe.db.commit()
	ways = [("with", True, False), ("without", False, False), ("bare", False, True)]
	times: dict[str, list[float]] = {name: [] for name, *_flags in ways}
	for _round in range(ROUNDS):
		for name, has_trail, ignore_version in ways:
			with nullcontext() if has_trail else patch.object(audit, "write_save"):
				times[name].append(_save(pharmacy, ignore_version))
		ways.append(ways.pop(0))
	middle = {name: median(values) for name, values in times.items()}
	return middle | {
		"trail": middle["with"] / middle["without"],
		"timeline": middle["without"] / middle["bare"],
	}


def _save(pharmacy, ignore_version: bool) -> float:
	start = perf_counter()
	for _number in range(SAVES):
		pharmacy.address_line = factories.hash_()
		pharmacy.save(ignore_version=ignore_version)
		frappe.db.commit()
	return 1_000 * (perf_counter() - start) / SAVES
