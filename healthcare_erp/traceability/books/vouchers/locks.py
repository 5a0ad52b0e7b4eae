"""The ledger's locks of an ERPNext voucher: all of them, in the ledger's order, before its first stock entry.

ERPNext writes a voucher entry by entry, and the mirror records each. Were the locks taken one by one with them, two
vouchers A to B and B to A would hold what the other needs, and a voucher cannot be tried again in the middle.
"""

from collections.abc import Collection

import frappe

from healthcare_erp.core.transactions import busy_when_lost
from healthcare_erp.traceability.ledger import store

_FACILITY_WAREHOUSES = """SELECT name FROM `tabWarehouse`
	WHERE name IN %(warehouses)s AND healthcare_facility > ''
		AND EXISTS (SELECT name FROM `tabNational Medicine` WHERE item IN %(items)s)"""
_LOTS = """SELECT name FROM `tabNational Lot` WHERE batch IN %(batches)s
	UNION SELECT lot.name FROM `tabSerial and Batch Entry` entry JOIN `tabNational Lot` lot ON lot.batch = entry.batch_no
	WHERE entry.parent IN %(bundles)s"""


@busy_when_lost()
def lock_voucher(voucher) -> None:
	"""Lock the facilities' warehouses and the lots that a voucher names, if it names any medicine's Item.

	A batch that ERPNext picks while it submits is share-locked when its entry is recorded.

	:param voucher: a document of a DocType that writes Stock Ledger Entries, about to be submitted or cancelled.
	:raises LedgerBusyError: HTTP 409, where others hold them for too long.
	"""
	if voucher.meta.has_field("update_stock") and not voucher.update_stock:
		return
	warehouses = _facility_warehouses(_linked(voucher, "Warehouse"), _linked(voucher, "Item"))
	if warehouses:
		store.lock_warehouses(warehouses)
		store.lock_lots(_lots(_linked(voucher, "Batch"), _linked(voucher, "Serial and Batch Bundle")))


def _linked(voucher, doctype: str) -> set[str]:
	"""Every name of this DocType that the voucher or a row of it links to."""
	documents = [voucher, *voucher.get_all_children()]
	names = {
		document.get(field.fieldname)
		for document in documents
		for field in document.meta.get_link_fields()
		if field.options == doctype
	}
	return names - {None, ""}


def _facility_warehouses(warehouses: Collection[str], items: Collection[str]) -> list[str]:
	if not warehouses or not items:
		return []
	return frappe.db.sql_list(_FACILITY_WAREHOUSES, {"warehouses": tuple(warehouses), "items": tuple(items)})


def _lots(batches: Collection[str], bundles: Collection[str]) -> list[str]:
	return frappe.db.sql_list(_LOTS, {"batches": tuple(batches) or ("",), "bundles": tuple(bundles) or ("",)})
