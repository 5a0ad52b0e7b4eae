"""What goes wrong: returns, miscounts, destruction of dead lots, and the planted diversion."""

from random import Random

from .agenda import Agenda
from .deliveries import Reference
from .facilities import RETAILER
from .imports import Arrival
from .records import Diversion, Facility
from .stores import Position, Shelf, Store
from .trade import Trade

CUSTOMER_RETURNS, SUPPLIER_RETURNS, MISCOUNTS = 0.005, 0.004, 0.008  # per sale
SEQUELS = CUSTOMER_RETURNS + SUPPLIER_RETURNS + MISCOUNTS
REMOVAL = {"Recalled": ("Recall Removal", 0.85, 45), "Expired": ("Adjustment", 0.85, 60)}  # share, days
DIVERTED_SHIPMENTS, DIVERTED_SHARE = 3, 0.35
DIVERTED_ORDERS = 40  # usual orders in each of the shipments
OUTLET_SALES = 4  # per diverted shipment
FEW_HOLDERS = 2  # up to so many, nobody forgets


class Mishaps:
	"""Puts what goes wrong on the agenda of a trade."""

	def __init__(self, trade: Trade, agenda: Agenda, rng: Random):
		self.trade, self.agenda, self.rng, self.journal = trade, agenda, rng, trade.journal

	def after_sale(self, position: Position, sold: int, chance: float) -> None:
		"""The sequel of one sale in the next days; `chance` is below `SEQUELS`."""
		day = self.agenda.working_day(self.agenda.day + self.rng.randrange(1, 6))
		if chance < CUSTOMER_RETURNS:
			self.agenda.promise(day, self.return_from_patient, position, max(1, sold // 3))
		elif chance < CUSTOMER_RETURNS + SUPPLIER_RETURNS:
			self.agenda.plan(day, self.return_to_supplier, position)
		else:
			self.agenda.promise(day, self.correct, position, self.rng.choice((-5, -2, -1, -1, 1, 2)))

	def return_from_patient(self, position: Position, quantity: int) -> None:
		if self.trade.holds.selling[position.lot]:
			self.journal.room += 1
			return
		self.journal.receive(position, "Return", quantity, position.shelf.price)

	def return_to_supplier(self, position: Position) -> None:
		"""Half of what is left goes back under the order that brought it, and arrives there."""
		quantity, source = position.balance // 2, position.source
		if self.trade.holds.shipping[position.lot] or not quantity or source is None or self.journal.room < 2:
			return
		self.journal.room -= 1
		self.journal.issue(position, "Return", quantity, source.price, source.store, position.order)
		day = self.agenda.working_day(self.agenda.day + self.rng.randrange(1, 4))
		self.agenda.promise(day, self.take_back, source, position, quantity, position.order)

	def take_back(self, shelf: Shelf, returned: Position, quantity: int, reference: Reference) -> None:
		position = shelf.position(returned.lot, returned.expiry)
		self.journal.receive(position, "Return", quantity, shelf.price, returned.shelf.store, reference)

	def correct(self, position: Position, change: int) -> None:
		"""A stock count found `change` units more or less."""
		price = position.shelf.price
		if self.trade.holds.selling[position.lot] or position.balance + change < 0:
			self.journal.room += 1
		elif change > 0:
			self.journal.receive(position, "Adjustment", change, price)
		else:
			self.journal.issue(position, "Adjustment", -change, price)

	def bury(self, lot: int, medicine: int, status: str, stores: list[Store]) -> None:
		"""Holders put a dead lot apart; most remove or destroy it, each in its own time; one forgets."""
		movement_type, share, within = REMOVAL[status]
		held = self._withdrawn(lot, medicine, stores)
		for position in held[:-1] if len(held) > FEW_HOLDERS else held:
			if self.rng.random() < share:
				day = self.agenda.working_day(self.agenda.day + self.rng.randrange(1, within))
				self.agenda.promise(day, self.journal.remove, position, movement_type)

	def _withdrawn(self, lot: int, medicine: int, stores: list[Store]) -> list[Position]:
		"""The positions with units of a lot, off their shelves; empty positions are forgotten."""
		shelves = (store.shelves[medicine] for store in stores if medicine in store.shelves)
		positions = [shelf.lots.pop(lot) for shelf in shelves if lot in shelf.lots]
		held = [position for position in positions if position.balance]
		for position in held:
			position.shelf.withdraw(position)
			if position.shelf.stock <= position.shelf.low:
				self.trade.want(position.shelf)
		return held

	def divert(self, lot: int, arrival: Arrival, sender: Store, receiver: Store, outlet: Store) -> None:
		"""The day after it came in, shipments of which the receiver writes a part; the rest turns up at the outlet."""
		day = self.agenda.working_day(self.agenda.working_day(arrival.day) + 1)
		shelves = [store.shelf(arrival.medicine) for store in (sender, receiver, outlet)]
		shelves[-1].avoids = lot
		for _shipment in range(DIVERTED_SHIPMENTS):
			self.agenda.plan(day, self.ship_diverted, lot, *shelves)

	def ship_diverted(self, lot: int, sender: Shelf, receiver: Shelf, outlet: Shelf) -> None:
		position = sender.lots[lot]
		sent = min(position.balance // 8, DIVERTED_ORDERS * receiver.target)
		missing = int(sent * DIVERTED_SHARE)
		if not missing or self.journal.room < OUTLET_SALES + 3:
			return
		reference = self.trade.next_reference(receiver.store)
		self.trade.deliveries.send_short(position, receiver, sent, sent - missing, reference)
		found = outlet.position(lot, position.expiry)
		self.agenda.promise(self.agenda.day + 5, self.correct, found, missing)
		for number in range(OUTLET_SALES):
			self.agenda.promise(self.agenda.day + 6 + number, self.sell_diverted, found, missing // 5)

	def sell_diverted(self, position: Position, quantity: int) -> None:
		quantity = min(quantity, position.balance)
		if not quantity or self.trade.holds.selling[position.lot]:
			self.journal.room += 1
			return
		self.journal.issue(position, "Sale", quantity, position.shelf.price)


def choose_diversion(lot: str, sender: Facility, facilities: list[Facility]) -> Diversion | None:
	"""Two retailers: the nearest to the sender and the farthest from it; None where there are not two."""
	retailers = sorted(
		(f for f in facilities if f.kind == RETAILER), key=lambda f: (_distance(sender, f), f.name)
	)
	if len(retailers) < 2:
		return None
	return Diversion(lot, sender.name, retailers[0].name, retailers[-1].name)


def _distance(one: Facility, other: Facility) -> float:
	"""Degrees, enough to compare."""
	return abs(one.latitude - other.latitude) + abs(one.longitude - other.longitude)
