"""Two books, one truth about units: ERPNext's Stock Ledger Entries of National Lots, written to the ledger.

An entry in a warehouse that belongs to no facility is not mirrored (those units are in nobody's hands that
the regulator licensed), but the rule of which lots may move guards it all the same.
"""

import hashlib
from datetime import datetime

import frappe
from frappe.utils import flt, getdate, now_datetime

from healthcare_erp.domain.ledger import Movement, whole_quantity
from healthcare_erp.domain.tradability import check_may_move, effective_status
from healthcare_erp.domain.vocabulary import Direction
from healthcare_erp.domain.vouchers import BUYING, SELLING, Voucher, movement_type
from healthcare_erp.exceptions import named_errors
from healthcare_erp.permissions import check_voucher
from healthcare_erp.traceability import ledger, ledger_store

RECORDS_ITSELF = ("Sales Invoice", "Stock Entry")  # vouchers with the field `national_ledger_recorded`


@named_errors()
def mirror(entry) -> None:
	"""Write one Stock Ledger Entry's batches to the ledger, in the voucher's own transaction.

	A cancelled entry becomes reversals of what its original wrote. Landed costs repost values, not units.

	:param entry: a submitted Stock Ledger Entry document.
	:raises: the ledger's named errors; the voucher is then not submitted.
	"""
	if entry.via_landed_cost_voucher or _recorded_before(entry):
		return
	if entry.is_cancelled:
		_reverse(entry)
		return
	quantities = _quantities(entry)
	lots = _lots(quantities)
	if lots:
		_record(entry, {batch: quantities[batch] for batch in lots}, lots)


def _record(entry, quantities: dict[str, float], lots: dict[str, frappe._dict]) -> None:
	owner = _facility_of(entry.warehouse)
	voucher = _voucher(entry, owner)
	movements = []
	for batch, quantity in quantities.items():
		lot = lots[batch]
		said = Voucher(**voucher, is_import=owner == ("Pharmacy", lot.importer))
		_guard(lot, movement_type(said), said.direction)
		movements.append(_movement(entry, batch, lot, said, quantity))
	if owner:
		_write(entry, movements)


def _reverse(entry) -> None:
	"""Undo all that the voucher row wrote here; a second cancelling entry of the row finds it undone."""
	keys = [_key(entry, batch, way.value) for batch in _batches_of(entry.item_code) for way in Direction]
	rows = ledger_store.rows_by_key(keys).values() if keys else ()
	reversals = [_reversal(row) for row in rows]
	if reversals:
		_write(
			entry, sorted(reversals, key=lambda m: m.direction)
		)  # In before Out: units come before they go


def _write(entry, movements: list[Movement]) -> None:
	check_voucher(entry.warehouse)
	ledger.record(movements)


def _reversal(row: dict) -> Movement:
	original = ledger_store.as_movement(row)
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


def _movement(entry, batch: str, lot: frappe._dict, voucher: Voucher, quantity: float) -> Movement:
	counterparty_type, counterparty = voucher.counterparty or (None, None)
	return Movement(
		movement_type=movement_type(voucher).value,
		direction=voucher.direction,
		quantity=whole_quantity(flt(abs(quantity), 6)),
		warehouse=entry.warehouse,
		national_lot=lot.name,
		idempotency_key=_key(entry, batch, voucher.direction),
		posting_datetime=_posted_at(entry),
		counterparty_type=counterparty_type,
		counterparty=counterparty,
		reference_doctype=entry.voucher_type,
		reference_name=entry.voucher_no,
	)


def _guard(lot: frappe._dict, kind: str, direction: str) -> None:
	status = effective_status(lot.status, lot.expiry_date, getdate())
	check_may_move(lot.name, status, lot.medicine_status, kind, direction)


