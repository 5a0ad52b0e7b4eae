"""ERPNext's Item and Batch for registered medicines and lots."""

import frappe

from healthcare_erp.settings import get_settings


def ensure_batch(lot) -> str:
	"""The lot's Batch, made where it is missing. Its ID is the lot's name: lot numbers repeat across makers.

	:param lot: a National Lot document.
	:returns: the Batch's name.
	"""
	if frappe.db.exists("Batch", lot.name):
		return lot.name
	batch = frappe.get_doc(
		{
			"doctype": "Batch",
			"batch_id": lot.name,
			"item": ensure_item(lot.national_medicine),
			"manufacturing_date": lot.manufacture_date,
			"expiry_date": lot.expiry_date,
			"disabled": int(lot.status != "Active"),
			"reference_doctype": lot.doctype,
			"reference_name": lot.name,
		}
	)
	return batch.insert(ignore_permissions=True).name


def ensure_item(medicine: str) -> str:
	"""The medicine's Item, made (batches and expiry on) with its first lot.

	:param medicine: name of a National Medicine.
	:returns: the Item's name.
	"""
	doc = frappe.get_cached_doc("National Medicine", medicine)
	if doc.item or frappe.db.exists("Item", medicine):
		return doc.item or medicine
	settings = get_settings()
	item = frappe.get_doc(
		{
			"doctype": "Item",
			"item_code": doc.name,
			"item_name": doc.medicine_title[:140],
			"description": f"{doc.inn} {doc.strength or ''} {doc.dosage_form or ''}".strip(),
			"item_group": settings.medicine_item_group,
			"stock_uom": settings.medicine_uom,
			"is_stock_item": 1,
			"has_batch_no": 1,
			"has_expiry_date": 1,
			"create_new_batch": 0,
			"valuation_rate": doc.authorised_price,
		}
	).insert(ignore_permissions=True)
	frappe.db.set_value("National Medicine", medicine, "item", item.name, update_modified=False)
	return item.name
