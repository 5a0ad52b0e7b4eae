"""A facility while the simulation runs: a shelf for each medicine, with its lots in the ledger."""

from bisect import insort
from math import ceil
from random import Random

from ..medicine_registry.essential_medicines import ESSENTIAL_MEDICINES
from .facilities import PROFILES
from .records import Facility
from .seasons import OPENING_HOURS

PRICES = tuple(medicine.price for medicine in ESSENTIAL_MEDICINES)
USUAL_SALE = tuple(medicine.units_per_sale for medicine in ESSENTIAL_MEDICINES)
SALE_SIZES = (1, 1, 1, 1, 1, 2, 2, 3)  # usual quantities for one patient
MEAN_SALE = sum(SALE_SIZES) / len(SALE_SIZES)
OVERSHOOT = 0.9  # mean sales by which a shelf is below its reserve when it orders


class Position:
	"""The running state of one (warehouse, lot): number of the last row and balance after it."""

	__slots__ = ("balance", "expiry", "lot", "order", "sequence", "shelf", "source")

	def __init__(self, shelf: "Shelf", lot: int, expiry: int):
		self.shelf, self.lot, self.expiry = shelf, lot, expiry
		self.sequence = self.balance = 0
		self.source = self.order = None

	def __lt__(self, other: "Position") -> bool:
		return (self.expiry, self.lot) < (other.expiry, other.lot)


class Shelf:
	"""One medicine in one store: `on_hand` are the lots with stock, earliest expiry first.

	`share` is its part of all the country's sales, `pace` that of its clients too; the shelf orders when
	`stock` is `low` units or less, up to `target` units. `avoids` is a lot that never comes here by an order.
	"""

	__slots__ = (
		"avoids",
		"filled",
		"first_stock",
		"lots",
		"low",
		"medicine",
		"on_hand",
		"ordered",
		"pace",
		"price",
		"share",
		"stock",
		"store",
		"target",
		"usual",
	)

	def __init__(self, store: "Store", medicine: int):
		self.store, self.medicine, self.usual = store, medicine, USUAL_SALE[medicine]
		self.price = int(PRICES[medicine] * store.margin) or 1  # BIF per unit
		self.on_hand: list[Position] = []
		self.lots: dict[int, Position] = {}
		self.share, self.pace = 0.0, 0.0
		self.stock, self.low, self.target, self.first_stock = 0, 0, 0, 0
		self.ordered = self.filled = False
		self.avoids: int | None = None

	def position(self, lot: int, expiry: int) -> Position:
		"""The position of the lot here, made where the lot is new."""
		found = self.lots.get(lot)
		if found is None:
			found = self.lots[lot] = Position(self, lot, expiry)
		return found

	def put(self, position: Position, quantity: int) -> None:
		if not position.balance:
			insort(self.on_hand, position)
		position.balance += quantity
		self.stock += quantity

	def take(self, position: Position, quantity: int) -> None:
		position.balance -= quantity
		self.stock -= quantity
		if not position.balance:
			self.on_hand.remove(position)

	def withdraw(self, position: Position) -> None:
		"""Put a dead lot apart: its units are in the ledger, not on the shelf."""
		self.on_hand.remove(position)
		self.stock -= position.balance

	def settle(self, sales: float, rng: Random) -> float:
		"""Set when and how much to order where the country makes so many sales a day; orders a day."""
		policy = self.store.policy
		order = max(policy.least_order, policy.order_days * self.pace * sales)
		low = max(policy.least_reserve, policy.reserve_days * self.pace * sales)
		self.low = round(low * self.usual * MEAN_SALE)
		self.target = self.low + round(order * self.usual * MEAN_SALE)
		self.first_stock = round(self.low + rng.random() * (self.target - self.low))
		return self.pace * sales / (order + OVERSHOOT)

	def lack(self) -> int:
		"""What to order now, in usual quantities; the first time what might lie here on any later day."""
		missing = self.target - self.stock if self.filled else self.first_stock
		return max(1, ceil(missing / self.usual)) * self.usual


class Store:
	"""One facility: its shelves by medicine, its suppliers, and what it is about to order."""

	def __init__(self, number: int, facility: Facility, margin: float):
		self.number, self.key, self.kind = number, facility.name, facility.kind
		self.facility_type, self.warehouse = facility.facility_type, facility.warehouse
		self.margin = margin
		self.hours = OPENING_HOURS.get(facility.kind)
		self.policy = PROFILES[facility.kind].policy
		self.suppliers: list[Store] = []
		self.shelves: dict[int, Shelf] = {}
		self.wanted: dict[Shelf, None] = {}

	def shelf(self, medicine: int) -> Shelf:
		"""The medicine's shelf, made where there is none."""
		if medicine not in self.shelves:
			self.shelves[medicine] = Shelf(self, medicine)
		return self.shelves[medicine]

	def position(self, lot: int, medicine: int, expiry: int) -> Position:
		return self.shelf(medicine).position(lot, expiry)
