"""Writing movement rows: numbers, balances and prices of every position, one day at a time."""

from datetime import datetime

from ..traceability.ledger import HISTORY_KEY
from .records import Lot
from .stores import Position, Store


class Journal:
	"""Collects rows in the order of `MOVEMENT_COLUMNS`; the caller sets `now` before each row.

	`room` is how many rows may still be promised: those written and those scheduled are taken off it.
	"""

	def __init__(self, lots: list[Lot], room: int, seed: int):
		self.lots = [(lot.name, lot.national_medicine) for lot in lots]
		self.room, self.written = room, 0
		self.key = f"{HISTORY_KEY}{seed}-"
		self.rows: list[tuple] = []
		self.now: datetime | None = None

	def take(self) -> list[tuple]:
		"""The rows since the last call."""
		rows, self.rows = self.rows, []
		return rows

	def receive(
		self,
		position: Position,
		movement_type: str,
		quantity: int,
		price: int,
		partner: Store | None = None,
		reference: tuple = (None, None),
	) -> None:
		"""Units come in; a position that was empty goes back on its shelf."""
		position.shelf.put(position, quantity)
		self._write(position, movement_type, "In", quantity, price, partner, reference)

	def issue(
		self,
		position: Position,
		movement_type: str,
		quantity: int,
		price: int,
		partner: Store | None = None,
		reference: tuple = (None, None),
	) -> None:
		"""Units go out; never more than the position holds (the caller sees to it)."""
		position.shelf.take(position, quantity)
		self._write(position, movement_type, "Out", quantity, price, partner, reference)

	def remove(self, position: Position, movement_type: str) -> None:
		"""All units of a position that was withdrawn from its shelf go out."""
		quantity, position.balance = position.balance, 0
		self._write(position, movement_type, "Out", quantity, position.shelf.price, None, (None, None))

	def _write(
		self,
		position: Position,
		movement_type: str,
		direction: str,
		quantity: int,
		price: int,
		partner: Store | None,
		reference: tuple,
	) -> None:
		self.written = number = self.written + 1
		position.sequence = sequence = position.sequence + 1
		lot, medicine = self.lots[position.lot]
		store, now = position.shelf.store, self.now
		number_and_units = (
			f"SM-{number:010d}",
			movement_type,
			direction,
			quantity,
			sequence,
			position.balance,
		)
		place = (store.warehouse, store.facility_type, store.key)
		other = (partner.facility_type, partner.key) if partner else (None, None)
		key = f"{self.key}{number}"
		self.rows.append(
			(*number_and_units, *place, lot, medicine, price, *other, *reference, None, key, now, now)
		)


class TextJournal(Journal):
	"""The same rows as lines of CSV: nothing in them needs quotes. Three times as fast as tuples and `csv`."""

	def _write(
		self,
		position: Position,
		movement_type: str,
		direction: str,
		quantity: int,
		price: int,
		partner: Store | None,
		reference: tuple,
	) -> None:
		self.written = number = self.written + 1
		position.sequence = sequence = position.sequence + 1
		lot, medicine = self.lots[position.lot]
		store, now = position.shelf.store, str(self.now)
		other = f"{partner.facility_type},{partner.key}" if partner else ","
		kind, document = reference
		document = f"{kind},{document}" if kind else ","
		self.rows.append(
			f"SM-{number:010d},{movement_type},{direction},{quantity},{sequence},{position.balance},"
			f"{store.warehouse},{store.facility_type},{store.key},{lot},{medicine},{price},"
			f"{other},{document},,{self.key}{number},{now},{now}\n"
		)
