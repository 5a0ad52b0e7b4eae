"""What is ordered comes days later: whole, in two parts, or short; at the end of the history some is under way."""

from random import Random

from .agenda import Agenda
from .journal import Journal
from .stores import Position, Shelf

SHORT, SPLIT = 0.015, 0.04  # of the deliveries
LEAST_SHORT, LEAST_SPLIT = 20, 2  # units
LOST = 0.01, 0.08  # of a short delivery
FIRST_PART = 0.4, 0.8  # of a split one
TRANSIT = 1, 2, 3, 4  # days

Reference = tuple[str, str]


class Deliveries:
	"""Sends units from shelf to shelf; both ends write the order's document."""

	def __init__(self, journal: Journal, agenda: Agenda, rng: Random):
		self.journal, self.agenda, self.rng = journal, agenda, rng

	def send(self, position: Position, receiver: Shelf, quantity: int, reference: Reference) -> None:
		"""Out now, in within days; there is room for two rows at least."""
		chance = self.rng.random()
		if chance < SHORT and quantity >= LEAST_SHORT:
			lost = max(1, int(quantity * self.rng.uniform(*LOST)))
			self.send_short(position, receiver, quantity, quantity - lost, reference)
		elif SHORT <= chance < SHORT + SPLIT and quantity >= LEAST_SPLIT and self.journal.room > 2:
			self._send_in_two(position, receiver, quantity, reference)
		else:
			self.send_short(position, receiver, quantity, quantity, reference)

	def send_short(
		self, position: Position, receiver: Shelf, sent: int, written: int, reference: Reference
	) -> None:
		"""Out now; in one to four days later, where the receiver writes so many units."""
		self._ship(position, receiver, sent, reference)
		self._deliver(self._after(self.agenda.day), position, receiver, written, reference, True)

	def arrive(
		self, sent: Position, receiver: Shelf, quantity: int, price: int, reference: Reference, last: bool
	) -> None:
		position = receiver.position(sent.lot, sent.expiry)
		position.source, position.order = sent.shelf, reference
		if last:
			receiver.ordered = False
		self.journal.receive(position, "B2B In", quantity, price, sent.shelf.store, reference)

	def _send_in_two(self, position: Position, receiver: Shelf, quantity: int, reference: Reference) -> None:
		part = max(1, int(quantity * self.rng.uniform(*FIRST_PART)))
		self._ship(position, receiver, quantity, reference)
		day = self._after(self.agenda.day)
		self._deliver(day, position, receiver, part, reference, False)
		self._deliver(self._after(day), position, receiver, quantity - part, reference, True)

	def _ship(self, position: Position, receiver: Shelf, quantity: int, reference: Reference) -> None:
		self.journal.room -= 1
		self.journal.issue(position, "B2B Out", quantity, position.shelf.price, receiver.store, reference)

	def _after(self, day: int) -> int:
		return self.agenda.working_day(day + TRANSIT[self.rng.getrandbits(2)])

	def _deliver(
		self, day: int, position: Position, receiver: Shelf, quantity: int, reference: Reference, last: bool
	):
		price = position.shelf.price
		self.agenda.promise(day, self.arrive, position, receiver, quantity, price, reference, last)
