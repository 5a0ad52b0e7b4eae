"""A simulated history as a bundle."""

from datetime import date
from pathlib import Path

from healthcare_erp.domain.simulation import History, simulate

from .manifest import Manifest
from .write import Progress, write_bundle

LAST_DAY = date(2026, 6, 30)  # of a history whose end nobody asked for: fixed, so that seeds repeat


def write_simulation(
	out: Path,
	*,
	facilities: int,
	movements: int,
	seed: int,
	end: date = LAST_DAY,
	file_format: str = "parquet",
	progress: Progress | None = None,
) -> tuple[History, Manifest]:
	"""Simulate a history and write it to `out`.

	:raises DomainError: from `simulate`; BundleError: from `write_bundle`.
	"""
	history = simulate(facilities, movements, seed, end)
	story = {
		"recalled_lot": history.recalled_lot,
		"diversion": history.diversion._asdict() if history.diversion else None,
	}
	manifest = write_bundle(
		out,
		tables_of(history),
		created_by="healthcare-erp simulate",
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
