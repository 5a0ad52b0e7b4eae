"""Whether movements may be recorded: the rules of `domain`, and the facts that they ask for.

An ordinary movement needs nothing but what was read with its locks. Only for one that is out of the ordinary (its
lot was stopped, it is an import, it undoes another) something is looked up.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import frappe

from healthcare_erp.core.settings import get_ledger_settings
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.licensing import permitted_movements
from healthcare_erp.domain.medicine_registry import lots as lot_rules
from healthcare_erp.domain.traceability import ledger as rules
from healthcare_erp.domain.traceability import tradability
from healthcare_erp.domain.traceability.ledger import Movement
from healthcare_erp.domain.vocabulary import Direction, MovementType
from healthcare_erp.traceability.ledger import store
from healthcare_erp.traceability.stock.warehouses import warehouses_of

REGULATOR = frozenset({"National Admin"})
UNDONE_DELIVERIES = (MovementType.B2B_OUT, MovementType.SALE)

# Locking reads: what was committed after this transaction's snapshot counts. Not so what a facility with one warehouse
# imported: a locked range holds up, and deadlocks with, the imports of other facilities. Where somebody imported there
# since the snapshot, the position's next number is taken, and all is read again, locked (`fresh`).
_LOCKED = " LOCK IN SHARE MODE"
_CHANGES = """SELECT happened_at, to_status
	FROM `tabAudit Entry` FORCE INDEX (reference_doctype_reference_name_happened_at_index)
	WHERE reference_doctype = %s AND reference_name = %s AND to_status > ''
	ORDER BY happened_at, creation LOCK IN SHARE MODE"""
_OUTSTANDING = """SELECT COALESCE(SUM(IF(direction = 'Out', quantity, -quantity)), 0) FROM `tabStock Movement`
	WHERE warehouse IN %(warehouses)s AND national_lot = %(lot)s
	AND counterparty_type <=> %(counterparty_type)s AND counterparty <=> %(counterparty)s
	AND (movement_type IN ('B2B Out', 'Sale')
		OR movement_type = 'Return' AND (direction = 'In') = (reversal_of IS NULL))
	LOCK IN SHARE MODE"""
# What went on its way without a receiver's name, less what came home.
_UNDER_WAY = """SELECT COALESCE(SUM(IF(direction = 'Out', quantity, -quantity)), 0) FROM `tabStock Movement`
	WHERE warehouse IN %(warehouses)s AND national_lot = %(lot)s AND (
		movement_type = 'B2B Out' AND counterparty IS NULL
		OR movement_type = 'B2B In' AND counterparty_type <=> %(counterparty_type)s
			AND counterparty <=> %(counterparty)s)
	LOCK IN SHARE MODE"""
_DECLARED = "SELECT importer_type, importer, quantity_imported FROM `tabNational Lot` WHERE name = %s"
_IMPORTED = """SELECT COALESCE(SUM(IF(direction = 'In', quantity, -quantity)), 0) FROM `tabStock Movement`
	WHERE warehouse IN %(warehouses)s AND national_lot = %(lot)s
	AND (movement_type = 'Import'
		OR movement_type = 'Return' AND counterparty IS NULL AND (direction = 'Out') = (reversal_of IS NULL))"""
_IMPORTED_BY_ANYBODY = """SELECT COALESCE(SUM(IF(direction = 'In', quantity, -quantity)), 0) FROM `tabStock Movement`
	WHERE national_lot = %(lot)s AND movement_type = 'Import' LOCK IN SHARE MODE"""


class MovementChecks:
	"""Checks the movements of one call, which may be several of one lot.

	:param owners, licences, lots: what `store.lock_positions` read; `now`: the moment of recording.
	:param fresh: the transaction's snapshot turned out to be old.
	"""

	def __init__(self, owners: Mapping, licences: Mapping, lots: Mapping, now: datetime, fresh: bool = False):
		self.owners, self.licences, self.lots, self.now = owners, licences, lots, now
		self.fresh = fresh
		self.late: set[tuple[str, str]] = (
			set()
		)  # own keys of movements that are reported after their lot was stopped
		self._units: dict[tuple, int] = {}
		self._before: dict[tuple[str, str], int] = {}
		self._changes: dict[tuple[str, str], list] = {}

	def check(self, movements: Sequence[Movement]) -> list[Movement]:
		"""The movements as they are to be recorded (a clock that was ahead is set right).

		:raises DomainError: for the first movement that may not be recorded.
		"""
		originals = _originals(movements)
		checked = [self._checked(movement, originals) for movement in movements]
		self._check_internal_transfers(checked)
		return checked

	def _checked(self, movement: Movement, originals: Mapping[str, Movement]) -> Movement:
		if movement.warehouse not in self.owners:
			raise DomainError("unknown_facility", facility=movement.warehouse)
		if movement.national_lot not in self.lots:
			raise DomainError("unknown_lot", lot=movement.national_lot)
		if movement.posting_datetime and movement.posting_datetime > self.now:
			movement = replace(movement, posting_datetime=self._set_right(movement.posting_datetime))
		if movement.reversal_of:
			self._check_reversal(movement, originals.get(movement.reversal_of))
			return movement
		if not movement.idempotency_key.startswith(rules.REPOST_KEY):
			self._check_made(movement)
			self._check_licence(movement)
			self.check_standing(movement, self.lots[movement.national_lot])
		if movement.movement_type == MovementType.IMPORT:
			self._check_import(movement)
		return movement

	def _set_right(self, posting_datetime: datetime) -> datetime:
		return rules.check_posting_time(posting_datetime, self.now, get_ledger_settings().clock_tolerance)

	def _check_made(self, movement: Movement) -> None:
		posted, made = (
			movement.posting_datetime or self.now,
			self.lots[movement.national_lot].manufacture_date,
		)
		lot_rules.check_posted_after_made(movement.national_lot, posted, made)

	def _check_licence(self, movement: Movement) -> None:
		"""Whether the facility may make the movement: now, or when it is said to have happened."""
		kind, status = self.licences[movement.warehouse]
		way = (movement.movement_type, movement.direction)
		if permitted_movements.may_move(kind, status, *way):
			return
		if self._comes_home(movement) and self._outstanding(movement) >= movement.quantity:
			return
		if self._was_licensed(movement, kind):
			self._check_late(movement)
			return
		facility = self.owners[movement.warehouse].facility
		permitted_movements.check(facility, kind, status, *way)

	def _was_licensed(self, movement: Movement, kind: str) -> bool:
		if not movement.posting_datetime:
			return False
		changes = self._changes_of(*self.owners[movement.warehouse])
		status = permitted_movements.status_at(movement.posting_datetime, changes)
		return permitted_movements.may_move(kind, status, movement.movement_type, movement.direction)

	def check_standing(self, movement: Movement, lot: store.Lot) -> None:
		"""Whether the lot may move so: now, or when it is said to have moved.

		:raises DomainError: `lot_not_tradable`, `medicine_blocked`, `return_beyond_sent`, `reported_too_late`.
		"""
		status = tradability.effective_status(lot.status, lot.expiry_date, self.now.date())
		way = (movement.movement_type, movement.direction)
		if tradability.may_move(status, lot.medicine_status, *way):
			return
		if self._comes_back(movement, way) and self._takes_back(movement, status):
			return
		if self._was_lawful(movement, lot):
			self._check_late(movement)
		else:
			tradability.check_may_move(movement.national_lot, status, lot.medicine_status, *way)

	def _was_lawful(self, movement: Movement, lot: store.Lot) -> bool:
		if not movement.posting_datetime:
			return False
		standing = tradability.standing_at(
			movement.posting_datetime,
			lot.expiry_date,
			self._changes_of("National Lot", movement.national_lot),
			self._changes_of("National Medicine", lot.medicine),
		)
		return standing.allows(movement.movement_type, movement.direction)

	def _changes_of(self, doctype: str, name: str) -> list:
		if (doctype, name) not in self._changes:
			self._changes[doctype, name] = frappe.db.sql(_CHANGES, (doctype, name))
		return self._changes[doctype, name]

	def _check_late(self, movement: Movement) -> None:
		approved = bool(movement.late_reason) and bool(REGULATOR & set(frappe.get_roles()))
		window = get_ledger_settings().late_report_window
		tradability.check_late_report(
			movement.national_lot, movement.posting_datetime, self.now, window, approved
		)
		self.late.add(movement.own_key)

	def _comes_back(self, movement: Movement, way: tuple[str, str]) -> bool:
		if movement.warehouse not in self.owners:
			return False
		return way == tradability.TAKE_BACK or self._comes_home(movement)

	def _comes_home(self, movement: Movement) -> bool:
		"""Goods in transit that their sender takes in again."""
		other = (movement.counterparty_type, movement.counterparty)
		return movement.movement_type == MovementType.B2B_IN and other == tuple(
			self.owners[movement.warehouse]
		)

	def _takes_back(self, movement: Movement, status: str) -> bool:
		"""Whether these units come back from somebody whom this facility sent the lot to, or from their way there."""
		outstanding = self._outstanding(movement)
		if outstanding <= 0:
			return False
		tradability.check_take_back(movement.national_lot, status, movement.quantity, outstanding)
		return True

	def _check_reversal(self, reversal: Movement, original: Movement | None) -> None:
		"""What a voucher wrote is undone by cancelling it; of a stopped lot nothing comes back a second time."""
		rules.check_reversal(reversal, original)
		if _is_voucher(original) and not _is_voucher(reversal):
			voucher = f"{original.reference_doctype} {original.reference_name}"
			raise DomainError("reversal_of_voucher", movement=reversal.reversal_of, voucher=voucher)
		lot = self.lots[reversal.national_lot]
		status = tradability.effective_status(lot.status, lot.expiry_date, self.now.date())
		stopped = not tradability.may_move(status, lot.medicine_status, MovementType.SALE, Direction.OUT)
		if stopped and reversal.movement_type in UNDONE_DELIVERIES:
			outstanding = self._outstanding(reversal)
			tradability.check_take_back(reversal.national_lot, status, reversal.quantity, outstanding)

	def _outstanding(self, movement: Movement) -> int:
		"""Units of the lot that this facility passed to the counterparty, less what came back."""
		other = {"counterparty_type": movement.counterparty_type, "counterparty": movement.counterparty}
		query = _UNDER_WAY if self._comes_home(movement) else _OUTSTANDING
		if movement.own_key not in self._before:  # the lot's status and the facility's may both ask
			self._before[movement.own_key] = self._left(query, movement, movement.quantity, other)
		return self._before[movement.own_key]

	def _check_internal_transfers(self, movements: Sequence[Movement]) -> None:
		"""Both ends are written in one call. (A voucher's ends come one by one: ERPNext answers for them.)"""
		moved: dict[tuple, int] = defaultdict(int)
		for movement in movements:
			if movement.movement_type == MovementType.INTERNAL_TRANSFER and not _is_voucher(movement):
				key = (self.owners[movement.warehouse], movement.national_lot)
				moved[key] += rules.signed(movement.direction, movement.quantity)
		for (owner, lot), units in moved.items():
			if units:
				raise DomainError("unbalanced_transfer", facility=owner.facility, lot=lot)

	def _check_import(self, movement: Movement) -> None:
		lot = movement.national_lot
		[[importer_type, importer, declared]] = frappe.db.sql(_DECLARED, lot)
		limit = lot_rules.import_limit(declared, get_ledger_settings().import_tolerance)
		allowance = None if limit is None else limit - self._imported(movement, bool(importer))
		named = (importer_type or "Pharmacy", importer) if importer else None
		owner = tuple(self.owners[movement.warehouse])
		lot_rules.check_import(lot, owner, named, movement.quantity, allowance)

	def _imported(self, movement: Movement, by_importer: bool) -> int:
		query = _IMPORTED_BY_ANYBODY
		if by_importer:
			several = len(self._warehouses(movement)) > 1
			query = _IMPORTED + (_LOCKED if several or self.fresh else "")
		return self._left(query, movement, -movement.quantity, {})

	def _warehouses(self, movement: Movement) -> list[str]:
		return warehouses_of(*self.owners[movement.warehouse])

	def _left(self, query: str, movement: Movement, taken: int, values: dict) -> int:
		"""A sum over the facility's rows of the lot, less what earlier movements of this call took of it."""
		lot = movement.national_lot
		owner = None if query == _IMPORTED_BY_ANYBODY else self.owners[movement.warehouse]
		key = (query, owner, lot, *values.values())
		if key not in self._units:
			given = values | {"warehouses": self._warehouses(movement), "lot": lot}
			[[units]] = frappe.db.sql(query, given)
			self._units[key] = int(units)
		before = self._units[key]
		self._units[key] -= taken
		return before


def _is_voucher(movement: Movement) -> bool:
	return movement.idempotency_key.startswith(rules.VOUCHER_KEY)


def _originals(movements: Sequence[Movement]) -> dict[str, Movement]:
	names = {movement.reversal_of for movement in movements if movement.reversal_of}
	if not names:
		return {}
	return {name: store.as_movement(row) for name, row in store.rows_by_name(names).items()}
