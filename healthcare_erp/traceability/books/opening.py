"""A lot that is registered after its Batch has stock: the ledger takes the balances over."""

import frappe
from frappe.utils import flt, sha256_hash

from healthcare_erp.domain.ledger import Movement, whole_quantity
from healthcare_erp.domain.vocabulary import Direction, MovementType
from healthcare_erp.exceptions import named_errors
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.books.mirror import KEY

_HELD = """SELECT entry.warehouse, SUM(COALESCE(part.qty, entry.actual_qty)) AS units
FROM `tabStock Ledger Entry` entry
LEFT JOIN `tabSerial and Batch Entry` part ON part.parent = entry.serial_and_batch_bundle
JOIN `tabWarehouse` warehouse ON warehouse.name = entry.warehouse AND warehouse.healthcare_facility IS NOT NULL
WHERE entry.item_code = %(item)s AND entry.is_cancelled = 0 AND COALESCE(part.batch_no, entry.batch_no) = %(batch)s
GROUP BY entry.warehouse HAVING units <> 0 ORDER BY entry.warehouse"""


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


def _opening(lot: str, batch: str, warehouse: str, units: float) -> Movement:
	return Movement(
		movement_type=MovementType.ADJUSTMENT.value,
		direction=Direction.IN.value,
		quantity=whole_quantity(flt(units, 6)),
		warehouse=warehouse,
		national_lot=lot,
		idempotency_key=f"{KEY}opening-{lot}-{sha256_hash(warehouse)[:8]}",
		reference_doctype="Batch",
		reference_name=batch,
	)
