"""What goes wrong: returns, miscounts, destruction of dead lots, and the planted diversion."""

from random import Random

from .agenda import LAST_SHIPPING_DAY, Agenda
from .facilities import RETAILER
from .imports import Arrival
from .records import Diversion, Facility
from .stores import Position, Store
from .trade import Reference, Trade

CUSTOMER_RETURNS, SUPPLIER_RETURNS, MISCOUNTS = 0.005, 0.004, 0.008  # per sale
REMOVAL = {"Recalled": ("Recall Removal", 0.85, 45), "Expired": ("Adjustment", 0.85, 60)}  # share, days
DIVERTED_SHIPMENTS, DIVERTED_SHARE = 3, 0.35
OUTLET_SALES = 4  # per diverted shipment
FEW_HOLDERS = 2  # up to so many, nobody forgets


class Mishaps:
	"""Puts what goes wrong on the agenda of a trade."""

	def __init__(self, trade: Trade, agenda: Agenda, rng: Random):
		self.trade, self.agenda, self.rng, self.journal = trade, agenda, rng, trade.journal

	def after_sale(self, store: Store, position: Position, sold: int) -> None:
		"""Now and then a sale has a sequel in the next days."""
		chance = self.rng.random()
		if chance > CUSTOMER_RETURNS + SUPPLIER_RETURNS + MISCOUNTS:
			return
		day = self.agenda.working_day(self.agenda.day + self.rng.randrange(1, 6))
		if chance < CUSTOMER_RETURNS:
			self.agenda.promise(day, self.return_from_patient, store, position, max(1, sold // 3))
		elif chance < CUSTOMER_RETURNS + SUPPLIER_RETURNS:
			self.agenda.plan(day, self.return_to_supplier, store, position)
		else:
			self.agenda.promise(day, self.correct, store, position, self.rng.choice((-5, -2, -1, -1, 1, 2)))

	def return_from_patient(self, store: Store, position: Position, quantity: int) -> None:
		if self.trade.holds.selling[position.lot]:
			self.journal.room += 1
			return
		self.journal.receive(store, position, "Return", quantity, store.prices[position.medicine])

	def return_to_supplier(self, store: Store, position: Position) -> None:
		"""Half of what is left goes back under the order that brought it, and arrives there."""
		quantity, supplier = position.balance // 2, position.source
		held = self.trade.holds.shipping[position.lot] or self.agenda.day >= LAST_SHIPPING_DAY
		if held or not quantity or supplier is None or self.journal.room < 2:
			return
		price = supplier.prices[position.medicine]
		self.journal.room -= 1
		self.journal.issue(store, position, "Return", quantity, price, supplier, position.order)
		day = self.agenda.working_day(self.agenda.day + self.rng.randrange(1, 4))
		self.agenda.promise(day, self.take_back, supplier, store, position, quantity, price, position.order)

	def take_back(
		self,
		supplier: Store,
		store: Store,
		returned: Position,
		quantity: int,
		price: int,
		reference: Reference,
	) -> None:
		position = supplier.position(returned.lot, returned.medicine, returned.expiry)
		self.journal.receive(supplier, position, "Return", quantity, price, store, reference)

	def correct(self, store: Store, position: Position, change: int) -> None:
		"""A stock count found `change` units more or less."""
		price = store.prices[position.medicine]
		if self.trade.holds.selling[position.lot] or position.balance + change < 0:
			self.journal.room += 1
		elif change > 0:
			self.journal.receive(store, position, "Adjustment", change, price)
		else:
			self.journal.issue(store, position, "Adjustment", -change, price)

	def bury(self, lot: int, status: str, stores: list[Store]) -> None:
		"""Most holders remove or destroy what they have of a dead lot, each in its own time; one forgets."""
		movement_type, share, within = REMOVAL[status]
		holders = self._holders(lot, stores)
		for store in holders[:-1] if len(holders) > FEW_HOLDERS else holders:
			if self.rng.random() < share:
				day = self.agenda.working_day(self.agenda.day + self.rng.randrange(1, within))
				self.agenda.promise(day, self.dispose, store, store.positions[lot], movement_type)

	def _holders(self, lot: int, stores: list[Store]) -> list[Store]:
		"""The stores with units of a lot; empty positions are forgotten."""
		holding = [store for store in stores if lot in store.positions]
		for store in holding:
			if not store.positions[lot].balance:
				del store.positions[lot]
		return [store for store in holding if lot in store.positions]

	def dispose(self, store: Store, position: Position, movement_type: str) -> None:
		"""All that is left of a dead lot leaves; nothing, where an earlier removal took it."""
		if not position.balance:
			self.journal.room += 1
			return
		self.journal.issue(store, position, movement_type, position.balance, store.prices[position.medicine])

	def divert(self, lot: int, arrival: Arrival, sender: Store, receiver: Store, outlet: Store) -> None:
		"""The day after it came in, shipments of which the receiver writes a part; the rest turns up at the outlet."""
		day = self.agenda.working_day(self.agenda.working_day(arrival.day) + 1)
		for _shipment in range(DIVERTED_SHIPMENTS):
			self.agenda.plan(day, self.ship_short, lot, sender, receiver, outlet)

	def ship_short(self, lot: int, sender: Store, receiver: Store, outlet: Store) -> None:
		position = sender.positions[lot]
		sent = min(position.balance // 8, 8 * receiver.order_quantity(position.medicine))
		missing = int(sent * DIVERTED_SHARE)
		if not missing or self.journal.room < OUTLET_SALES + 3:
			return
		reference = self.trade.next_reference(receiver)
		self.trade.ship(sender, receiver, position, sent, sent - missing, reference)
		found = outlet.position(lot, position.medicine, position.expiry)
		self.agenda.promise(self.agenda.day + 5, self.correct, outlet, found, missing)
		for number in range(OUTLET_SALES):
			self.agenda.promise(self.agenda.day + 6 + number, self.sell_diverted, outlet, found, missing // 5)

	def sell_diverted(self, outlet: Store, position: Position, quantity: int) -> None:
		quantity = min(quantity, position.balance)
		if not quantity or self.trade.holds.selling[position.lot]:
			self.journal.room += 1
			return
		self.journal.issue(outlet, position, "Sale", quantity, outlet.prices[position.medicine])


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
