"""A believable national history of medicine movements, the same for the same seed.

Import, wholesale, retail and public supply, sales, returns, miscounts, a recall with its removals, expiries
with destruction, a blocked lot, a suspended medicine and a planted diversion. Every row honours the
ledger's rules: positions are numbered without gaps and never negative, and nothing moves that may not.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from ..errors import DomainError
from . import closures, imports
from .engine import Engine
from .facilities import MINIMUM_FACILITIES, importers, make_facilities
from .journal import Journal, TextJournal
from .mishaps import choose_diversion
from .network import Demand, importing, open_stores, settle
from .records import (
	MOVEMENT_COLUMNS,
	Diversion,
	Facility,
	History,
	Lot,
	Medicine,
	StatusEvent,
)
from .stores import Store

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


def simulate(facilities: int, movements: int, seed: int, until: datetime) -> History:
	"""Two years of history up to the moment `until`, with exactly `movements` rows.

	:param facilities: how many, at least `MINIMUM_FACILITIES`.
	:param movements: how many rows, at least 1; under some 250 there is no recall and no diversion.
	:raises DomainError: `too_few_facilities` or `too_few_movements`.
	"""
	if facilities < MINIMUM_FACILITIES:
		raise DomainError("too_few_facilities", facilities=facilities, minimum=MINIMUM_FACILITIES)
	if movements < 1:
		raise DomainError("too_few_movements", movements=movements, minimum=1)
	return _Scenario(facilities, movements, seed, until).history()


class _Scenario:
	"""Everything about a history that is decided before its first day."""

	def __init__(self, facilities: int, movements: int, seed: int, until: datetime):
		rng = Random(seed)  # nosec B311 # a simulation that can be repeated
		self.movements, self.seed, self.until = movements, seed, until
		self.start = until.date() - timedelta(imports.DAYS - 1)
		self.facilities = make_facilities(facilities, rng)
		self.lots_wanted = imports.how_many_lots(movements)
		self.medicines = imports.how_many_medicines(self.lots_wanted)
		self.makers = importers(self.facilities)
		_stores, demand = self._stores()
		self._plan_lots(demand, rng)
		self.diversion = self._diversion()

	def history(self) -> History:
		return History(
			facilities=self.facilities,
			medicines=imports.medicine_records(self.medicines),
			lots=self.lots,
			lot_events=closures.lot_events(self.closures, self.lots, self.start),
			medicine_events=closures.medicine_events(self.suspension, self.start),
			recalled_lot=None if self.recalled is None else self.lots[self.recalled].name,
			diversion=self.diversion,
			parameters=self._parameters(),
			movements=lambda: self._rows(Journal),
			lines=lambda: self._rows(TextJournal),
		)

	def _stores(self) -> tuple[list[Store], Demand]:
		"""The stores on their first day, the same at each call."""
		rng = Random(f"{self.seed} stores")  # nosec B311 # a simulation that can be repeated
		stores = open_stores(self.facilities, self.medicines, self.movements, rng)
		return stores, settle(stores, self.medicines, self.movements, self.lots_wanted, rng)

	def _plan_lots(self, demand: Demand, rng: Random) -> None:
		self.suspension = closures.plan_suspension(self.medicines, self.lots_wanted)
		plan = imports.plan_arrivals(
			self.lots_wanted, demand.daily, demand.shelved, len(self.makers), self.start, rng
		)
		plan = imports.in_order(closures.around(self.suspension, plan), rng)
		self.recalled = closures.recalled_lot(plan)
		self.plan = closures.spread_widely(plan, self.recalled, demand.daily[0], self.start)
		self.closures = closures.plan_closures(self.plan, self.recalled)
		final = closures.final_statuses(self.closures)
		self.lots = imports.lot_records(self.plan, final, self.makers, self.start)

	def _rows(self, kind: type[Journal]) -> Iterator:
		stores, demand = self._stores()
		journal = kind(self.lots, self.movements, self.seed)
		engine = Engine(stores, self.plan, journal, self.until, Random(f"{self.seed} movements"))  # nosec B311 # a simulation that can be repeated
		crime = (self.recalled, self.diversion) if self.diversion else None
		engine.prepare(importing(stores, self.facilities), self.closures, self.suspension, crime)
		return engine.run(demand)

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
			"end": self.until.isoformat(sep=" ", timespec="seconds"),
		}
