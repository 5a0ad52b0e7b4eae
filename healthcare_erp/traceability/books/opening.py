"""A lot that is registered after its Batch has stock: the ledger takes the balances over."""

from datetime import datetime

import frappe
from frappe.utils import flt, sha256_hash
from ulid import ULID

from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.domain.traceability.ledger import REPOST_KEY, VOUCHER_KEY, Movement, whole_quantity
from healthcare_erp.domain.vocabulary import Direction, MovementType
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.books import comparison

OPENING_KEY = f"{VOUCHER_KEY}opening-"

_HELD = """SELECT entry.warehouse, SUM(COALESCE(part.qty, entry.actual_qty)) AS units
FROM `tabStock Ledger Entry` entry
LEFT JOIN `tabSerial and Batch Entry` part ON part.parent = entry.serial_and_batch_bundle
JOIN `tabWarehouse` warehouse ON warehouse.name = entry.warehouse AND warehouse.healthcare_facility IS NOT NULL
WHERE entry.item_code = %(item)s AND entry.is_cancelled = 0 AND COALESCE(part.batch_no, entry.batch_no) = %(batch)s
GROUP BY entry.warehouse HAVING units <> 0 ORDER BY entry.warehouse"""


# Positions of an Item's lots that began with an opening balance, and when it was written.
_OPENED = """SELECT movement.warehouse, movement.national_lot, movement.creation FROM `tabBatch` batch
JOIN `tabStock Movement` movement ON movement.reference_name = batch.name AND movement.reference_doctype = 'Batch'
WHERE batch.item = %s AND movement.idempotency_key LIKE %s"""


@named_errors()
def take_over(lot: str, batch: str) -> None:
	"""Record what ERPNext holds of a lot's Batch in facilities as opening balances, which name the Batch.

	:raises: the ledger's named errors (a fraction, less than nothing, a medicine that is Blocked).
	"""
	item = frappe.db.get_value("Batch", batch, "item")
	movements = [
		_opening(lot, batch, row.warehouse, row.units)
		for row in frappe.db.sql(_HELD, {"item": item, "batch": batch}, as_dict=True)
	]
	if movements:
		ledger.record(movements)


def opened(item_code: str) -> dict[tuple[str, str], datetime]:
	"""(warehouse, lot) -> when the ledger took its balance over, of the lots of an Item."""
	rows = frappe.db.sql(_OPENED, (item_code, f"{OPENING_KEY}%"))
	return {(warehouse, lot): creation for warehouse, lot, creation in rows}


def settle(item_code: str, voucher_type: str, voucher_no: str) -> None:
	"""Bring positions that began with an opening to ERPNext's units: an older voucher, which is inside the opening, was
	cancelled or reposted."""
	movements = []
	for warehouse, lot in sorted(opened(item_code)):
		if beyond := comparison.unexplained(warehouse, lot):
			movements.append(_settling(voucher_type, voucher_no, warehouse, lot, beyond))
	if movements:
		ledger.record(movements)


def _settling(voucher_type: str, voucher_no: str, warehouse: str, lot: str, beyond: float) -> Movement:
	return Movement(
		movement_type=MovementType.ADJUSTMENT.value,
		direction=(Direction.OUT if beyond > 0 else Direction.IN).value,
		quantity=whole_quantity(flt(abs(beyond), 6)),
		warehouse=warehouse,
		national_lot=lot,
		idempotency_key=f"{REPOST_KEY}{ULID()}",
		reference_doctype=voucher_type,
		reference_name=voucher_no,
	)


def _opening(lot: str, batch: str, warehouse: str, units: float) -> Movement:
	return Movement(
		movement_type=MovementType.ADJUSTMENT.value,
		direction=Direction.IN.value,
		quantity=whole_quantity(flt(units, 6)),
		warehouse=warehouse,
		national_lot=lot,
		idempotency_key=f"{OPENING_KEY}{lot}-{sha256_hash(warehouse)[:8]}",
		reference_doctype="Batch",
		reference_name=batch,
	)
