"""Counts: the net of each lot, of stopped lots too, and what ERPNext makes of them when a voucher comes late."""

from datetime import timedelta

import frappe
from frappe.utils import add_days, getdate, now_datetime

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.mirror_case import MirrorTestCase
from healthcare_erp.traceability.books import stopped_batches
from healthcare_erp.traceability.verification import verify as verification


def ago(**time) -> dict:
	return vouchers.at(now_datetime() - timedelta(**time))


class TestNet(MirrorTestCase):
	def count(self, quantity, **values):
		voucher = vouchers.stock_reconciliation(self.lot, quantity, self.place, **values)
		voucher.submit()
		return voucher

	def changes(self, voucher) -> list[tuple]:
		return [row[:3] for row in self.recorded(voucher)]

	def test_a_count_writes_its_difference(self):
		self.assertEqual(self.changes(self.count(90)), [("Adjustment", "Out", 10)])
		self.assertEqual(self.changes(self.count(130)), [("Adjustment", "In", 40)])
		self.assertEqual(self.changes(self.count(0)), [("Adjustment", "Out", 130)])
		self.assert_held(0)

	def test_a_change_of_rate_writes_nothing(self):
		self.assertEqual(self.changes(self.count(100, rate=25)), [])
		self.assert_held(100)

	def test_a_cancelled_count_is_undone(self):
		voucher = self.count(90)
		self.assert_undone(voucher)
		self.assert_held(100)

	def test_two_lots_of_one_count(self):
		second = factories.lot(self.lot.national_medicine)
		vouchers.purchase_receipt(second, 20, self.place).submit()
		rows = [
			vouchers.item_row(lot, units, warehouse=self.place, valuation_rate=10)
			for lot, units in ((self.lot, 95), (second, 22))
		]
		count = factories.make(
			"Stock Reconciliation", purpose="Stock Reconciliation", company=self.receipt.company, items=rows
		)
		count.submit()
		self.assert_held(95)
		self.assertEqual(factories.balance(self.holder, second.name), 22)

	def test_opening_stock_comes_in(self):
		self.lot = factories.lot(importer=self.holder.name)
		count = self.count(25)
		self.assertEqual(self.changes(count), [("Adjustment", "In", 25)])
		self.assert_held(25)

	def test_a_stopped_lot_is_counted_down_and_to_zero(self):
		for action in ("Block", "Recall"):
			with self.subTest(action):
				self.setUp()
				self.stop(action)
				self.assertEqual(self.changes(self.count(90)), [("Adjustment", "Out", 10)])
				self.assert_held(90)
				self.assertEqual(self.changes(self.count(0)), [("Adjustment", "Out", 90)])
				self.assert_held(0)
				self.assertEqual(frappe.db.get_value("Batch", self.lot.batch, "disabled"), 1)

	def test_an_expired_lot_is_counted_down_and_to_zero(self):
		for closed in (0, 1):  # before and after the daily job
			with self.subTest(closed=closed):
				self.setUp()
				factories.age(self.lot, add_days(getdate(), -1))
				frappe.db.set_value("Batch", self.lot.batch, "disabled", closed)
				self.count(90)
				self.assert_held(90)
				self.count(0)
				self.assert_held(0)

	def test_a_stopped_lot_is_not_counted_up(self):
		self.stop()
		voucher = vouchers.stock_reconciliation(self.lot, 101, self.place)
		self.assertRefused(errors.LotNotTradableError, voucher.submit, status=409)

	def test_one_stopped_lot_does_not_stop_the_sheet(self):
		second = factories.lot(self.lot.national_medicine)
		vouchers.purchase_receipt(second, 20, self.place).submit()
		second.reload().transition("Recall", "test")
		rows = [
			vouchers.item_row(lot, units, warehouse=self.place, valuation_rate=10)
			for lot, units in ((self.lot, 101), (second, 15))
		]
		factories.make(
			"Stock Reconciliation", purpose="Stock Reconciliation", company=self.receipt.company, items=rows
		).submit()
		self.assert_held(101)
		self.assertEqual(factories.balance(self.holder, second.name), 15)

	def test_a_draft_leaves_the_batch_of_a_stopped_lot_closed(self):
		self.stop()
		vouchers.stock_reconciliation(self.lot, 90, self.place)
		self.assertEqual(frappe.db.get_value("Batch", self.lot.batch, "disabled"), 1)


