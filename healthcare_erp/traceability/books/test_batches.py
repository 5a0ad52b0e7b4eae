"""In a facility every batch of a registered medicine is a registered lot: on every path in."""

import frappe
from erpnext.stock.doctype.batch import batch as erpnext_batch
from frappe.utils import add_days, getdate

from healthcare_erp.core import exceptions as errors
from healthcare_erp.medicine_registry import items
from healthcare_erp.overrides.erpnext.batch import split_batch
from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.mirror_case import MirrorTestCase


def unregistered(medicine: str, make):
	"""A voucher from the time before the medicine was registered: made, submitted and returned."""
	item = frappe.db.get_value("National Medicine", medicine, "item")
	voucher = make()
	frappe.db.set_value("National Medicine", medicine, "item", None)
	voucher.submit()
	frappe.db.set_value("National Medicine", medicine, "item", item)
	return voucher


def receive_unregistered(medicine: str, batch: str, place: str, quantity: float = 30):
	"""A receipt from the time before the medicine was registered."""
	item = frappe.db.get_value("National Medicine", medicine, "item")
	row = {
		"item_code": item,
		"qty": quantity,
		"t_warehouse": place,
		"basic_rate": 1,
		"use_serial_batch_fields": 1,
		"batch_no": batch,
	}
	company = frappe.db.get_value("Warehouse", place, "company")
	entry = {"stock_entry_type": "Material Receipt", "company": company, "items": [row]}
	return unregistered(medicine, lambda: factories.make("Stock Entry", **entry))


class TestUnregisteredBatches(MirrorTestCase):
	def setUp(self):
		super().setUp()
		self.stranger = frappe._dict(
			batch=vouchers.batch(self.lot),
			national_medicine=self.lot.national_medicine,
			expiry_date=self.lot.expiry_date,
		)

	def refused(self, voucher) -> str:
		text = self.assert_not_submitted(errors.UnregisteredBatchError, voucher, 409)
		self.assertIn(self.stranger.batch, text)
		return text

	def test_every_voucher_that_brings_it_in_is_refused_by_name(self):
		stores = vouchers.warehouse()
		vouchers.stock_entry("Material Receipt", self.stranger, 10, target=stores).submit()
		for voucher in (
			vouchers.purchase_receipt(self.stranger, 5, self.place),
			vouchers.stock_entry("Material Receipt", self.stranger, 5, target=self.place),
			vouchers.stock_entry("Material Transfer", self.stranger, 5, stores, self.place),
			vouchers.stock_reconciliation(self.stranger, 5, self.place),
		):
			with self.subTest(voucher.doctype):
				self.refused(voucher)

	def test_every_voucher_that_takes_it_out_is_refused_by_name(self):
		"""Units that were there before the medicine was registered."""
		receive_unregistered(self.lot.national_medicine, self.stranger.batch, self.place)
		for voucher in (
			vouchers.delivery_note(self.stranger, 5, self.place),
			vouchers.sales_invoice(self.stranger, 5, self.place),
			vouchers.stock_entry("Material Issue", self.stranger, 5, source=self.place),
			vouchers.stock_entry("Material Transfer", self.stranger, 5, self.place, vouchers.warehouse()),
			vouchers.stock_reconciliation(self.stranger, 5, self.place),
		):
			with self.subTest(voucher.doctype):
				self.refused(voucher)

	def test_a_lot_is_not_split(self):
		self.stop()
		arguments = (self.lot.batch, items.ensure_item(self.lot.national_medicine), self.place, 5)
		frappe.db.set_value("Item", arguments[1], "shelf_life_in_days", 100)
		self.assertRefused(errors.BatchOfLotError, split_batch, *arguments, status=409)
		frappe.db.savepoint("draft")
		with self.assertRaises(frappe.ValidationError):  # the function that other code calls
			erpnext_batch.split_batch(*arguments)
		frappe.db.rollback(save_point="draft")
		self.assert_held(100)

	def test_a_lot_is_not_relabelled(self):
		"""A Repack of a lot into a batch that is none."""
		out = vouchers.item_row(self.lot, 5, s_warehouse=self.place)
		into = vouchers.item_row(self.stranger, 5, t_warehouse=self.place)
		entry = factories.make(
			"Stock Entry", stock_entry_type="Repack", company=self.receipt.company, items=[out, into]
		)
		self.refused(entry)

	def test_a_medicine_whose_item_lost_its_batches_does_not_move(self):
		item = items.ensure_item(self.lot.national_medicine)
		frappe.db.set_value("Item", item, "has_batch_no", 0)
		frappe.clear_document_cache("Item", item)
		row = {"item_code": item, "qty": 5, "t_warehouse": self.place, "basic_rate": 1}
		entry = factories.make(
			"Stock Entry", stock_entry_type="Material Receipt", company=self.receipt.company, items=[row]
		)
		text = self.assertRefused(errors.UnregisteredBatchError, entry.submit, status=409)
		self.assertIn(item, text)


