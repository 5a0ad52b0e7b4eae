"""Odd vouchers: the same batch twice, the future, entries that other code makes."""

import frappe
from frappe.utils import add_to_date, now_datetime

from healthcare_erp.core import exceptions as errors
from healthcare_erp.medicine_registry import items
from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.mirror_case import MirrorTestCase


class TestOddVouchers(MirrorTestCase):
	def test_a_product_bundle_with_one_batch_twice_loses_no_row(self):
		parent = factories.make(
			"Item",
			item_code=factories.hash_(),
			item_group="All Item Groups",
			stock_uom="Nos",
			is_stock_item=0,
		)
		part = items.ensure_item(self.lot.national_medicine)
		rows = [{"item_code": part, "qty": 2}, {"item_code": part, "qty": 2}]
		factories.make("Product Bundle", new_item_code=parent.name, items=rows)
		row = {"item_code": parent.name, "qty": 3, "rate": 10, "warehouse": self.place}
		note = factories.make(
			"Delivery Note", customer=vouchers.customer(), company=self.receipt.company, items=[row]
		)
		for packed in note.packed_items:
			packed.update({"use_serial_batch_fields": 1, "batch_no": self.lot.batch, "warehouse": self.place})
		note.save().submit()
		self.assertEqual([row[:3] for row in self.recorded(note)], [("Sale", "Out", 6)] * 2)
		self.assert_held(88)
		self.assert_undone(note)

	def test_a_voucher_of_the_future_is_refused(self):
		for time in ({"days": 1}, {"minutes": 20}):
			later = vouchers.at(add_to_date(now_datetime(), **time))
			issue = vouchers.stock_entry("Material Issue", self.lot, 3, self.place, **later)
			self.assert_not_submitted(errors.PostingInFutureError, issue, 400)
		self.assert_held(100)

	def test_an_entry_that_other_code_submits_is_mirrored(self):
		"""Only some of ERPNext's code sets `via_landed_cost_voucher`."""
		bundle = vouchers.batch_bundle([(self.lot, 4)], self.place, outward=True, voucher="Stock Entry")
		issue = vouchers.stock_entry("Material Issue", self.lot, 4, self.place)
		frappe.db.set_value("Serial and Batch Bundle", bundle, "voucher_no", issue.name)
		entry = frappe.get_doc(
			{
				"doctype": "Stock Ledger Entry",
				"item_code": items.ensure_item(self.lot.national_medicine),
				"warehouse": self.place,
				"posting_date": issue.posting_date,
				"posting_time": issue.posting_time,
				"voucher_type": issue.doctype,
				"voucher_no": issue.name,
				"voucher_detail_no": issue.items[0].name,
				"actual_qty": -4,
				"serial_and_batch_bundle": bundle,
				"company": issue.company,
			}
		)
		entry.submit()
		self.assertEqual(self.recorded(issue), [("Adjustment", "Out", 4, self.holder.name, None)])