class TestLate(MirrorTestCase):
	"""Vouchers that are entered late, with a time before a count."""

	def setUp(self):
		super().setUp()
		self.lot = factories.lot(importer=self.holder.name)
		self.receipt = vouchers.purchase_receipt(self.lot, 50, self.place, **ago(days=10)).submit()
		self.count = vouchers.stock_reconciliation(self.lot, 40, self.place, **ago(hours=10))
		self.count.submit()
		self.assert_held(40)

	def assert_held(self, units: int, place=None) -> None:
		vouchers.repost()
		super().assert_held(units, place)

	def test_a_receipt_before_the_count_leaves_what_was_counted(self):
		vouchers.purchase_receipt(self.lot, 9, self.place, **ago(hours=30)).submit()
		self.assert_held(40)
		self.assert_books_agree()

	def test_a_delivery_before_the_count_leaves_the_position_usable(self):
		note = vouchers.delivery_note(self.lot, 9, self.place, **ago(hours=30)).submit()
		self.assert_held(40)
		vouchers.delivery_note(self.lot, 35, self.place).submit()
		self.assert_held(5)
		vouchers.stock_reconciliation(self.lot, 7, self.place).submit()
		self.assert_held(7)
		self.assertEqual(self.differences(), [])
		self.assertTrue(note.name)

	def test_cancelling_the_late_one_is_followed_too(self):
		late = vouchers.delivery_note(self.lot, 9, self.place, **ago(hours=30)).submit()
		self.assert_held(40)
		late.reload().cancel()
		self.assert_held(40)
		self.assert_books_agree()

	def test_cancelling_the_count_afterwards_leaves_the_books_equal(self):
		vouchers.purchase_receipt(self.lot, 9, self.place, **ago(hours=30)).submit()
		vouchers.repost()
		self.count.reload().cancel()
		self.assert_held(59)
		self.assert_books_agree()

	def test_a_backdated_count_that_is_fine_on_balance_passes(self):
		vouchers.delivery_note(self.lot, 38, self.place).submit()
		vouchers.stock_reconciliation(self.lot, 39, self.place, **ago(hours=8)).submit()
		self.assert_held(1)
		self.assert_books_agree()

	def test_a_stopped_lot_keeps_its_count_through_reposting(self):
		"""ERPNext takes no account of disabled batches when it asks what the count found before it."""
		self.stop()
		vouchers.delivery_note(self.lot, 9, self.place, **ago(hours=30)).submit()
		self.assert_held(40)
		self.assertEqual(frappe.db.get_value("Batch", self.lot.batch, "disabled"), 1)
		self.assert_books_agree()

	def test_a_late_delivery_before_the_count_of_a_recalled_lot_is_no_defect(self):
		"""The count took two units away; with the late one known, it took none and gave seven."""
		self.stop("Recall")
		recount = vouchers.stock_reconciliation(self.lot, 38, self.place)
		recount.submit()
		vouchers.delivery_note(self.lot, 9, self.place, **ago(hours=5)).submit()
		self.assert_held(38)
		self.assert_books_agree()
		self.assertEqual(
			[row[:3] for row in self.recorded(recount)], [("Adjustment", "Out", 2), ("Adjustment", "In", 9)]
		)
		defects = verification.verify(limit=100_000)["defects"]
		self.assertEqual([defect for defect in defects if self.lot.name in defect["subject"]], [])

	def test_a_recall_between_the_voucher_and_its_reposting_changes_nothing(self):
		vouchers.delivery_note(self.lot, 9, self.place, **ago(hours=30)).submit()
		self.stop()
		self.assert_held(40)
		self.assertEqual(frappe.db.get_value("Batch", self.lot.batch, "disabled"), 1)
		self.assert_books_agree()

	def test_batches_left_open_are_closed_by_the_daily_job(self):
		self.stop()
		frappe.db.set_value("Batch", self.lot.batch, "disabled", 0)
		stopped_batches.close()
		self.assertEqual(frappe.db.get_value("Batch", self.lot.batch, "disabled"), 1)
