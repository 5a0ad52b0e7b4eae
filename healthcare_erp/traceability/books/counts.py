"""Stock Reconciliations: the net of each lot, as it was counted and as ERPNext's reposting leaves it.

ERPNext posts a row as all out, then all in, and rewrites the row when an earlier voucher comes late. The ledger is
told the difference between what the count moved and what it says that the count moved, each time.
"""

from collections.abc import Collection
from datetime import datetime

import frappe
from frappe.utils import flt, sha256_hash

from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.domain.traceability.ledger import REPOST_KEY, Movement, whole_quantity
from healthcare_erp.domain.vocabulary import Direction, MovementType
from healthcare_erp.traceability.books import batches, opening
from healthcare_erp.traceability.books.mirror import KEY, posted_at, write
from healthcare_erp.traceability.books.vouchers.rows import facility_of

COUNT = "Stock Reconciliation"

# Units that ERPNext says the count moved, by warehouse and batch of a registered medicine's Item.
_COUNTED = """SELECT entry.warehouse, COALESCE(part.batch_no, entry.batch_no) AS batch, entry.item_code,
	SUM(COALESCE(part.qty, entry.actual_qty)) AS units
FROM `tabStock Ledger Entry` entry
JOIN `tabNational Medicine` medicine ON medicine.item = entry.item_code
LEFT JOIN `tabSerial and Batch Entry` part ON part.parent = entry.serial_and_batch_bundle
WHERE entry.voucher_no = %(count)s AND entry.voucher_type = 'Stock Reconciliation' AND entry.is_cancelled = 0
GROUP BY entry.warehouse, batch, entry.item_code"""

_RECORDED = f"""SELECT warehouse, national_lot, SUM(IF(direction = 'In', quantity, -quantity)), COUNT(*)
FROM `tabStock Movement`
WHERE reference_name = %(count)s AND reference_doctype = 'Stock Reconciliation' AND idempotency_key LIKE '{KEY}%%'
GROUP BY warehouse, national_lot LOCK IN SHARE MODE"""  # nosec B608 # constants only

_REPOSTED = """SELECT count.voucher_no FROM `tabStock Ledger Entry` count
WHERE count.voucher_type = 'Stock Reconciliation' AND count.item_code IN %(items)s
AND count.posting_datetime >= %(since)s AND count.docstatus = 1
GROUP BY count.voucher_no ORDER BY MIN(count.posting_datetime)"""


@named_errors()
def mirror(count: str) -> None:
	"""Bring what the ledger says of a Stock Reconciliation to what ERPNext says of it, lot by lot.

	:raises: the ledger's named errors, UnregisteredBatchError.
	"""
	_write(_changes(count))


@named_errors()
def mirror_reposted(items: Collection[str], since: datetime) -> None:
	"""The counts of these Items that ERPNext may have rewritten because a voucher came late.

	What one count gives, the next may take: their changes are written together.

	:param since: the posting time from which it reposted.
	"""
	counts = frappe.db.sql_list(_REPOSTED, {"items": tuple(items), "since": since}) if items else ()
	_write([change for count in counts for change in _changes(count)])
	for item in items if counts else ():
		opening.settle(item, COUNT, counts[-1])


def _write(changes: list[Movement]) -> None:
	write(
		sorted(changes, key=lambda movement: movement.direction)
	)  # In before Out: units come before they go


def _changes(count: str) -> list[Movement]:
	recorded = {(row[0], row[1]): row[2:] for row in frappe.db.sql(_RECORDED, {"count": count})}
	voucher = frappe.db.get_value(COUNT, count, ["name", "posting_date", "posting_time"], as_dict=True)
	movements = []
	for (warehouse, lot), units in _counted(count, recorded).items():
		if (warehouse, lot) not in recorded and _inside_opening(count, warehouse, lot):
			continue
		before, times = recorded.get((warehouse, lot), (0, 0))
		if change := flt(units - float(before), 6):
			movements.append(_movement(voucher, warehouse, lot, change, times))
	return movements


def _inside_opening(count: str, warehouse: str, lot: str) -> bool:
	"""Whether the ledger took the balance over, count and all, when the lot was registered."""
	item = frappe.db.get_value("Batch", frappe.db.get_value("National Lot", lot, "batch"), "item")
	since = opening.opened(item).get((warehouse, lot))
	return bool(since and frappe.db.get_value(COUNT, count, "creation") < since)


def _counted(count: str, recorded: Collection[tuple[str, str]]) -> dict[tuple[str, str], float]:
	"""Units by (warehouse, lot) of facilities; zero for what the ledger has and ERPNext has not."""
	rows = [
		row for row in frappe.db.sql(_COUNTED, {"count": count}, as_dict=True) if facility_of(row.warehouse)
	]
	lots = batches.lots_of({row.batch for row in rows if row.batch})
	counted = dict.fromkeys(recorded, 0.0)
	for row in rows:
		if row.units:
			batches.check_registered(row.item_code, [row.batch] if row.batch else [], lots)
		if row.batch in lots:
			counted[row.warehouse, lots[row.batch].name] = float(row.units)
	return counted


def _movement(voucher, warehouse: str, lot: str, change: float, times: int) -> Movement:
	"""The key counts what was written before: two that bring the same news write it once."""
	return Movement(
		movement_type=MovementType.ADJUSTMENT.value,
		direction=(Direction.IN if change > 0 else Direction.OUT).value,
		quantity=whole_quantity(abs(change)),
		warehouse=warehouse,
		national_lot=lot,
		idempotency_key=f"{REPOST_KEY if times else KEY}{voucher.name}-{lot}-{times}-{sha256_hash(warehouse)[:8]}",
		posting_datetime=posted_at(voucher),
		reference_doctype=COUNT,
		reference_name=voucher.name,
	)
