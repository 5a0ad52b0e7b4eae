"""What happens when: events by day, and the days on which lots may not be shipped or sold."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from random import Random

from .imports import DAYS, Closure, Suspension
from .journal import Journal

HOUR = 3600
SHOP_HOURS, OFFICE_HOURS = (7 * HOUR, 20 * HOUR), (8 * HOUR, 17 * HOUR)  # seconds of the day
SATURDAY, SUNDAY = 5, 6
LAST_SHIPPING_DAY = DAYS - 9  # so that everything has arrived at the end
NO_SHIPPING_BEFORE_CLOSURE = 8  # days; so that whatever is on the road arrives before
NO_SHIPPING_BEFORE_EXPIRY = 30

Event = tuple[int, int, Callable, tuple]


class Agenda:
	"""Events (second of the day, serial number, action, arguments) by day; `day` is today's number."""

	def __init__(self, start: date, journal: Journal, rng: Random):
		self.first_weekday, self.journal, self.rng = start.weekday(), journal, rng
		self.day = self.serial = 0
		self.events: dict[int, list[Event]] = defaultdict(list)

	def weekday(self, day: int) -> int:
		"""0 for Monday."""
		return (self.first_weekday + day) % 7

	def is_working_day(self) -> bool:
		return self.weekday(self.day) < SATURDAY

	def working_day(self, day: int) -> int:
		"""The day itself, or the Monday after it."""
		weekday = self.weekday(day)
		return day + 7 - weekday if weekday >= SATURDAY else day

	def event(self, hours: tuple[int, int], action: Callable, *arguments) -> Event:
		self.serial += 1
		second = hours[0] + int(self.rng.random() * (hours[1] - hours[0]))
		return (second, self.serial, action, arguments)

	def plan(self, day: int, action: Callable, *arguments) -> None:
		"""An event in office hours that takes its own room in the journal."""
		self.events[day].append(self.event(OFFICE_HOURS, action, *arguments))

	def promise(self, day: int, action: Callable, *arguments) -> None:
		"""An event in office hours that writes one row, for which room is kept; none beyond the last day."""
		if day < DAYS and self.journal.room > 0:
			self.journal.room -= 1
			self.plan(day, action, *arguments)

	def today(self) -> list[Event]:
		return self.events.pop(self.day, [])


class Holds:
	"""Which lots are on hold today, for shipping (earlier) and for sale."""

	def __init__(self, lots: int):
		self.selling, self.shipping = [0] * lots, [0] * lots
		self.switches: dict[int, list[tuple[list[int], int, int]]] = defaultdict(list)
		self.deaths: dict[int, list[tuple[int, str]]] = defaultdict(list)

	def close(self, closure: Closure) -> None:
		"""Plan a closure of one lot; with no end, the lot is dead from its first day."""
		early = NO_SHIPPING_BEFORE_EXPIRY if closure.status == "Expired" else NO_SHIPPING_BEFORE_CLOSURE
		self._hold(closure.lot, closure.first, closure.until, early)
		if closure.until is None:
			self.deaths[closure.first].append((closure.lot, closure.status))

	def suspend(self, suspension: Suspension, lots: list[int]) -> None:
		for lot in lots:
			self._hold(lot, suspension.first, suspension.until, NO_SHIPPING_BEFORE_CLOSURE)

	def switch(self, day: int) -> list[tuple[int, str]]:
		"""Turn to this day; returns the lots that die on it, with their status."""
		for holds, lot, change in self.switches.pop(day, ()):
			holds[lot] += change
		return self.deaths.pop(day, [])

	def _hold(self, lot: int, first: int, until: int | None, early: int) -> None:
		self.switches[max(0, first - early)].append((self.shipping, lot, 1))
		self.switches[first].append((self.selling, lot, 1))
		if until is not None:
			self.switches[until] += [(self.shipping, lot, -1), (self.selling, lot, -1)]
