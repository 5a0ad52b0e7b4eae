"""A believable national history of medicine movements, the same for the same seed.

Import, wholesale, retail and public supply, sales, returns, miscounts, a recall with its removals, expiries
with destruction, a blocked lot, a suspended medicine and a planted diversion. Every row honours the
ledger's rules: positions are numbered without gaps and never negative, and nothing moves that may not.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from ..errors import DomainError
from . import imports
from .engine import Engine
from .facilities import MINIMUM_FACILITIES, importers, make_facilities
from .journal import Journal
from .mishaps import choose_diversion
from .network import importing, open_stores
from .records import (
	MOVEMENT_COLUMNS,
	Diversion,
	Facility,
	History,
	Lot,
	Medicine,
	StatusEvent,
)

__all__ = [
	"MINIMUM_FACILITIES",
	"MOVEMENT_COLUMNS",
	"Diversion",
	"Facility",
	"History",
	"Lot",
	"Medicine",
	"StatusEvent",
	"simulate",
]


def simulate(facilities: int, movements: int, seed: int, end: date) -> History:
	"""Two years of history up to and including the day `end`, with exactly `movements` rows.

	:param facilities: how many, at least `MINIMUM_FACILITIES`.
	:param movements: how many rows, at least 1; under some 400 there is no recall and no diversion.
	:raises DomainError: `too_few_facilities` or `too_few_movements`.
	"""
	if facilities < MINIMUM_FACILITIES:
		raise DomainError("too_few_facilities", facilities=facilities, minimum=MINIMUM_FACILITIES)
	if movements < 1:
		raise DomainError("too_few_movements", movements=movements, minimum=1)
	return _Scenario(facilities, movements, seed, end).history()


class _Scenario:
	"""Everything about a history that is decided before its first day."""

	def __init__(self, facilities: int, movements: int, seed: int, end: date):
		rng = Random(seed)
		self.movements, self.seed, self.end = movements, seed, end
		self.start = end - timedelta(imports.DAYS - 1)
		self.facilities = make_facilities(facilities, rng)
		makers = importers(self.facilities)
		plan = imports.plan_arrivals(movements, self.facilities, len(makers), rng)
		self.recalled = imports.recalled_lot(plan)
		self.plan = imports.spread_widely(plan, self.recalled)
		self.closures = imports.plan_closures(self.plan, self.recalled)
		self.suspension = imports.plan_suspension(self.plan)
		self.lots = imports.lot_records(self.plan, self.closures, makers, self.start)
		self.diversion = self._diversion()

	def history(self) -> History:
		return History(
			facilities=self.facilities,
			medicines=imports.medicine_records(self._medicines()),
			lots=self.lots,
			lot_events=imports.lot_events(self.closures, self.lots, self.start),
			medicine_events=imports.medicine_events(self.suspension, self.start),
			recalled_lot=None if self.recalled is None else self.lots[self.recalled].name,
			diversion=self.diversion,
			parameters=self._parameters(),
			movements=self._rows,
		)

	def _rows(self) -> Iterator[tuple]:
		rng = Random(f"{self.seed} movements")
		stores = open_stores(self.facilities, self._medicines(), rng)
		journal = Journal(self.lots, self.movements, self.seed)
		engine = Engine(stores, self.plan, journal, self.start, rng)
		crime = (self.recalled, self.diversion) if self.diversion else None
		engine.prepare(importing(stores, self.facilities), self.closures, self.suspension, crime)
		return engine.run()

	def _medicines(self) -> int:
		return 1 + max(arrival.medicine for arrival in self.plan)

	def _diversion(self) -> Diversion | None:
		if self.recalled is None:
			return None
		lot = self.lots[self.recalled]
		sender = next(f for f in self.facilities if f.name == lot.importer)
		return choose_diversion(lot.name, sender, self.facilities)

	def _parameters(self) -> dict:
		return {
			"facilities": len(self.facilities),
			"movements": self.movements,
			"seed": self.seed,
			"start": self.start.isoformat(),
			"end": self.end.isoformat(),
		}
