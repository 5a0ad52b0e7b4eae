"""The simulated nation at work, day by day, until exactly the wanted number of rows is written."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate, chain
from random import Random

from .agenda import Agenda, Event, Holds
from .closures import Closure, Suspension
from .facilities import NATIONAL, PROVINCIAL, SUPPLIERS
from .imports import DAYS, Arrival
from .journal import Journal
from .mishaps import SEQUELS, Mishaps
from .network import ROWS_PER_ORDER, Demand
from .records import Diversion
from .seasons import CHOICES, SUNDAY, WEEK, is_open_on_sunday, season, share_of_day
from .stores import Shelf, Store
from .trade import Trade

FIRST_ORDERS = 0, 3  # days, of wholesalers and hospitals
FIRST_ORDERS_OF_OTHERS = 2, 6
TRIES_FOR_A_SALE = 50
FILLING = 45  # days, of which nothing is learnt: shelves are being filled
MEMORY = 60  # days, over which the rows that a sale brings are averaged
LUCK_OF_TODAY = 0.1  # weight of a day in the mean share of customers who find what they want
LEAST_LUCK = 0.5


class Engine:
	"""Runs the stores through the planned days; `run()` yields the rows."""

	def __init__(
		self, stores: list[Store], plan: list[Arrival], journal: Journal, until: datetime, rng: Random
	):
		self.stores, self.plan, self.journal, self.rng = stores, plan, journal, rng
		self.medicines = 1 + max(arrival.medicine for arrival in plan)
		self.start = until.date() - timedelta(DAYS - 1)
		self.agenda, self.holds = Agenda(until, journal, rng), Holds(len(plan))
		self.trade = Trade(journal, self.agenda, self.holds, rng)
		self.mishaps = Mishaps(self.trade, self.agenda, rng)
		self.trade.sequels, self.trade.sequel = SEQUELS, self.mishaps.after_sale
		self.shelves = [s for store in stores for s in store.shelves.values() if s.share]
		self.weights: list[float] = []
		self.month = 0

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
		self._open_stores()

	def run(self, demand: Demand) -> Iterator[tuple]:
		"""All rows, oldest first: as many as the journal had room for."""
		return chain.from_iterable(self._days(demand))

	def _days(self, demand: Demand) -> Iterator[list[tuple]]:
		quotas = Quotas(self._weights(), demand, self.journal, self.trade)
		for day in range(DAYS):
			self.agenda.day = day
			for lot, status in self.holds.switch(day):
				self.mishaps.bury(lot, self.plan[lot].medicine, status, self.stores)
			customers = quotas.customers(day)
			self._work(customers)
			quotas.learn(day, customers)
			yield self.journal.take()
		self._fill()
		yield self.journal.take()

	def _prepare_diversion(self, lot: int, diversion: Diversion) -> None:
		by_key = {store.key: store for store in self.stores}
		ends = (by_key[key] for key in (diversion.sender, diversion.receiver, diversion.outlet))
		self.mishaps.divert(lot, self.plan[lot], *ends)

	def _open_stores(self) -> None:
		"""Everybody fills the shelves in the first days, whoever supplies others before them."""
		for store in self.stores:
			if store.suppliers:
				self.trade.first_orders += len(store.shelves)
				days = FIRST_ORDERS_OF_OTHERS if store.kind in SUPPLIERS else FIRST_ORDERS
				day = self.agenda.working_day(self.rng.randrange(*days))
				self.agenda.plan(day, self.trade.open, store)

	def _weights(self) -> list[float]:
		"""What is sold on each day, against a mean one; of the last day up to its end."""
		shares: Counter = Counter()
		for shelf in self.shelves:
			shares[shelf.medicine] += shelf.share
		by_month = [sum(s * season(m, month) for m, s in shares.items()) for month in range(1, 13)]
		days = [self.start + timedelta(day) for day in range(DAYS)]
		weights = [by_month[day.month - 1] * WEEK[day.weekday()] for day in days]
		weights[-1] *= share_of_day(self.agenda.last_second)
		return weights

	def _work(self, customers: int) -> None:
		"""One day's events in order of time."""
		today = self.start + timedelta(self.agenda.day)
		self.midnight = self.journal.now = datetime.combine(today, time())
		events = self.agenda.today() + self._visits(customers, today)
		if self.agenda.is_working_day():
			events += [self.agenda.event(self._order, buyer) for buyer in self.trade.waiting]
		if self.agenda.day == DAYS - 1:
			events = [event for event in events if event[0] <= self.agenda.last_second]
		events.sort()
		journal, midnight = self.journal, self.midnight
		for second, _serial, action, arguments in events:
			journal.now = midnight + timedelta(0, second)
			action(*arguments)

	def _order(self, buyer: Store) -> None:
		if self.journal.room > 1:
			self.trade.order(buyer)

	def _visits(self, customers: int, today: date) -> list[Event]:
		"""Customers, each at a shelf, where and when it is open."""
		weekday, draw, sell = today.weekday(), self.rng.getrandbits, self.trade.sell
		first, visits = self.agenda.serial + 1, []
		for serial, shelf in enumerate(self._shelves_asked(customers, today), first):
			hours = shelf.store.hours[weekday]
			visits.append((hours[draw(CHOICES)] + draw(CHOICES), serial, sell, (shelf,)))
		self.agenda.serial += len(visits)
		return visits

	def _shelves_asked(self, customers: int, today: date) -> list[Shelf]:
		if today.month != self.month:
			self.month = today.month
			by_medicine = [season(medicine, today.month) for medicine in range(self.medicines)]
			self.weights = list(accumulate(s.share * by_medicine[s.medicine] for s in self.shelves))
		if today.weekday() != SUNDAY:
			return self.rng.choices(self.shelves, cum_weights=self.weights, k=customers)
		return self._shelves_on_duty(customers)

	def _shelves_on_duty(self, customers: int) -> list[Shelf]:
		"""On a Sunday."""
		week = self.agenda.day // 7
		shelves = [s for s in self.shelves if is_open_on_sunday(s.store.kind, s.store.number, week)]
		weights = [shelf.share for shelf in shelves]
		return self.rng.choices(shelves, weights, k=customers) if shelves else []

	def _fill(self) -> None:
		"""The rows still missing: sales of the last hours where there is stock, else counts of the last lot."""
		never_closed = [shelf for shelf in self.shelves if shelf.store.kind in (NATIONAL, PROVINCIAL)]
		end = self.midnight + timedelta(0, self.agenda.last_second)
		while self.journal.room > 0:
			pause = (end - self.journal.now) / (self.journal.room + 1)
			self.journal.now += timedelta(0, pause // timedelta(0, 1))
			room = self.journal.room
			for shelf in self.rng.choices(never_closed, k=TRIES_FOR_A_SALE):
				if self.journal.room == room:
					self.trade.sell(shelf)
			if self.journal.room == room:
				self._count_last_lot()

	def _count_last_lot(self) -> None:
		lot = len(self.plan) - 1
		medicine = self.plan[lot].medicine
		shelves = (store.shelves[medicine] for store in self.stores if medicine in store.shelves)
		position = next(shelf.lots[lot] for shelf in shelves if lot in shelf.lots)
		self.journal.room -= 1
		self.mishaps.correct(position, 1)


class Quotas:
	"""Divides the journal's room over the days: for each sale some rows go to the orders that it causes."""

	def __init__(self, weights: list[float], demand: Demand, journal: Journal, trade: Trade):
		self.weights, self.left = weights, sum(weights)
		self.journal, self.trade = journal, trade
		self.sales, self.others = demand.sales, demand.rows - demand.sales  # a day
		self.luck, self.seen = 1.0, (0, 0)

	def customers(self, day: int) -> int:
		"""How many to let in today."""
		weight = self.weights[day]
		first_orders = self.trade.first_orders * ROWS_PER_ORDER
		sales = max(0, self.journal.room - first_orders) / (1 + self.others / self.sales)
		self.seen = (self.journal.room, self.trade.sold)
		share = weight / self.left if self.left > weight else 1.0
		self.left -= weight
		return round(sales * share / max(self.luck, LEAST_LUCK))

	def learn(self, day: int, customers: int) -> None:
		"""What became of them, and what else was written today."""
		room, sold = self.seen
		sold = self.trade.sold - sold
		if day > FILLING:
			self.sales += (sold - self.sales) / MEMORY
			self.others += (room - self.journal.room - sold - self.others) / MEMORY
		if customers:
			self.luck += LUCK_OF_TODAY * (sold / customers - self.luck)
