"""ERPNext's Item and Batch for registered medicines and lots."""

from itertools import chain, count

import frappe
from frappe.utils import getdate

from healthcare_erp.core import audit
from healthcare_erp.core.audit import Entry
from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.settings import get_settings
from healthcare_erp.domain.audit import Action


def ensure_batch(lot) -> str:
	"""The lot's Batch, made where it is missing. Its ID is the lot's name: lot numbers repeat across makers.

	A Batch of this medicine's Item that somebody made before, under the lot's name or number, becomes the lot's.

	:param lot: a National Lot document.
	:returns: the Batch's name.
	:raises BatchTakenError: where a Batch of that name is another Item's, or has another expiry date.
	"""
	item = ensure_item(lot.national_medicine)
	if existing := _existing_batch(lot, item):
		return _adopt(existing, lot, item)
	batch = frappe.get_doc(
		{
			"doctype": "Batch",
			"batch_id": lot.name,
			"item": item,
			"manufacturing_date": lot.manufacture_date,
			"expiry_date": lot.expiry_date,
			"disabled": int(lot.status != "Active"),
			"reference_doctype": lot.doctype,
			"reference_name": lot.name,
		}
	)
	return batch.insert(ignore_permissions=True).name


def _existing_batch(lot, item: str) -> frappe._dict | None:
	fields = ["name", "item", "expiry_date"]
	batch = frappe.db.get_value("Batch", lot.name, fields, as_dict=True)
	return batch or frappe.db.get_value(
		"Batch", {"item": item, "batch_id": lot.lot_number}, fields, as_dict=True
	)


def _adopt(batch: frappe._dict, lot, item: str) -> str:
	expiry = batch.expiry_date or getdate(lot.expiry_date)
	other_lot = frappe.db.get_value("National Lot", {"batch": batch.name, "name": ("!=", lot.name)})
	if other_lot or batch.item != item or expiry != getdate(lot.expiry_date):
		throw("batch_taken", batch=batch.name, lot=lot.name, item=batch.item, expiry_date=batch.expiry_date)
	values = {"expiry_date": expiry, "reference_doctype": lot.doctype, "reference_name": lot.name}
	frappe.db.set_value("Batch", batch.name, values)
	return batch.name


def ensure_item(medicine: str) -> str:
	"""The medicine's Item, made (batches and expiry on) with its first lot.

	An Item that merely has the medicine's name is somebody else's: the new one gets the next free code.

	:param medicine: name of a National Medicine.
	:returns: the Item's name.
	"""
	doc = frappe.get_cached_doc("National Medicine", medicine)
	if doc.item:
		return doc.item
	settings = get_settings()
	item = frappe.get_doc(
		{
			"doctype": "Item",
			"item_code": _free_code(doc.name),
			**_texts(doc),
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
	before, after = {"item": None}, {"item": item.name}
	audit.write(Entry("National Medicine", medicine, Action.UPDATE, before, after))
	return item.name


def follow(medicine) -> None:
	"""The Item of a medicine that was corrected bears its new texts, where it bore the old ones.

	:param medicine: a National Medicine document that is being saved.
	"""
	before = medicine.get_doc_before_save()
	if not before or not medicine.item or (old := _texts(before)) == (new := _texts(medicine)):
		return
	item = frappe.get_doc("Item", medicine.item, for_update=True)
	item.update({field: new[field] for field in new if item.get(field) == old[field]})
	item.save(ignore_permissions=True)


def _texts(medicine) -> dict[str, str]:
	"""What invoices and delivery notes print of a medicine."""
	description = f"{medicine.inn} {medicine.strength or ''} {medicine.dosage_form or ''}".strip()
	return {"item_name": medicine.medicine_title[:140], "description": description}


def _free_code(name: str) -> str:
	codes = chain([name], (f"{name}-{number}" for number in count(2)))
	return next(code for code in codes if not frappe.db.exists("Item", code))
