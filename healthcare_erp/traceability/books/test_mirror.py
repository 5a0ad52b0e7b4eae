"""ERPNext's vouchers in the national ledger: what each is recorded as, and what undoing it leaves."""

import frappe
from erpnext.controllers.sales_and_purchase_return import make_return_doc

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.mirror_case import MirrorTestCase
from healthcare_erp.traceability import tracing


class TestWhatIsRecorded(MirrorTestCase):
	def test_receipt_by_the_importer_is_an_import(self):
		self.assertEqual(self.recorded(), [("Import", "In", 100, self.holder.name, None)])
		self.assert_undone(self.receipt, 0)

	def test_receipt_of_anothers_import_is_a_purchase(self):
		lot = self.lot = factories.lot(importer=factories.wholesaler().name)
		seller = factories.wholesaler()
		receipt = vouchers.purchase_receipt(lot, 5, self.place, vouchers.supplier(seller)).submit()
		unknown = vouchers.purchase_receipt(lot, 5, self.place).submit()
		self.assertEqual(self.recorded(receipt), [("B2B In", "In", 5, self.holder.name, seller.name)])
		self.assertEqual(self.recorded(unknown), [("B2B In", "In", 5, self.holder.name, None)])

	def test_delivery_to_a_facility_is_a_transfer_out(self):
		for buyer in (factories.public_facility(), factories.pharmacy()):
			note = vouchers.delivery_note(self.lot, 10, self.place, vouchers.customer(buyer)).submit()
			self.assertEqual(self.recorded(note), [("B2B Out", "Out", 10, self.holder.name, buyer.name)])
			self.assert_books_agree()
			self.assert_undone(note)

	def test_delivery_and_invoice_to_anybody_else_are_sales(self):
		for make in (vouchers.delivery_note, vouchers.sales_invoice):
			voucher = make(self.lot, 10, self.place).submit()
			self.assertEqual(self.recorded(voucher), [("Sale", "Out", 10, self.holder.name, None)])
			self.assert_books_agree()
			self.assert_undone(voucher)

	def test_invoice_without_stock_records_nothing(self):
		invoice = vouchers.sales_invoice(self.lot, 10, self.place, update_stock=0).submit()
		self.assertEqual(self.recorded(invoice), [])

	def test_explicit_bundle_is_recorded_as_the_batch_field_is(self):
		for make in (vouchers.delivery_note, vouchers.sales_invoice):
			voucher = make(self.lot, 10, self.place, bundle=True).submit()
			self.assertEqual(self.recorded(voucher), [("Sale", "Out", 10, self.holder.name, None)])
			self.assert_undone(voucher)

	def test_bundle_of_two_lots_is_recorded_per_lot(self):
		second = factories.lot(self.lot.national_medicine)
		vouchers.purchase_receipt(second, 20, self.place).submit()
		bundle = vouchers.batch_bundle([(self.lot, 7), (second, 5)], self.place, outward=True)
		note = vouchers.delivery_note(self.lot, 12, self.place)
		note.items[0].update(
			{"serial_and_batch_bundle": bundle, "use_serial_batch_fields": 0, "batch_no": None}
		)
		note.save().submit()
		self.assertEqual(self.recorded(note), [("Sale", "Out", 7, self.holder.name, None)])
		self.assertEqual(factories.balance(self.holder, second.name), 15)
		self.assert_undone(note)
		self.assertEqual(factories.balance(self.holder, second.name), 20)

	def test_returns_come_in_and_go_out(self):
		note = vouchers.delivery_note(self.lot, 10, self.place).submit()
		back = make_return_doc("Delivery Note", note.name)
		back.items[0].qty = -4
		back.insert().submit()
		self.assertEqual(self.recorded(back), [("Return", "In", 4, self.holder.name, None)])
		out = make_return_doc("Purchase Receipt", self.receipt.name)
		out.items[0].update({"qty": -6, "received_qty": -6})
		out.insert().submit()
		self.assertEqual(self.recorded(out), [("Return", "Out", 6, self.holder.name, None)])
		self.assertEqual(factories.balance(self.holder, self.lot.name), 88)
		self.assert_books_agree()
		self.assert_undone(out, 94)

	def test_transfer_between_facilities_is_both_ends_of_one_edge(self):
		buyer = factories.public_facility()
		entry = vouchers.stock_entry("Material Transfer", self.lot, 10, self.place, buyer.warehouse).submit()
		self.assertCountEqual(
			self.recorded(entry),
			[
				("B2B Out", "Out", 10, self.holder.name, buyer.name),
				("B2B In", "In", 10, buyer.name, self.holder.name),
			],
		)
		edges = [e for e in tracing.get_trace(self.lot.name)["edges"] if e["document"] == entry.name]
		self.assertEqual([(e["kind"], e["sent"], e["received"]) for e in edges], [("Transfer", 10, 10)])
		self.assert_books_agree(buyer)
		self.assert_undone(entry)
		self.assertEqual(factories.balance(buyer, self.lot.name), 0)

	def test_issue_and_receipt_are_adjustments(self):
		issue = vouchers.stock_entry("Material Issue", self.lot, 3, source=self.place).submit()
		receipt = vouchers.stock_entry("Material Receipt", self.lot, 5, target=self.place).submit()
		self.assertEqual(self.recorded(issue), [("Adjustment", "Out", 3, self.holder.name, None)])
		self.assertEqual(self.recorded(receipt), [("Adjustment", "In", 5, self.holder.name, None)])
		self.assert_books_agree()
		self.assert_undone(issue, 105)
		self.assert_undone(receipt, 100)

	def test_reconciliation_leaves_what_was_counted(self):
		for counted in (90, 130, 0):
			voucher = vouchers.stock_reconciliation(self.lot, counted, self.place)
			voucher.submit()
			self.assertEqual({row[0] for row in self.recorded(voucher)}, {"Adjustment"})
			self.assertEqual(factories.balance(self.holder, self.lot.name), counted)
			self.assert_books_agree()
			self.assert_undone(voucher)
			self.assert_books_agree()

	def test_amended_voucher_is_recorded_anew(self):
		issue = vouchers.stock_entry("Material Issue", self.lot, 3, source=self.place).submit()
		self.assert_undone(issue)
		amended = frappe.copy_doc(issue)
		amended.amended_from, amended.docstatus = issue.name, 0
		amended.items[0].update({"qty": 4, "serial_and_batch_bundle": None, "batch_no": self.lot.batch})
		amended.insert().submit()
		self.assertEqual(self.recorded(amended), [("Adjustment", "Out", 4, self.holder.name, None)])
		self.assertEqual(factories.balance(self.holder, self.lot.name), 96)

	def test_callers_do_not_touch_what_vouchers_wrote(self):
		[row] = frappe.get_all(
			"Stock Movement", {"reference_name": self.receipt.name}, ["name", "idempotency_key"]
		)
		call = (factories.record, self.holder, self.lot.name, "Import", 100)
		text = self.assertRefused(
			errors.InvalidReversalError, *call, direction="Out", reversal_of=row.name, status=409
		)
		self.assertIn(self.receipt.name, text)
		self.assertRefused(errors.InvalidRequestError, *call, idempotency_key="SLE-mine", status=400)

	def test_landed_costs_record_nothing(self):
		before = self.recorded()
		voucher = frappe.get_doc(
			{
				"doctype": "Landed Cost Voucher",
				"company": self.receipt.company,
				"distribute_charges_based_on": "Qty",
				"purchase_receipts": [
					{
						"receipt_document_type": "Purchase Receipt",
						"receipt_document": self.receipt.name,
						"supplier": self.receipt.supplier,
						"grand_total": self.receipt.grand_total,
					}
				],
				"taxes": [
					{
						"description": "Freight",
						"amount": 50,
						"expense_account": frappe.get_cached_value(
							"Company", self.receipt.company, "default_expense_account"
						),
					}
				],
			}
		)
		voucher.get_items_from_purchase_receipts()
		voucher.insert().submit()
		self.assertEqual(self.recorded(), before)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 100)

	def test_vouchers_of_recorded_units_record_nothing(self):
		for make in (vouchers.sales_invoice, vouchers.stock_entry):
			arguments = (
				("Material Issue", self.lot, 3, self.place)
				if make is vouchers.stock_entry
				else (self.lot, 3, self.place)
			)
			voucher = make(*arguments, national_ledger_recorded=1).submit()
			self.assertEqual(self.recorded(voucher), [])
			voucher.reload().cancel()
			self.assertEqual(self.recorded(voucher), [])

	def test_warehouse_of_no_facility_is_not_mirrored(self):
		stores = vouchers.warehouse()
		vouchers.stock_entry("Material Receipt", self.lot, 5, target=stores).submit()
		self.assertEqual(len(self.recorded()), 1)
		entry = vouchers.stock_entry("Material Transfer", self.lot, 5, stores, self.place).submit()
		self.assertEqual(self.recorded(entry), [("Adjustment", "In", 5, self.holder.name, None)])

	def test_item_that_is_no_medicine_is_left_alone(self):
		item = factories.make(
			"Item",
			item_code=factories.hash_(),
			item_group="All Item Groups",
			stock_uom="Nos",
			valuation_rate=1,
		)
		row = {"item_code": item.name, "qty": 2, "t_warehouse": self.place, "basic_rate": 1}
		entry = factories.make(
			"Stock Entry", stock_entry_type="Material Receipt", company=self.receipt.company, items=[row]
		)
		entry.submit()
		self.assertEqual(len(self.recorded()), 1)
