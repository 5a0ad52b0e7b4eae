"""ERPNext's tills: a POS Invoice's units leave when they are sold, not when the shift is closed.

ERPNext writes no Stock Ledger Entry before POS Closing, whose consolidated Sales Invoice posts these units to its own
book; the mirror knows them (`batches.sold_at_till`).
"""

from collections.abc import Iterator

import frappe
from frappe.utils import flt

from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.traceability.ledger import Movement, whole_quantity
from healthcare_erp.domain.traceability.vouchers import Voucher, movement_type
from healthcare_erp.domain.vocabulary import Direction
from healthcare_erp.traceability.books import batches
from healthcare_erp.traceability.books.mirror import KEY, guard, posted_at, write
from healthcare_erp.traceability.books.vouchers.rows import facility_of, facility_of_party


@named_errors()
def record(invoice) -> None:
	"""Record what a submitted POS Invoice sold or took back.

	:raises: the ledger's named errors, UnregisteredBatchError; the invoice is then not submitted.
	"""
	way = Direction.IN if invoice.is_return else Direction.OUT
	voucher = Voucher(
		invoice.doctype,
		way.value,
		is_return=bool(invoice.is_return),
		counterparty=facility_of_party("customer", invoice.customer),
	)
	movements = [movement for row in _stock_rows(invoice) for movement in _movements(invoice, row, voucher)]
	if invoice.update_stock:
		write(movements)
	else:  # ERPNext moves no units: the till hands them out all the same
		guard(movements)


def _stock_rows(invoice) -> Iterator:
	"""Rows of registered medicines in facilities' warehouses.

	:raises DomainError: `kit_at_till`: ERPNext chooses the batches of a Product Bundle when the shift is closed.
	"""
	for row in invoice.items:
		if not facility_of(row.warehouse):
			continue
		if batches.is_medicine(row.item_code):
			yield row
		elif medicine := batches.medicine_in_bundle(row.item_code):
			raise DomainError("kit_at_till", item=row.item_code, medicine=medicine)


def _movements(invoice, row, voucher: Voucher) -> Iterator[Movement]:
	units = _units_of(row)
	lots = batches.lots_of(units)
	batches.check_registered(row.item_code, units, lots)
	counterparty_type, counterparty = voucher.counterparty or (None, None)
	for lot in lots.values():
		yield Movement(
			movement_type=movement_type(voucher).value,
			direction=voucher.direction,
			quantity=whole_quantity(flt(abs(units[lot.batch]), 6)),
			warehouse=row.warehouse,
			national_lot=lot.name,
			idempotency_key=f"{KEY}{row.name}-{lot.name}",
			posting_datetime=posted_at(invoice),
			counterparty_type=counterparty_type,
			counterparty=counterparty,
			reference_doctype=invoice.doctype,
			reference_name=invoice.name,
		)


def _units_of(row) -> dict[str, float]:
	bundle = frappe.db.get_value(row.doctype, row.name, "serial_and_batch_bundle")
	if bundle:
		return batches.units_of_bundle(bundle)
	return {row.batch_no: row.get("stock_qty") or row.qty} if row.batch_no else {}
