"""A facility while the simulation runs: its shelves, its positions in the ledger, what it lacks."""

from bisect import insort

from ..essential_medicines import ESSENTIAL_MEDICINES
from .facilities import PROFILES
from .records import Facility

PRICES = tuple(medicine.price for medicine in ESSENTIAL_MEDICINES)
USUAL_SALE = tuple(medicine.units_per_sale for medicine in ESSENTIAL_MEDICINES)
REORDER_AT = 0.35  # of an order's quantity


class Position:
	"""The running state of one (warehouse, lot): number of the last row and balance after it."""

	__slots__ = ("balance", "expiry", "lot", "medicine", "order", "sequence", "source")

	def __init__(self, lot: int, medicine: int, expiry: int):
		self.lot, self.medicine, self.expiry = lot, medicine, expiry
		self.sequence = self.balance = 0
		self.source = self.order = None

	def __lt__(self, other: "Position") -> bool:
		return (self.expiry, self.lot) < (other.expiry, other.lot)


class Store:
	"""One facility: shelves hold, by medicine, the positions with stock, earliest expiry first."""

	def __init__(self, facility: Facility, carried: list[int], margin: float):
		self.key, self.kind, self.facility_type = facility.name, facility.kind, facility.facility_type
		self.warehouse = facility.warehouse
		self.profile = PROFILES[facility.kind]
		self.carried = carried
		self.prices = [int(price * margin) or 1 for price in PRICES]  # BIF per unit
		self.suppliers: list[Store] = []
		self.shelves: dict[int, list[Position]] = {medicine: [] for medicine in carried}
		self.positions: dict[int, Position] = {}
		self.wanted: dict[int, None] = {}
		self.ordered: set[int] = set()

	def position(self, lot: int, medicine: int, expiry: int) -> Position:
		"""The position of the lot here, made where the lot is new."""
		found = self.positions.get(lot)
		if found is None:
			found = self.positions[lot] = Position(lot, medicine, expiry)
		return found

	def shelve(self, position: Position) -> None:
		"""Put a position that has just got stock on its shelf."""
		insort(self.shelves.setdefault(position.medicine, []), position)

	def clear(self, position: Position) -> None:
		"""Take an emptied position off its shelf."""
		self.shelves[position.medicine].remove(position)

	def order_quantity(self, medicine: int) -> int:
		return self.profile.order * USUAL_SALE[medicine]

	def is_low(self, position: Position) -> bool:
		"""Whether the last lot on the shelf runs out."""
		shelf = self.shelves[position.medicine]
		if shelf and shelf[-1] is not position:
			return False
		return position.balance < REORDER_AT * self.order_quantity(position.medicine)
