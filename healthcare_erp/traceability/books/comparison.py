"""The two books compared: what the ledger holds of each lot in each facility, and what ERPNext holds of its Batch."""

from typing import NamedTuple

import frappe
from frappe.utils import flt

from healthcare_erp.domain.traceability.ledger import VOUCHER_KEY as KEY

SHOWN = 1_000

# Facilities' warehouses that keep ERPNext stock of medicines, by lot: what ERPNext has, and what of it was in the
# ledger before its voucher came.
_ERPNEXT = """SELECT entry.warehouse, lot.name AS lot, SUM(COALESCE(part.qty, entry.actual_qty)) AS units,
	SUM(IF(invoice.national_ledger_recorded = 1 OR stock_entry.national_ledger_recorded = 1,
		COALESCE(part.qty, entry.actual_qty), 0)) AS recorded_before
FROM `tabStock Ledger Entry` entry
LEFT JOIN `tabSerial and Batch Entry` part ON part.parent = entry.serial_and_batch_bundle
JOIN `tabNational Lot` lot ON lot.batch = COALESCE(part.batch_no, entry.batch_no)
JOIN `tabWarehouse` warehouse ON warehouse.name = entry.warehouse AND warehouse.healthcare_facility IS NOT NULL
LEFT JOIN `tabSales Invoice` invoice
	ON entry.voucher_type = 'Sales Invoice' AND invoice.name = entry.voucher_no
LEFT JOIN `tabStock Entry` stock_entry
	ON entry.voucher_type = 'Stock Entry' AND stock_entry.name = entry.voucher_no
WHERE entry.is_cancelled = 0 AND {condition} GROUP BY entry.warehouse, lot.name"""

# The ledger's own: all of it, and the part that no ERPNext voucher has posted (reported by the API, sold at a till
# whose shift is open).
_LEDGER = f"""SELECT movement.warehouse, movement.national_lot AS lot,
	SUM(IF(movement.direction = 'In', 1, -1) * movement.quantity) AS units,
	SUM(IF(LEFT(movement.idempotency_key, {len(KEY)}) <> '{KEY}' OR COALESCE(sale.consolidated_invoice, '') = '' AND sale.docstatus = 1,
		IF(movement.direction = 'In', 1, -1) * movement.quantity, 0)) AS not_posted
FROM `tabStock Movement` movement
LEFT JOIN `tabPOS Invoice` sale
	ON movement.reference_doctype = 'POS Invoice' AND sale.name = movement.reference_name
WHERE movement.warehouse IN (SELECT DISTINCT warehouse FROM `tabStock Ledger Entry`) AND {{condition}}
GROUP BY movement.warehouse, movement.national_lot"""  # nosec B608 # constants only


class Difference(NamedTuple):
	"""One lot in one warehouse. `not_posted` of the ledger's units wait for an ERPNext voucher; the rest of the
	difference is nobody's: `books_differ`."""

	code: str
	warehouse: str
	national_lot: str
	ledger: int
	erpnext: float
	not_posted: int


def compare() -> dict:
	"""Compare both books for every lot and every facility's warehouse that keeps ERPNext stock.

	:returns: `{ok, positions, differences: [{code, warehouse, national_lot, ledger, erpnext, not_posted}]}`, units;
		`ok` where no difference is a `books_differ`. At most `SHOWN` are named, those first.
	"""
	ledger, erpnext = _books("1 = 1", "1 = 1", {})
	positions = sorted(set(ledger) | set(erpnext))
	found = [_difference(position, ledger, erpnext) for position in positions]
	differences = sorted(filter(None, found), key=lambda difference: difference.code)
	return {
		"ok": not any(difference.code == "books_differ" for difference in differences),
		"positions": len(positions),
		"differences": [difference._asdict() for difference in differences[:SHOWN]],
	}


def unexplained(warehouse: str, lot: str) -> float:
	"""Units that the ledger has of a lot in a warehouse beyond ERPNext's, those left out that wait for a voucher."""
	values = {"warehouse": warehouse, "lot": lot}
	conditions = [
		f"{table}.warehouse = %(warehouse)s AND {column} = %(lot)s"
		for table, column in (("movement", "movement.national_lot"), ("entry", "lot.name"))
	]
	difference = _difference((warehouse, lot), *_books(*conditions, values))
	return difference.ledger - difference.erpnext - difference.not_posted if difference else 0


def _books(ledger: str, erpnext: str, values: dict) -> tuple[dict, dict]:
	"""Position -> (units, of these not posted) in the ledger, -> (units, recorded before) in ERPNext."""
	recorded = frappe.db.sql(_LEDGER.format(condition=ledger), values)
	booked = frappe.db.sql(_ERPNEXT.format(condition=erpnext), values)
	return (
		{(row[0], row[1]): (int(row[2]), int(row[3])) for row in recorded},
		{(row[0], row[1]): (flt(row[2], 6), flt(row[3], 6)) for row in booked},
	)


def _difference(position: tuple[str, str], ledger: dict, erpnext: dict) -> Difference | None:
	(held, by_others), (booked, recorded_before) = (book.get(position, (0, 0)) for book in (ledger, erpnext))
	not_posted = flt(by_others - recorded_before, 6)
	unexplained = flt(held - booked - not_posted, 6)
	if not unexplained and not not_posted:
		return None
	code = "books_differ" if unexplained else "not_posted"
	return Difference(code, *position, held, _plain(booked), _plain(not_posted))


def _plain(units: float) -> float:
	return int(units) if units == int(units) else units


def sentence(difference: dict) -> str:
	"""A difference as a line for people."""
	return frappe._(
		"{code}: {national_lot} in {warehouse}: the ledger has {ledger}, ERPNext {erpnext}; not posted yet: {not_posted}"
	).format(**difference)
