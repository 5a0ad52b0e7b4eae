"""The regular trade: imports, orders, and sales."""

from random import Random

from .agenda import Agenda, Holds
from .deliveries import Deliveries, Reference
from .facilities import RETAILER, WHOLESALER
from .imports import Arrival
from .journal import Journal
from .stores import PRICES, SALE_SIZES, Position, Shelf, Store

LINES_PER_ORDER = 8
IMPORT_PRICE = 0.6  # of the authorised price
ASKED_AGAIN = 4, 7, 10, 14  # days after an order that nobody could fill
SIZES_BITS = 3
assert len(SALE_SIZES) == 2**SIZES_BITS  # nosec B101 # of constants, for whoever changes them


class Trade:
	"""Moves units between stores and to patients, by FEFO, within what holds allow.

	`first_orders` counts the shelves that have not ordered yet, `sold` the sales.
	"""

	def __init__(self, journal: Journal, agenda: Agenda, holds: Holds, rng: Random):
		self.journal, self.agenda, self.holds, self.rng = journal, agenda, holds, rng
		self.deliveries = Deliveries(journal, agenda, rng)
		self.sequels, self.sequel = 0.0, None
		self.waiting: dict[Store, None] = {}
		self.orders = self.sold = self.first_orders = 0

	def want(self, shelf: Shelf) -> None:
		"""Note that a shelf runs out, unless its store has ordered already or imports by itself."""
		store = shelf.store
		if store.suppliers and not shelf.ordered:
			shelf.ordered = True
			store.wanted[shelf] = None
			self.waiting[store] = None

	def want_again(self, shelf: Shelf) -> None:
		shelf.ordered = False
		self.want(shelf)

	def open(self, store: Store) -> None:
		"""A store's first day: all its shelves are empty."""
		for shelf in store.shelves.values():
			self.want(shelf)

	def bring_in(self, store: Store, lot: int, arrival: Arrival) -> None:
		"""A planned lot comes into the country."""
		position = store.position(lot, arrival.medicine, arrival.expiry_day)
		price = int(PRICES[arrival.medicine] * IMPORT_PRICE) or 1
		self.journal.receive(position, "Import", arrival.quantity, price)

	def order(self, buyer: Store) -> None:
		"""One order to the first supplier that has what the buyer lacks longest, with what else it has."""
		del self.waiting[buyer]
		shelf, *others = list(buyer.wanted)[:LINES_PER_ORDER]
		supplier = self._supplier(shelf)
		if supplier is None:
			self._wait(shelf)
		else:
			reference = self.next_reference(buyer)
			for asked in (shelf, *others):
				self._order_line(supplier, asked, reference)
		if buyer.wanted:
			self.waiting[buyer] = None

	def next_reference(self, buyer: Store) -> Reference:
		"""The document of a new order: pharmacies buy, public facilities request."""
		self.orders += 1
		if buyer.kind in (WHOLESALER, RETAILER):
			return "B2B Order", f"ORD-{self.orders:07d}"
		return "Supply Request", f"REQ-{self.orders:07d}"

	def sell(self, shelf: Shelf) -> None:
		"""One sale to one patient, or none where there is nothing to sell."""
		if self.journal.room <= 0:
			return
		selling = self.holds.selling
		for position in shelf.on_hand:
			if not selling[position.lot]:
				break
		else:
			self.want(shelf)
			return
		quantity = min(position.balance, shelf.usual * SALE_SIZES[self.rng.getrandbits(SIZES_BITS)])
		self.sold += 1
		self.journal.room -= 1
		self.journal.issue(position, "Sale", quantity, shelf.price)
		if shelf.stock <= shelf.low and not shelf.ordered:
			self.want(shelf)
		if (chance := self.rng.random()) < self.sequels:
			self.sequel(position, quantity, chance)

	def _supplier(self, wanted: Shelf) -> Store | None:
		shipping, avoided = self.holds.shipping, wanted.avoids
		for store in wanted.store.suppliers:
			shelf = store.shelves.get(wanted.medicine)
			if shelf and any(not shipping[p.lot] and p.lot != avoided for p in shelf.on_hand):
				return store
		return None

	def _order_line(self, supplier: Store, shelf: Shelf, reference: Reference) -> None:
		"""Ship what there is of one medicine, from at most as many lots as there is room for."""
		picks = self._picks(supplier, shelf)[: self.journal.room // 2]
		if not picks:
			return
		del shelf.store.wanted[shelf]
		self.first_orders -= not shelf.filled
		shelf.filled = True
		for position, quantity in picks:
			self.deliveries.send(position, shelf, quantity, reference)
		source = supplier.shelves[shelf.medicine]
		if source.stock <= source.low:
			self.want(source)

	def _wait(self, shelf: Shelf) -> None:
		"""Nobody has the medicine: suppliers order it, and the buyer asks again in some days."""
		del shelf.store.wanted[shelf]
		for supplier in shelf.store.suppliers:
			if shelf.medicine in supplier.shelves:
				self.want(supplier.shelves[shelf.medicine])
		self.agenda.plan(self.agenda.day + ASKED_AGAIN[self.rng.getrandbits(2)], self.want_again, shelf)

	def _picks(self, supplier: Store, wanted: Shelf) -> list[tuple[Position, int]]:
		"""Lots to ship, earliest expiry first; short where the supplier has less."""
		picks, quantity = [], wanted.lack()
		shelf, shipping = supplier.shelves.get(wanted.medicine), self.holds.shipping
		for position in shelf.on_hand if shelf else ():
			if shipping[position.lot] or position.lot == wanted.avoids:
				continue
			picks.append((position, min(quantity, position.balance)))
			quantity -= picks[-1][1]
			if not quantity:
				break
		return picks
