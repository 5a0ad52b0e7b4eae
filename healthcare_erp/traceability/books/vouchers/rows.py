"""What an ERPNext voucher says of one Stock Ledger Entry: the other warehouse, and the facility at the other end."""

from typing import NamedTuple

import frappe

from healthcare_erp.domain.traceability.vouchers import BUYING, SELLING, Voucher
from healthcare_erp.domain.vocabulary import Direction

Facility = tuple[str, str]
TRANSIT = "Transit"  # ERPNext's warehouse type


class _Row(NamedTuple):
	"""A voucher row's two warehouses as this entry sees them, and what links it to the voucher before it."""

	other: str | None = None
	origin: tuple[str, str] | None = None  # (child DocType, name) of the row that sent the goods in transit
	sent_on: bool = False  # the voucher is one of two legs
	comes_home: bool = False  # a return of goods in transit to their sender


def voucher_of(entry, owner: Facility | None) -> Voucher:
	"""The voucher as the ledger's rules take it.

	:param entry: a Stock Ledger Entry; `owner`: the facility of its warehouse.
	"""
	said = {
		"voucher_type": entry.voucher_type,
		"direction": (Direction.IN if entry.actual_qty > 0 else Direction.OUT).value,
	}
	if entry.voucher_type == "Stock Entry":
		return Voucher(**said, **_between(_stock_entry_row(entry), owner))
	if entry.voucher_type not in BUYING | SELLING:
		return Voucher(**said)
	party = "supplier" if entry.voucher_type in BUYING else "customer"
	fields = [party, "is_return", f"is_internal_{party}"]
	values = frappe.db.get_value(entry.voucher_type, entry.voucher_no, fields, as_dict=True)
	said |= {"is_return": bool(values.is_return), "counterparty": facility_of_party(party, values[party])}
	row = (_bought_row if entry.voucher_type in BUYING else _sold_row)(entry, bool(values[fields[2]]))
	row = row._replace(comes_home=bool(values.is_return) and entry.actual_qty > 0)
	return Voucher(**said | (_between(row, owner, said["counterparty"]) if row.other else {}))


def facility_of(warehouse: str | None) -> Facility | None:
	"""The facility that a warehouse belongs to, as (type, name)."""
	if not warehouse:
		return None
	kind, name = frappe.get_cached_value(
		"Warehouse", warehouse, ["healthcare_facility_type", "healthcare_facility"]
	)
	return (kind, name) if name else None


def facility_of_party(field: str, value: str) -> Facility | None:
	"""The facility that buys as this Customer or sells as this Supplier."""
	for facility_type in ("Pharmacy", "Public Facility"):
		name = frappe.db.get_value(facility_type, {field: value})
		if name:
			return facility_type, name
	return None


def _between(row: _Row, owner: Facility | None, party: Facility | None = None) -> dict:
	"""A move from warehouse to warehouse; where one is a station on the way, the party or the sender is known."""
	other = facility_of(row.other)
	in_transit = bool(row.other and not other and (row.sent_on or _is_transit(row.other)))
	if in_transit and owner:
		other = owner if row.comes_home else _sender(row.origin) or party
	return {
		"is_transfer": bool(row.other),
		"is_internal": bool(owner and other == owner and not in_transit),
		"in_transit": in_transit and owner is not None,
		"counterparty": other if owner else None,
	}


def _stock_entry_row(entry) -> _Row:
	row = frappe.db.get_value(
		"Stock Entry Detail",
		entry.voucher_detail_no,
		["s_warehouse", "t_warehouse", "ste_detail"],
		as_dict=True,
	)
	if not row:
		return _Row()
	legs = frappe.db.get_value("Stock Entry", entry.voucher_no, ["add_to_transit", "outgoing_stock_entry"])
	origin = ("Stock Entry Detail", row.ste_detail) if row.ste_detail and entry.actual_qty > 0 else None
	return _Row(row.s_warehouse if entry.actual_qty > 0 else row.t_warehouse, origin, any(legs))


def _sold_row(entry, is_internal: bool) -> _Row:
	fields = ["warehouse", "target_warehouse"]
	row = frappe.db.get_value(f"{entry.voucher_type} Item", entry.voucher_detail_no, fields, as_dict=True)
	if not row or not row.target_warehouse:
		return _Row()
	other = row.warehouse if entry.warehouse == row.target_warehouse else row.target_warehouse
	return _Row(other, None, is_internal)


def _bought_row(entry, is_internal: bool) -> _Row:
	child = f"{entry.voucher_type} Item"
	before = "delivery_note_item" if entry.voucher_type == "Purchase Receipt" else "sales_invoice_item"
	fields = ["warehouse", "from_warehouse", before]
	row = frappe.db.get_value(child, entry.voucher_detail_no, fields, as_dict=True)
	if not row or not row.from_warehouse:
		return _Row()
	sender = before.removesuffix("_item").replace("_", " ").title() + " Item"
	if entry.warehouse == row.from_warehouse:
		return _Row(row.warehouse, None, is_internal)
	return _Row(row.from_warehouse, (sender, row[before]) if row[before] else None, is_internal)


def _sender(origin: tuple[str, str] | None) -> Facility | None:
	if not origin:
		return None
	child, name = origin
	field = "s_warehouse" if child == "Stock Entry Detail" else "warehouse"
	return facility_of(frappe.db.get_value(child, name, field))


def _is_transit(warehouse: str) -> bool:
	return frappe.get_cached_value("Warehouse", warehouse, "warehouse_type") == TRANSIT