class TestBatchOfALot(MirrorTestCase):
	def batch(self):
		return frappe.get_doc("Batch", self.lot.batch)

	def test_its_expiry_date_and_item_are_the_lots(self):
		other = items.ensure_item(factories.medicine().name)
		for field, value in (("expiry_date", add_days(self.lot.expiry_date, 900)), ("item", other)):
			batch = self.batch()
			batch.set(field, value)
			self.assertRefused(errors.FixedFieldError, batch.save, status=409)
		batch = self.batch()
		batch.description = "on the upper shelf"
		batch.save()

	def test_it_is_not_renamed(self):
		self.assertRefused(
			errors.FixedFieldError, frappe.rename_doc, "Batch", self.lot.batch, "OTHER", status=409
		)


class TestRegisteredLater(MirrorTestCase):
	"""A lot that is registered after its Batch has stock."""

	def setUp(self):
		super().setUp()
		self.number = factories.hash_()
		self.medicine = self.lot.national_medicine

	def receive(self, batch: str, place: str, quantity: float = 30):
		return receive_unregistered(self.medicine, batch, place, quantity)

	def register(self):
		return factories.lot(self.medicine, lot_number=self.number)

	def test_the_ledger_takes_the_balances_over_by_a_movement_that_names_the_batch(self):
		other = factories.pharmacy()
		batch = vouchers.batch(self.lot, self.number)
		self.receive(batch, self.place)
		self.receive(batch, other.warehouse, 7)
		lot = self.lot = self.register()
		self.assertEqual(lot.batch, batch)
		rows = frappe.get_all("Stock Movement", {"national_lot": lot.name}, "*", order_by="quantity")
		self.assertEqual(
			[(r.movement_type, r.direction, r.quantity, r.reference_doctype, r.reference_name) for r in rows],
			[("Adjustment", "In", 7, "Batch", batch), ("Adjustment", "In", 30, "Batch", batch)],
		)
		vouchers.delivery_note(lot, 10, self.place).submit()
		self.assert_held(20)
		self.assert_books_agree(other)

	def test_a_batch_under_the_lots_own_name_is_taken_over_too(self):
		batch = vouchers.batch(self.lot, f"{self.medicine}-{self.number}")
		self.receive(batch, self.place)
		self.lot = self.register()
		self.assertEqual(self.lot.batch, batch)
		self.assert_held(30)

	def test_a_batch_of_another_item_or_date_is_refused(self):
		name = f"{self.medicine}-{self.number}"
		other = factories.lot()
		vouchers.batch(other, name)
		text = self.assertRefused(errors.BatchTakenError, self.register, status=409)
		self.assertIn(name, text)

	def test_a_batch_with_another_expiry_date_is_refused(self):
		batch = vouchers.batch(self.lot, self.number)
		frappe.db.set_value("Batch", batch, "expiry_date", add_days(self.lot.expiry_date, 1))
		self.assertRefused(errors.BatchTakenError, self.register, status=409)

	def test_an_older_voucher_that_is_cancelled_leaves_both_books_alike(self):
		batch = vouchers.batch(self.lot, self.number)
		entry = self.receive(batch, self.place)
		self.lot = self.register()
		entry.reload().cancel()
		self.assert_held(0)
		self.assert_books_agree()

	def test_an_older_count_that_is_reposted_or_cancelled_leaves_both_books_alike(self):
		batch = vouchers.batch(self.lot, self.number)
		self.receive(batch, self.place, 100)
		count = unregistered(
			self.medicine,
			lambda: vouchers.stock_reconciliation(frappe._dict(self.stranger(), batch=batch), 90, self.place),
		)
		self.lot = self.register()
		self.assert_held(90)
		item = frappe.db.get_value("National Medicine", self.medicine, "item")
		repost = factories.make(
			"Repost Item Valuation",
			based_on="Item and Warehouse",
			item_code=item,
			warehouse=self.place,
			company=self.receipt.company,
			posting_date=add_days(getdate(), -1),
			posting_time="00:00:00",
		)
		repost.submit()
		vouchers.repost()
		self.assert_held(90)
		count.reload().cancel()
		self.assert_held(100)
		self.assert_books_agree()

	def stranger(self) -> dict:
		return {"national_medicine": self.medicine, "expiry_date": self.lot.expiry_date}

	def test_a_fraction_cannot_be_taken_over(self):
		frappe.db.set_value("UOM", "Unit", "must_be_whole_number", 0)
		frappe.clear_cache(doctype="UOM")
		batch = vouchers.batch(self.lot, self.number)
		self.receive(batch, self.place, 1.5)
		self.assertRefused(errors.InvalidQuantityError, self.register, status=400)


class TestItemsOfMedicines(MirrorTestCase):
	def test_an_item_that_merely_has_the_name_is_left_alone(self):
		medicine = factories.medicine()
		foreign = factories.make(
			"Item", item_code=medicine.name, item_group="All Item Groups", stock_uom="Nos", is_stock_item=1
		)
		lot = self.lot = factories.lot(medicine.name, importer=self.holder.name)
		item = frappe.db.get_value("National Medicine", medicine.name, "item")
		self.assertNotEqual(item, foreign.name)
		self.assertEqual(frappe.db.get_value("Batch", lot.batch, "item"), item)
		receipt = vouchers.purchase_receipt(lot, 10, self.place).submit()
		self.assert_held(10)
		receipt.reload().cancel()
		self.assert_held(0)
