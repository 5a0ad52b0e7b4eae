"""ERPNext's vouchers of lots that may not move: refused on every path, and what may still leave does."""

import frappe
from erpnext.controllers.sales_and_purchase_return import make_return_doc

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.mirror_case import MirrorTestCase


class TestGuard(MirrorTestCase):
	def outward(self, place: str):
		"""Every voucher that takes the lot out to trade."""
		for make in (vouchers.delivery_note, vouchers.sales_invoice):
			for bundle in (False, True):
				yield make(self.lot, 1, place, bundle=bundle)
		yield vouchers.stock_entry(
			"Material Transfer", self.lot, 1, place, factories.public_facility().warehouse
		)

	def assert_refused(self, error, place=None, prepare=None) -> None:
		drafts = list(self.outward(place or self.place))
		prepare()
		for draft in drafts:
			with self.subTest(draft.doctype, bundle=draft.items[0].serial_and_batch_bundle):
				frappe.db.savepoint("before_submit")
				self.assertRefused(error, draft.submit, status=409)
				frappe.db.rollback(save_point="before_submit")
		self.assertEqual(factories.balance(self.holder, self.lot.name), 100)

	def recall(self):
		self.lot.reload().transition("Recall", "test")
		frappe.db.set_value("Batch", self.lot.batch, "disabled", 0)  # ERPNext's own bar, taken away

	def test_recalled_lot_does_not_move_through_erpnext(self):
		self.assert_refused(errors.LotNotTradableError, prepare=self.recall)

	def test_blocked_medicine_does_not_move_through_erpnext(self):
		medicine = frappe.get_doc("National Medicine", self.lot.national_medicine)
		self.assert_refused(errors.MedicineBlockedError, prepare=lambda: medicine.transition("Block", "test"))

	def test_expired_lot_does_not_move_through_erpnext_before_the_daily_job(self):
		yesterday = frappe.utils.add_days(frappe.utils.getdate(), -1)
		self.assert_refused(
			errors.LotNotTradableError, prepare=lambda: self.lot.reload().db_set("expiry_date", yesterday)
		)

	def test_lot_is_guarded_where_no_facility_is(self):
		stores = vouchers.warehouse()
		vouchers.stock_entry("Material Receipt", self.lot, 10, target=stores).submit()
		self.assert_refused(errors.LotNotTradableError, stores, self.recall)

	def test_recalled_lot_leaves_by_issue_and_by_return_to_its_supplier(self):
		issue = vouchers.stock_entry("Material Issue", self.lot, 3, source=self.place)
		out = make_return_doc("Purchase Receipt", self.receipt.name)
		out.items[0].update({"qty": -6, "received_qty": -6})
		out.insert()
		self.recall()
		issue.submit()
		out.submit()
		self.assertEqual(factories.balance(self.holder, self.lot.name), 91)

	def test_receipt_of_a_recalled_lot_is_refused(self):
		drafts = [
			vouchers.purchase_receipt(self.lot, 1, self.place),
			vouchers.stock_entry("Material Receipt", self.lot, 1, target=self.place),
		]
		self.recall()
		for draft in drafts:
			self.assertRefused(errors.LotNotTradableError, draft.submit, status=409)

	def test_no_user_takes_a_voucher_out_of_the_ledger(self):
		"""The mark that a voucher's units are recorded is the system's: sent by a user it is not kept."""
		held = ("Stock User", "Stock Manager", "Accounts Manager", "Pharmacy Manager")
		user = factories.user(*held, scope=("Pharmacy", self.holder.name))
		customer = vouchers.customer()
		frappe.set_user(user)
		entry = vouchers.stock_entry("Material Issue", self.lot, 3, self.place, national_ledger_recorded=1)
		invoice = vouchers.sales_invoice(self.lot, 4, self.place, customer, national_ledger_recorded=1)
		for voucher in (entry, invoice):
			voucher.national_ledger_recorded = 1
			voucher.save()
			voucher.submit()
			self.assertFalse(voucher.reload().national_ledger_recorded)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 93)

	def test_a_delivery_is_cancelled_although_the_lot_was_recalled_since(self):
		note = vouchers.delivery_note(self.lot, 10, self.place).submit()
		self.recall()
		self.assert_undone(note)

	def test_more_than_the_ledger_has_is_refused(self):
		"""Units that were reported sold without ERPNext cannot be sold again through it."""
		factories.record(self.holder, self.lot.name, "Sale", 95)
		note = vouchers.delivery_note(self.lot, 10, self.place)
		self.assertRefused(errors.InsufficientStockError, note.submit, status=409)

	def test_fractions_are_refused(self):
		frappe.db.set_value("UOM", "Unit", "must_be_whole_number", 0)
		frappe.clear_cache(doctype="UOM")
		note = vouchers.delivery_note(self.lot, 1.5, self.place)
		self.assertRefused(errors.InvalidQuantityError, note.submit, status=400)
