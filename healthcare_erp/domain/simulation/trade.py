"""The regular trade: imports, orders with their deliveries, and sales."""

from random import Random

from .agenda import Agenda, Holds
from .facilities import RETAILER, WHOLESALER
from .imports import Arrival
from .journal import Journal
from .stores import PRICES, USUAL_SALE, Position, Store

LINES_PER_ORDER = 8
IMPORT_PRICE = 0.6  # of the authorised price
SALE_SIZES = (1, 1, 1, 1, 2, 3)  # usual quantities for one patient
ATTEMPTS = 4  # medicines that a customer asks for before leaving without any

Reference = tuple[str, str]


class Trade:
	"""Moves units between stores and to patients, by FEFO, within what holds allow."""

	def __init__(self, journal: Journal, agenda: Agenda, holds: Holds, rng: Random):
		self.journal, self.agenda, self.holds, self.rng = journal, agenda, holds, rng
		self.waiting: dict[Store, None] = {}
		self.orders = 0

	def want(self, store: Store, medicine: int) -> None:
		"""Note that a store runs out, unless it has ordered already or imports by itself."""
		if store.suppliers and medicine not in store.ordered:
			if not store.wanted:
				self.waiting[store] = None
			store.wanted[medicine] = None

	def bring_in(self, store: Store, lot: int, arrival: Arrival) -> None:
		"""A planned lot comes into the country."""
		position = store.position(lot, arrival.medicine, arrival.expiry_day)
		price = int(PRICES[arrival.medicine] * IMPORT_PRICE) or 1
		self.journal.receive(store, position, "Import", arrival.quantity, price)

	def order(self, buyer: Store) -> None:
		"""One order to one supplier. Lines that it cannot fill are dropped: somebody will ask for them again."""
		del self.waiting[buyer]
		supplier, reference = self._supplier(buyer), self.next_reference(buyer)
		for medicine in list(buyer.wanted)[:LINES_PER_ORDER]:
			del buyer.wanted[medicine]
			self._order_line(supplier, buyer, medicine, reference)
		if buyer.wanted:
			self.waiting[buyer] = None

	def next_reference(self, buyer: Store) -> Reference:
		"""The document of a new order: pharmacies buy, public facilities request."""
		self.orders += 1
		if buyer.kind in (WHOLESALER, RETAILER):
			return "B2B Order", f"ORD-{self.orders:07d}"
		return "Supply Request", f"REQ-{self.orders:07d}"

	def ship(
		self,
		sender: Store,
		receiver: Store,
		position: Position,
		sent: int,
		written: int,
		reference: Reference,
	) -> None:
		"""Out now; in one to three days later, where the receiver writes so many units."""
		price = sender.prices[position.medicine]
		self.journal.room -= 1
		self.journal.issue(sender, position, "B2B Out", sent, price, receiver, reference)
		day = self.agenda.working_day(self.agenda.day + self.rng.randrange(1, 4))
		self.agenda.promise(day, self.arrive, sender, receiver, position, written, price, reference)

	def arrive(
		self, sender: Store, receiver: Store, sent: Position, written: int, price: int, reference: Reference
	) -> None:
		position = receiver.position(sent.lot, sent.medicine, sent.expiry)
		position.source, position.order = sender, reference
		receiver.ordered.discard(sent.medicine)
		self.journal.receive(receiver, position, "B2B In", written, price, sender, reference)

	def sell(self, store: Store) -> tuple[Position, int] | None:
		"""One sale to one patient: what was sold, or None where there is nothing to sell."""
		position = self._something_to_sell(store)
		if position is None or self.journal.room <= 0:
			return None
		quantity = min(
			position.balance,
			USUAL_SALE[position.medicine] * SALE_SIZES[int(self.rng.random() * len(SALE_SIZES))],
		)
		self.journal.room -= 1
		self.journal.issue(store, position, "Sale", quantity, store.prices[position.medicine])
		if store.is_low(position):
			self.want(store, position.medicine)
		return position, quantity

	def _supplier(self, buyer: Store) -> Store:
		"""The first supplier that has what the buyer lacks longest, else the first of all."""
		medicine = next(iter(buyer.wanted))
		able = (s for s in buyer.suppliers if self._picks(s, medicine, 1))
		return next(able, buyer.suppliers[0])

	def _order_line(self, supplier: Store, buyer: Store, medicine: int, reference: Reference) -> None:
		"""Ship what there is of one medicine, from at most as many lots as there is room for."""
		picks = self._picks(supplier, medicine, buyer.order_quantity(medicine))[: self.journal.room // 2]
		for position, quantity in picks:
			self.ship(supplier, buyer, position, quantity, quantity, reference)
		if picks:
			buyer.ordered.add(medicine)
		if not picks or supplier.is_low(picks[-1][0]):
			self.want(supplier, medicine)

	def _picks(self, supplier: Store, medicine: int, quantity: int) -> list[tuple[Position, int]]:
		"""Lots to ship, earliest expiry first; short where the supplier has less."""
		picks = []
		for position in supplier.shelves.get(medicine, ()):
			if self.holds.shipping[position.lot]:
				continue
			picks.append((position, min(quantity, position.balance)))
			quantity -= picks[-1][1]
			if not quantity:
				break
		return picks

	def _something_to_sell(self, store: Store) -> Position | None:
		for _attempt in range(ATTEMPTS):
			medicine = store.carried[int(self.rng.random() ** 1.6 * len(store.carried))]
			for position in store.shelves[medicine]:
				if not self.holds.selling[position.lot]:
					return position
			self.want(store, medicine)
		return None
