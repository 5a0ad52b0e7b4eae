"""ERPNext's tills: guarded and recorded at the sale, not counted again when the shift is closed."""

import frappe
from erpnext.accounts.doctype.pos_closing_entry.pos_closing_entry import make_closing_entry_from_opening
from erpnext.accounts.doctype.pos_invoice.pos_invoice import make_sales_return
from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.controllers.stock_controller import BatchExpiredError
from frappe.utils import add_days, getdate

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories, tills, vouchers
from healthcare_erp.tests.mirror_case import MirrorTestCase


class TestTill(MirrorTestCase):
	def setUp(self):
		super().setUp()
		self.shift = tills.open_shift(self.place)

	def tearDown(self):
		frappe.flags.ignore_serial_batch_bundle_validation = False
		super().tearDown()

	def draft(self, units: float, lot=None, **values):
		return tills.invoice(self.shift, lot or self.lot, units, self.place, **values)

	def sell(self, units: float, **values):
		return self.draft(units, **values).submit()

	def close(self):
		closing = make_closing_entry_from_opening(self.shift)
		return closing.insert().submit()

	def held(self) -> int:
		return factories.balance(self.holder, self.lot.name)

	def test_units_leave_when_they_are_sold(self):
		sale = self.sell(3)
		self.assertEqual(self.recorded(sale), [("Sale", "Out", 3, self.holder.name, None)])
		self.assertEqual(self.held(), 97)
		[waiting] = self.differences()
		self.assertEqual((waiting["code"], waiting["not_posted"]), ("not_posted", -3))

	def test_closing_counts_nothing_twice(self):
		self.sell(3)
		self.sell(4)
		self.close()
		self.assert_held(93)
		self.assertEqual(self.differences(), [])

	def test_a_return_comes_in_at_once(self):
		sale = self.sell(5)
		back = make_sales_return(sale.name)
		back.items[0].qty = -2
		back.payments[0].amount = back.paid_amount = -20
		back.insert().submit()
		self.assertEqual(self.recorded(back), [("Return", "In", 2, self.holder.name, None)])
		self.assertEqual(self.held(), 97)
		self.close()
		self.assert_held(97)

	def test_a_cancelled_sale_is_undone(self):
		sale = self.sell(3)
		sale.reload().cancel()
		self.assertEqual(self.held(), 100)
		self.assertEqual(self.differences(), [])

	def test_a_recalled_lot_is_refused_at_the_till_and_the_shift_closes(self):
		self.sell(3)
		late = self.draft(4)
		self.stop()
		self.assert_not_submitted(errors.LotNotTradableError, late, 409)
		late.delete()
		self.close()
		self.assert_held(97)
		self.assertEqual(self.differences(), [])

	def test_a_shift_closes_although_a_lot_expired_since(self):
		self.sell(3)
		factories.age(self.lot, add_days(getdate(), -1))
		self.close()
		self.assert_held(97)

	def test_what_is_no_medicine_closes_as_erpnext_says(self):
		"""An expired batch of any other Item still stops ERPNext's closing."""
		item = factories.make(
			"Item",
			item_code=factories.hash_(),
			item_group="All Item Groups",
			stock_uom="Nos",
			has_batch_no=1,
			valuation_rate=1,
		)
		batch = factories.make("Batch", batch_id=factories.hash_(), item=item.name).name
		row = {"item_code": item.name, "use_serial_batch_fields": 1, "batch_no": batch, "qty": 2}
		received = row | {"t_warehouse": self.place, "basic_rate": 1}
		factories.make(
			"Stock Entry",
			stock_entry_type="Material Receipt",
			company=self.receipt.company,
			items=[received],
		).submit()
		sold = row | {"warehouse": self.place, "rate": 10, "price_list_rate": 10}
		self.draft(2, rows=[sold]).submit()
		frappe.db.set_value("Batch", batch, "expiry_date", add_days(getdate(), -1))
		frappe.clear_document_cache("Batch", batch)
		self.assertRefused(BatchExpiredError, self.close)

	def test_an_unregistered_batch_is_refused_at_the_till(self):
		stranger = frappe._dict(batch=vouchers.batch(self.lot), national_medicine=self.lot.national_medicine)
		frappe.db.set_value("National Medicine", self.lot.national_medicine, "item", None)
		row = {
			"item_code": self.receipt.items[0].item_code,
			"qty": 5,
			"t_warehouse": self.place,
			"basic_rate": 1,
			"use_serial_batch_fields": 1,
			"batch_no": stranger.batch,
		}
		factories.make(
			"Stock Entry", stock_entry_type="Material Receipt", company=self.receipt.company, items=[row]
		).submit()
		item = self.receipt.items[0].item_code
		frappe.db.set_value("National Medicine", self.lot.national_medicine, "item", item)
		self.assert_not_submitted(errors.UnregisteredBatchError, self.draft(1, stranger), 409)

	def test_a_return_in_an_open_shift_is_no_difference(self):
		sale = self.sell(5)
		back = make_sales_return(sale.name)
		back.payments[0].amount = back.paid_amount = -50
		back.insert().submit()
		self.assertEqual(self.held(), 100)
		self.assertEqual({row["code"] for row in self.differences()} - {"not_posted"}, set())

	def test_a_mark_on_an_invoice_hides_nothing(self):
		invoice = vouchers.sales_invoice(self.lot, 7, self.place)
		self.stop()
		invoice.db_set("is_consolidated", 1)
		invoice.reload()
		self.assert_not_submitted(errors.LotNotTradableError, invoice, 409)

	def test_a_credit_note_of_the_closed_shift_is_made_and_recorded(self):
		self.sell(5)
		self.close()
		invoice = frappe.get_all(
			"Sales Invoice", {"is_consolidated": 1}, pluck="name", order_by="creation desc"
		)[0]
		back = make_return_doc("Sales Invoice", invoice)
		back.items[0].update({"qty": -2, "batch_no": self.lot.batch, "use_serial_batch_fields": 1})
		back.items[0].serial_and_batch_bundle = None
		back.set("payments", [])
		back.is_pos = 0
		back.insert().submit()
		self.assert_held(97)

	def test_a_till_that_moves_no_stock_sells_no_recalled_lot(self):
		late = self.draft(4)
		late.db_set("update_stock", 0)
		late.reload()
		self.stop()
		self.assert_not_submitted(errors.LotNotTradableError, late, 409)

	def test_a_kit_with_a_medicine_is_refused_at_the_till(self):
		kit = factories.make(
			"Item",
			item_code=factories.hash_(),
			item_group="All Item Groups",
			stock_uom="Nos",
			is_stock_item=0,
		)
		part = {"item_code": self.receipt.items[0].item_code, "qty": 2}
		factories.make("Product Bundle", new_item_code=kit.name, items=[part])
		row = {"item_code": kit.name, "qty": 1, "rate": 10, "warehouse": self.place}
		sale = self.draft(1, rows=[row])
		text = self.assert_not_submitted(errors.UnregisteredBatchError, sale, 409)
		self.assertIn(part["item_code"], text)

	def test_a_cancelled_closing_leaves_what_was_sold(self):
		self.sell(3)
		closing = self.close()
		closing.reload().cancel()
		self.assertEqual(self.held(), 97)
		self.assertEqual({row["code"] for row in self.differences()}, {"not_posted"})
