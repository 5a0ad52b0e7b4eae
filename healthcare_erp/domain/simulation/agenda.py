"""What happens when: events by day, and the days on which lots may not be shipped or sold."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from random import Random

from .closures import Closure, Suspension
from .imports import DAYS
from .journal import Journal
from .seasons import CHOICES, OFFICE_HOURS, SATURDAY

# Days; so that whatever is on the road arrives before.
NO_SHIPPING_BEFORE_CLOSURE = 12
NO_SHIPPING_BEFORE_EXPIRY = 30

Event = tuple[int, int, Callable, tuple]


class Agenda:
	"""Events (second of the day, serial number, action, arguments) by day; `day` is today's number.

	Nothing is on it that would happen later than the moment `until`, which lies on the last day.
	"""

	def __init__(self, until: datetime, journal: Journal, rng: Random):
		self.first_weekday = (until.weekday() - DAYS + 1) % 7
		self.last_second = until.hour * 3_600 + until.minute * 60 + until.second
		self.journal, self.rng = journal, rng
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

	def is_past(self, day: int, second: int) -> bool:
		"""Whether that lies after the end of the history."""
		return day >= DAYS - 1 and (day >= DAYS or second > self.last_second)

	def event(self, action: Callable, *arguments) -> Event:
		"""An event in office hours."""
		self.serial += 1
		draw = self.rng.getrandbits
		return (OFFICE_HOURS[draw(CHOICES)] + draw(CHOICES), self.serial, action, arguments)

	def plan(self, day: int, action: Callable, *arguments) -> None:
		"""An event in office hours that takes its own room in the journal."""
		event = self.event(action, *arguments)
		if not self.is_past(day, event[0]):
			self.events[day].append(event)

	def promise(self, day: int, action: Callable, *arguments) -> None:
		"""An event in office hours that writes one row, for which room is kept; none beyond the end."""
		event = self.event(action, *arguments)
		if self.journal.room > 0 and not self.is_past(day, event[0]):
			self.journal.room -= 1
			self.events[day].append(event)

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
