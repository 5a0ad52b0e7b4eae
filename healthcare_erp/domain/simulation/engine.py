"""The simulated nation at work, day by day, until exactly the wanted number of rows is written."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from .agenda import LAST_SHIPPING_DAY, OFFICE_HOURS, SHOP_HOURS, SUNDAY, Agenda, Event, Holds
from .facilities import WHOLESALER
from .imports import DAYS, Arrival, Closure, Suspension
from .journal import Journal
from .mishaps import Mishaps
from .records import Diversion
from .stores import Store
from .trade import Trade

SUNDAY_TRADE = 0.45  # of another day's
ORDERS_SHARE = 0.6  # of a day's rows, at most
TRIES_FOR_A_SALE = 50


class Engine:
	"""Runs the stores through the planned days; `run()` yields the rows."""

	def __init__(self, stores: list[Store], plan: list[Arrival], journal: Journal, start: date, rng: Random):
		self.stores, self.plan, self.journal, self.start, self.rng = stores, plan, journal, start, rng
		self.agenda, self.holds = Agenda(start, journal, rng), Holds(len(plan))
		self.trade = Trade(journal, self.agenda, self.holds, rng)
		self.mishaps = Mishaps(self.trade, self.agenda, rng)
		self.sellers = [store for store in stores if store.kind != WHOLESALER]
		self.weights = list(accumulate(s.profile.activity * rng.uniform(0.5, 1.8) for s in self.sellers))
		self.bought, self.allowed = 0, 0.0  # rows that the last day's orders took; that today's may take

	def prepare(
		self,
		makers: list[Store],
		closures: list[Closure],
		suspension: Suspension | None,
		diversion: tuple[int, Diversion] | None,
	) -> None:
		"""Put everything that is planned on the agenda."""
		for lot, arrival in enumerate(self.plan):
			day = self.agenda.working_day(arrival.day)
			self.agenda.promise(day, self.trade.bring_in, makers[arrival.importer], lot, arrival)
		for closure in closures:
			self.holds.close(closure)
		if suspension:
			affected = [lot for lot, a in enumerate(self.plan) if a.medicine == suspension.medicine]
			self.holds.suspend(suspension, affected)
		if diversion:
			self._prepare_diversion(*diversion)
		for store in self.stores:
			for medicine in store.carried:
				self.trade.want(store, medicine)

	def run(self) -> Iterator[tuple]:
		"""All rows, oldest first: as many as the journal had room for."""
		weights = [SUNDAY_TRADE if self.agenda.weekday(day) == SUNDAY else 1.0 for day in range(DAYS)]
		left = sum(weights)
		for day, weight in enumerate(weights):
			self.agenda.day = day
			for lot, status in self.holds.switch(day):
				self.mishaps.bury(lot, status, self.stores)
			last = day == DAYS - 1
			self._work(self.journal.room if last else round(self.journal.room * weight / left))
			left -= weight
			yield from self.journal.take()
		self._fill()
		yield from self.journal.take()

	def _prepare_diversion(self, lot: int, diversion: Diversion) -> None:
		by_key = {store.key: store for store in self.stores}
		ends = (by_key[key] for key in (diversion.sender, diversion.receiver, diversion.outlet))
		self.mishaps.divert(lot, self.plan[lot], *ends)

	def _work(self, quota: int) -> None:
		"""One day's events in order of time; `quota` rows are aimed at."""
		events = self.agenda.today()
		if self.agenda.is_working_day() and self.agenda.day < LAST_SHIPPING_DAY:
			expected = min(self.bought, int(quota * ORDERS_SHARE))
			events += self._orders(quota * ORDERS_SHARE)
			quota -= expected
		events += self._sales(quota)
		events.sort()
		midnight = datetime.combine(self.start + timedelta(self.agenda.day), time())
		for second, _serial, action, arguments in events:
			self.journal.now = midnight + timedelta(0, second)
			action(*arguments)

	def _orders(self, allowance: float) -> list[Event]:
		"""The stores that wait longest order today; rows over the allowance are owed by the next days."""
		self.allowed = min(self.allowed, 0) + allowance
		self.bought = 0
		buyers = list(self.trade.waiting)[: int(self.allowed / 2)]
		return [self.agenda.event(OFFICE_HOURS, self._order, buyer) for buyer in buyers]

	def _order(self, buyer: Store) -> None:
		if self.allowed <= 0:
			return
		before = self.journal.room
		self.trade.order(buyer)
		self.bought += before - self.journal.room
		self.allowed -= before - self.journal.room

	def _sales(self, count: int) -> list[Event]:
		sellers = self.rng.choices(self.sellers, cum_weights=self.weights, k=count) if count > 0 else ()
		return [self.agenda.event(SHOP_HOURS, self._sell, seller) for seller in sellers]

	def _sell(self, store: Store) -> bool:
		sold = self.trade.sell(store)
		if sold:
			self.mishaps.after_sale(store, *sold)
		return bool(sold)

	def _fill(self) -> None:
		"""The rows still missing: sales where there is stock, else counts of the last lot at its importer."""
		while self.journal.room > 0:
			tries = self.rng.choices(self.sellers, cum_weights=self.weights, k=TRIES_FOR_A_SALE)
			if not any(self._sell(store) for store in tries):
				self._count_last_lot()

	def _count_last_lot(self) -> None:
		lot = len(self.plan) - 1
		holder = next(store for store in self.stores if lot in store.positions)
		self.journal.room -= 1
		self.mishaps.correct(holder, holder.positions[lot], 1)
