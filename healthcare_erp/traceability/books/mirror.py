"""Two books, one truth about units: ERPNext's Stock Ledger Entries of National Lots, written to the ledger.

In a facility's warehouse every batch of a registered medicine is a National Lot, or the voucher is refused. An
entry in a warehouse that belongs to no facility is not mirrored (those units are in nobody's hands that the
regulator licensed), but the rule of which lots may move guards it all the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import frappe
from frappe.utils import flt, get_datetime, now_datetime

from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.core.permissions import check_warehouses
from healthcare_erp.core.settings import get_ledger_settings
from healthcare_erp.domain.traceability.ledger import (
	MAX_BATCH,
	VOUCHER_KEY,
	Movement,
	check_posting_time,
	whole_quantity,
)
from healthcare_erp.domain.traceability.vouchers import Voucher, movement_type
from healthcare_erp.domain.vocabulary import Direction
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.books import batches, opening
from healthcare_erp.traceability.books.vouchers.rows import Facility, facility_of, voucher_of
from healthcare_erp.traceability.ledger import store
from healthcare_erp.traceability.ledger.checks import MovementChecks

RECORDS_ITSELF = ("Sales Invoice", "Stock Entry")  # vouchers with the field `national_ledger_recorded`
KEY = VOUCHER_KEY

_RECORDED = f"""SELECT {", ".join(f"movement.`{column}`" for column in store.COLUMNS)}
	FROM `tabStock Movement` movement
	LEFT JOIN `tabStock Movement` undone ON undone.reversal_of = movement.name
	WHERE movement.reference_name = %s AND movement.reference_doctype = %s AND movement.reversal_of IS NULL
	AND movement.idempotency_key LIKE '{KEY}%%' AND undone.name IS NULL"""  # nosec B608 # constants only


@named_errors()
def mirror(entry) -> None:
	"""Write one Stock Ledger Entry's batches to the ledger, in the voucher's own transaction.

	A cancelled entry undoes what its voucher wrote. Landed costs repost values, not units. Counts come as a whole
	(`counts.mirror`).

	:param entry: a submitted Stock Ledger Entry document.
	:raises: the ledger's named errors; the voucher is then not submitted.
	"""
	if entry.get("via_landed_cost_voucher") or not batches.is_medicine(entry.item_code):
		return
	if entry.is_cancelled:
		undo(entry.voucher_type, entry.voucher_no)
		opening.settle(entry.item_code, entry.voucher_type, entry.voucher_no)
	elif entry.voucher_type != "Stock Reconciliation" and not _recorded_before(entry):
		_record(entry)


def undo(voucher_type: str, voucher_no: str) -> None:
	"""Reverse what a voucher wrote and what is not reversed yet: nothing, where it wrote nothing."""
	rows = frappe.db.sql(_RECORDED, (voucher_no, voucher_type), as_dict=True)
	# In before Out: units come before they go
	write(sorted(map(_reversal, rows), key=lambda movement: (movement.direction, movement.idempotency_key)))


def write(movements: Sequence[Movement]) -> None:
	"""Record a voucher's movements for the user who posts it."""
	check_warehouses({movement.warehouse for movement in movements})
	for start in range(0, len(movements), MAX_BATCH):
		ledger.record(movements[start : start + MAX_BATCH])


def posted_at(voucher) -> datetime | None:
	"""The voucher's posting time, None for now; ERPNext itself lets later ones through.

	:raises DomainError: `posting_in_future` for a time further ahead than a clock may be.
	"""
	posted, now = get_datetime(f"{voucher.posting_date} {voucher.posting_time}"), now_datetime()
	if posted <= now:
		return posted
	check_posting_time(posted, now, get_ledger_settings().clock_tolerance)
	return None


def _record(entry) -> None:
	owner = facility_of(entry.warehouse)
	units = batches.units_of(entry)
	lots = batches.lots_of(units)
	if owner:
		batches.check_registered(entry.item_code, units, lots)
	voucher = voucher_of(entry, owner)
	movements = [_movement(entry, lot, owner, voucher, units[lot.batch]) for lot in lots.values()]
	if owner:
		write(movements)
	else:
		guard(movements)


def _movement(entry, lot: frappe._dict, owner: Facility | None, voucher: Voucher, units: float) -> Movement:
	voucher = replace(voucher, is_import=_imports(owner, lot))
	counterparty_type, counterparty = voucher.counterparty or (None, None)
	return Movement(
		movement_type=movement_type(voucher).value,
		direction=voucher.direction,
		quantity=whole_quantity(flt(abs(units), 6)),
		warehouse=entry.warehouse,
		national_lot=lot.name,
		idempotency_key=f"{KEY}{entry.name}-{lot.name}",
		posting_datetime=posted_at(entry),
		counterparty_type=counterparty_type,
		counterparty=counterparty,
		reference_doctype=entry.voucher_type,
		reference_name=entry.voucher_no,
	)


def _imports(owner: Facility | None, lot: frappe._dict) -> bool:
	return owner is not None and owner == (lot.importer_type or "Pharmacy", lot.importer)


def guard(movements: Sequence[Movement]) -> None:
	"""Only the rule of which lots may move, as their statuses are now: nobody's units are recorded."""
	lots = store.lock_lots({movement.national_lot for movement in movements})
	checks = MovementChecks({}, {}, lots, now_datetime())
	for movement in movements:
		checks.check_standing(movement, lots[movement.national_lot])


def _recorded_before(entry) -> bool:
	"""Whether the voucher posts units that the ledger has: dispensed at a counter, or sold at a till."""
	if entry.voucher_type not in RECORDS_ITSELF:
		return False
	if frappe.db.get_value(entry.voucher_type, entry.voucher_no, "national_ledger_recorded"):
		return True
	return entry.voucher_type == "Sales Invoice" and batches.sold_at_till(entry)


def _reversal(row: dict) -> Movement:
	original = store.as_movement(row)
	return Movement(
		movement_type=original.movement_type,
		direction=Direction(original.direction).opposite.value,
		quantity=original.quantity,
		warehouse=original.warehouse,
		national_lot=original.national_lot,
		idempotency_key=f"{original.idempotency_key}-reversal",
		unit_price=original.unit_price,
		counterparty_type=original.counterparty_type,
		counterparty=original.counterparty,
		reference_doctype=original.reference_doctype,
		reference_name=original.reference_name,
		reversal_of=row["name"],
	)