def _quantities(entry) -> dict[str, float]:
	"""Units (signed) per Batch: from the bundle, or from the entry's own batch field."""
	if entry.serial_and_batch_bundle:
		rows = frappe.get_all(
			"Serial and Batch Entry",
			filters={"parent": entry.serial_and_batch_bundle, "batch_no": ("is", "set")},
			fields=["batch_no", "sum(qty) as units"],
			group_by="batch_no",
			as_list=True,
		)
		return dict(rows)
	return {entry.batch_no: entry.actual_qty} if entry.batch_no else {}


def _batches_of(item: str) -> list[str]:
	"""Every lot's Batch of an Item: the entries that ERPNext writes on cancelling may name no batch at all."""
	return frappe.db.sql_list(
		"""SELECT lot.batch FROM `tabNational Medicine` medicine
		JOIN `tabNational Lot` lot ON lot.national_medicine = medicine.name
		WHERE medicine.item = %s AND lot.batch IS NOT NULL ORDER BY lot.batch""",
		item,
	)


def _lots(batches: dict[str, float]) -> dict[str, frappe._dict]:
	if not batches:
		return {}
	rows = frappe.db.sql(
		"""SELECT lot.name, lot.batch, lot.status, lot.expiry_date, lot.importer, medicine.status AS medicine_status
		FROM `tabNational Lot` lot
		JOIN `tabNational Medicine` medicine ON medicine.name = lot.national_medicine
		WHERE lot.batch IN %s""",
		(tuple(batches),),
		as_dict=True,
	)
	return {row.batch: row for row in rows}


def _recorded_before(entry) -> bool:
	"""Whether the voucher posts units that the ledger has (dispensed at a counter, posted at end of day)."""
	return entry.voucher_type in RECORDS_ITSELF and bool(
		frappe.db.get_value(entry.voucher_type, entry.voucher_no, "national_ledger_recorded")
	)


def _voucher(entry, owner: tuple[str, str] | None) -> dict:
	said = {
		"voucher_type": entry.voucher_type,
		"direction": (Direction.IN if entry.actual_qty > 0 else Direction.OUT).value,
	}
	if entry.voucher_type == "Stock Entry":
		return said | _transfer(entry, owner)
	if entry.voucher_type in BUYING | SELLING:
		party = "supplier" if entry.voucher_type in BUYING else "customer"
		values = frappe.db.get_value(entry.voucher_type, entry.voucher_no, [party, "is_return"], as_dict=True)
		return said | {"is_return": bool(values.is_return), "counterparty": _party(party, values[party])}
	return said


def _transfer(entry, owner: tuple[str, str] | None) -> dict:
	row = frappe.db.get_value(
		"Stock Entry Detail", entry.voucher_detail_no, ["s_warehouse", "t_warehouse"], as_dict=True
	)
	other = (row.s_warehouse if entry.actual_qty > 0 else row.t_warehouse) if row else None
	counterparty = _facility_of(other) if other and owner else None
	return {"is_transfer": bool(other), "counterparty": counterparty}


def _facility_of(warehouse: str) -> tuple[str, str] | None:
	kind, name = frappe.get_cached_value(
		"Warehouse", warehouse, ["healthcare_facility_type", "healthcare_facility"]
	)
	return (kind, name) if name else None


def _party(field: str, value: str) -> tuple[str, str] | None:
	"""The facility that buys as this Customer or sells as this Supplier."""
	for facility_type in ("Pharmacy", "Public Facility") if field == "customer" else ("Pharmacy",):
		name = frappe.db.get_value(facility_type, {field: value})
		if name:
			return facility_type, name
	return None


def _posted_at(entry) -> datetime | None:
	"""The voucher's posting time; a time later today, which ERPNext lets through, counts as now."""
	posted = frappe.utils.get_datetime(f"{entry.posting_date} {entry.posting_time}")
	return posted if posted <= now_datetime() else None


def _key(entry, batch: str, direction: str) -> str:
	parts = (entry.voucher_type, entry.voucher_no, entry.voucher_detail_no, entry.warehouse, batch, direction)
	return "SLE-" + hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:40]
