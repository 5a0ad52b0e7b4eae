"""ERPNext vouchers of National Lots, as drafts: parties, items and batches as their users would enter them."""

import frappe
from frappe.utils import flt

from healthcare_erp.core.settings import get_company
from healthcare_erp.medicine_registry import items
from healthcare_erp.tests.factories import hash_, make


def customer(facility=None) -> str:
	"""A Customer; the facility buys as it."""
	name = make("Customer", customer_name=f"Customer {hash_()}").name
	if facility:
		facility.db_set("customer", name)
	return name


def supplier(facility=None) -> str:
	"""A Supplier; the facility sells as it."""
	name = make("Supplier", supplier_name=f"Supplier {hash_()}").name
	if facility:
		facility.db_set("supplier", name)
	return name


def warehouse(**values) -> str:
	"""A warehouse that belongs to no facility."""
	return make("Warehouse", warehouse_name=f"Stores {hash_()}", company=get_company(), **values).name


def internal_party(doctype: str, company: str) -> str:
	"""A Customer or Supplier that stands for the company itself."""
	kind = doctype.lower()
	name = make(doctype, **{f"{kind}_name": f"Internal {hash_()}"}).name
	values = {f"is_internal_{kind}": 1, "represents_company": company}
	doc = frappe.get_doc(doctype, name).update(values)
	doc.append("companies", {"company": company})
	return doc.save().name


def item_row(lot, quantity: float, bundle: bool = False, **values) -> dict:
	"""A voucher row of a lot's Batch: in the row's own batch field, or in a Serial and Batch Bundle."""
	row = {"item_code": items.ensure_item(lot.national_medicine), "qty": quantity, **values}
	if bundle:
		place = values.get("warehouse") or values.get("s_warehouse") or values.get("t_warehouse")
		outward = "s_warehouse" in values or bundle == "Outward"
		return row | {"serial_and_batch_bundle": batch_bundle([(lot, quantity)], place, outward)}
	return row | {"use_serial_batch_fields": 1, "batch_no": lot.batch}


def batch_bundle(parts: list[tuple], place: str, outward: bool, voucher: str = "Delivery Note") -> str:
	"""A draft Serial and Batch Bundle of (lot, quantity) pairs."""
	sign = -1 if outward else 1
	return make(
		"Serial and Batch Bundle",
		company=get_company(),
		item_code=items.ensure_item(parts[0][0].national_medicine),
		warehouse=place,
		type_of_transaction="Outward" if outward else "Inward",
		voucher_type=voucher,
		has_batch_no=1,
		entries=[
			{"batch_no": lot.batch, "qty": sign * quantity, "warehouse": place, "incoming_rate": 10}
			for lot, quantity in parts
		],
	).name


def purchase_receipt(lot, quantity: float, place: str, seller: str | None = None, **values):
	row = item_row(lot, quantity, warehouse=place, rate=10)
	return _voucher("Purchase Receipt", [row], supplier=seller or supplier(), **values)


def delivery_note(lot, quantity: float, place: str, buyer: str | None = None, bundle=False, **values):
	row = item_row(lot, quantity, bundle and "Outward", warehouse=place, rate=10)
	return _voucher("Delivery Note", [row], customer=buyer or customer(), **values)


def sales_invoice(lot, quantity: float, place: str, buyer: str | None = None, bundle=False, **values):
	row = item_row(lot, quantity, bundle and "Outward", warehouse=place, rate=10)
	values = {"update_stock": 1} | values
	return _voucher("Sales Invoice", [row], customer=buyer or customer(), **values)


def stock_entry(purpose: str, lot, quantity: float, source=None, target=None, bundle=False, **values):
	places = {"s_warehouse": source, "t_warehouse": target}
	row = item_row(lot, quantity, bundle, **{k: v for k, v in places.items() if v}, basic_rate=10)
	return _voucher("Stock Entry", [row], stock_entry_type=purpose, **values)


def stock_reconciliation(lot, quantity: float, place: str, rate: float = 10, **values):
	row = item_row(lot, quantity, warehouse=place, valuation_rate=rate)
	return _voucher("Stock Reconciliation", [row], purpose="Stock Reconciliation", **values)


def repost() -> None:
	"""ERPNext's reposting jobs, as its scheduler runs them: after the vouchers, one by one.

	(ERPNext would run them inside the voucher's own submission in tests, which reads documents half written.)
	"""
	from erpnext.stock.doctype.repost_item_valuation import repost_item_valuation

	waiting = {"docstatus": 1, "status": ("in", ("Queued", "In Progress"))}
	names = frappe.get_all(
		"Repost Item Valuation",
		waiting,
		order_by="timestamp(posting_date, posting_time), creation",
		pluck="name",
	)
	for name in names:
		frappe.clear_document_cache("Stock Reconciliation")  # names come again after a rollback
		frappe.db.savepoint("repost")
		try:
			repost_item_valuation.repost(frappe.get_doc("Repost Item Valuation", name))
		except ZeroDivisionError:  # ERPNext's own, of a count that meets no stock; its scheduler rolls back
			frappe.db.rollback(save_point="repost")
			frappe.db.set_value("Repost Item Valuation", name, "status", "Failed")


def at(moment) -> dict:
	"""The posting time of a voucher."""
	return {"set_posting_time": 1, "posting_date": moment.date(), "posting_time": moment.time()}


def batch(lot, name: str | None = None) -> str:
	"""A Batch of the lot's Item that somebody made by hand."""
	item, expiry_date = items.ensure_item(lot.national_medicine), lot.expiry_date
	return make("Batch", batch_id=name or hash_(), item=item, expiry_date=expiry_date).name


def stock_in_books(lot, place: str) -> float:
	"""Units of a lot's Batch that ERPNext's own ledger has in a warehouse, disabled or not."""
	[[units]] = frappe.db.sql(
		"""SELECT SUM(COALESCE(part.qty, entry.actual_qty)) FROM `tabStock Ledger Entry` entry
		LEFT JOIN `tabSerial and Batch Entry` part ON part.parent = entry.serial_and_batch_bundle
		WHERE entry.warehouse = %s AND entry.is_cancelled = 0
		AND COALESCE(part.batch_no, entry.batch_no) = %s""",
		(place, lot.batch),
	)
	return flt(units)


def _voucher(doctype: str, rows: list[dict], **values):
	doc = frappe.get_doc({"doctype": doctype, "company": get_company(), "items": rows, **values})
	return doc.insert()
