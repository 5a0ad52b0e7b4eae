"""A simulated history as a bundle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from healthcare_erp.domain.simulation import History, simulate

from .manifest import Manifest
from .write import Progress, write_bundle

MAKER = "healthcare-erp simulate"
# Where a history ends whose end nobody asked for: fixed, so that seeds repeat.
END = datetime(2026, 6, 30, 23, 59, 59)


def write_simulation(
	out: Path,
	*,
	facilities: int,
	movements: int,
	seed: int,
	until: datetime = END,
	file_format: str = "parquet",
	progress: Progress | None = None,
) -> tuple[History, Manifest]:
	"""Simulate a history and write it to `out`.

	:raises DomainError: from `simulate`; BundleError: from `write_bundle`.
	"""
	history = simulate(facilities, movements, seed, until)
	story = {
		"recalled_lot": history.recalled_lot,
		"diversion": history.diversion._asdict() if history.diversion else None,
	}
	with _no_collecting():
		manifest = write_bundle(
			out,
			tables_of(history) | {"movements": history.lines()},
			created_by=MAKER,
			parameters=history.parameters | story,
			file_format=file_format,
			progress=progress,
		)
	return history, manifest


def tables_of(history: History) -> dict:
	"""The rows of each table of a bundle; movements as a stream."""
	return {
		"facilities": history.facilities,
		"medicines": history.medicines,
		"lots": history.lots,
		"lot_events": history.lot_events,
		"medicine_events": history.medicine_events,
		"movements": history.movements(),
	}


@contextmanager
def _no_collecting() -> Iterator[None]:
	"""A simulation leaves no garbage in cycles; looking for some among its millions of objects takes a third longer."""
	collecting = gc.isenabled()
	gc.disable()
	try:
		yield
	finally:
		if collecting:
			gc.enable()
