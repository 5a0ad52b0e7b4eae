"""New documents, copies, names and other people's documents: what the fixed fields forbid and what they leave alone."""

from functools import partial

import frappe
from pymysql.err import IntegrityError

from healthcare_erp.core import exceptions as errors
from healthcare_erp.domain.fixed_fields import FIXED, RENAMED, Since
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.fixed_fields.case import FixedFieldsCase, party


class TestNewDocuments(FixedFieldsCase):
	def test_a_new_document_brings_no_value_of_the_systems(self):
		"""A pharmacy with another's warehouse, a place with bounds of its own."""
		for doctype in (
			"Pharmacy",
			"Public Facility",
			"National Lot",
			"National Medicine",
			"Administrative Level",
		):
			for field, fixed in FIXED[doctype].items():
				if fixed.since is Since.SYSTEM:
					with self.subTest(doctype=doctype, field=field):
						self.refused_when_new(doctype, field)

	def refused_when_new(self, doctype: str, field: str) -> None:
		makers = {
			"Pharmacy": partial(factories.pharmacy, approved=False),
			"Public Facility": partial(factories.public_facility, approved=False),
			"National Lot": factories.lot,
			"National Medicine": factories.medicine,
			"Administrative Level": lambda **values: factories.make(
				"Administrative Level", level_name=f"Province {factories.hash_()}", level="Province", **values
			),
		}
		first, _second = self.documents[doctype]
		value = first.reload().get(field) or self.others(doctype, field)[0]
		self.assertRefused(errors.FixedFieldError, makers[doctype], status=409, **{field: value})

	def test_a_new_warehouse_is_nobodys(self):
		taken = self.documents["Warehouse"][0]
		for fields in (("healthcare_facility_type", "healthcare_facility"), ("administrative_level",)):
			values = {field: taken.get(field) for field in ("company", *fields)}
			values["warehouse_name"] = factories.hash_()
			self.assertRefused(errors.FixedFieldError, factories.make, "Warehouse", status=409, **values)

	def test_a_copy_of_a_facility_has_no_warehouse(self):
		pharmacy = self.documents["Pharmacy"][0].reload()
		copy = frappe.copy_doc(pharmacy, ignore_no_copy=False)
		copy.update({"gln": None, "customer": None, "supplier": None})
		self.assertFalse(copy.insert().warehouse)

	def test_two_documents_never_share_a_tie(self):
		"""The database refuses what server code might write."""
		for doctype, field in (
			("Pharmacy", "warehouse"),
			("Public Facility", "warehouse"),
			("National Lot", "batch"),
			("National Medicine", "item"),
		):
			first, second = self.documents[doctype]
			with self.subTest(doctype), self.assertRaises(IntegrityError):
				frappe.db.set_value(doctype, first.name, field, second.reload().get(field))


class TestNames(FixedFieldsCase):
	def test_what_replaces_the_registry_is_neither_renamed_nor_merged(self):
		for doctype in ("Warehouse", "Item", "Batch"):
			tied, other = (doc.name for doc in self.documents[doctype])
			for new, merge in ((factories.hash_(), False), (other, True)):
				with self.subTest(doctype, merge=merge):
					self.assertRefused(
						errors.FixedFieldError, frappe.rename_doc, doctype, tied, new, merge=merge, status=409
					)

	def test_parties_of_facilities_are_renamed_and_never_merged(self):
		pharmacy, other = self.documents["Pharmacy"]
		for doctype in RENAMED:
			field = doctype.lower()
			own, stranger = pharmacy.reload().get(field), party(doctype)
			for old, new in ((own, other.get(field)), (own, stranger), (stranger, own)):
				with self.subTest(doctype, old=old, new=new):
					self.assertRefused(
						errors.FixedFieldError, frappe.rename_doc, doctype, old, new, merge=True, status=409
					)
			renamed = frappe.rename_doc(doctype, own, factories.hash_())
			self.assertEqual(pharmacy.reload().get(field), renamed)


class TestOtherDocuments(SiteTestCase):
	"""What stands for nothing of the registry is ERPNext's own business."""

	def test_a_free_item_warehouse_and_batch_change(self):
		lot = factories.lot()
		company = frappe.db.get_value("Warehouse", {"is_group": 0}, "company")
		warehouse = factories.make("Warehouse", warehouse_name=factories.hash_(), company=company)
		warehouse.update({"disabled": 1}).save()
		item = frappe.copy_doc(frappe.get_doc("Item", frappe.db.get_value("Batch", lot.batch, "item")))
		item.update({"item_code": factories.hash_(), "has_batch_no": 1}).insert()
		batch = factories.make("Batch", batch_id=factories.hash_(), item=item.name, expiry_date="2030-01-01")
		batch.update({"expiry_date": "2031-01-01", "disabled": 1}).save()
		item.reload().update({"is_stock_item": 0, "has_batch_no": 0})
		frappe.delete_doc("Batch", batch.name)
		item.save()
		self.assertFalse(item.reload().is_stock_item)

	def test_other_fields_of_a_medicines_item_change(self):
		lot = factories.lot()
		item = frappe.get_doc("Item", frappe.db.get_value("Batch", lot.batch, "item"))
		item.update({"description": "on the upper shelf", "disabled": 1}).save()
		self.assertTrue(item.reload().disabled)

	def test_a_price_of_the_history_is_not_written_by_itself(self):
		medicine = factories.medicine()
		price = frappe.get_doc("National Medicine Price", medicine.prices[0].name)
		price.authorised_price = 1
		self.assertRefused(errors.ImmutableRecordError, price.save, status=409)
		self.assertRefused(
			errors.ImmutableRecordError, frappe.delete_doc, price.doctype, price.name, status=409
		)
