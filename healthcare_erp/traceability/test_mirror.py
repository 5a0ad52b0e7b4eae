"""ERPNext's vouchers in the national ledger: what each is recorded as, and what undoing it leaves."""

import frappe
from erpnext.controllers.sales_and_purchase_return import make_return_doc

from healthcare_erp import exceptions as errors
from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability import tracing


class MirrorTestCase(SiteTestCase):
	"""A wholesaler that took 100 units into its books through a Purchase Receipt."""

	def setUp(self):
		self.holder = factories.wholesaler()
		self.place = self.holder.warehouse
		self.lot = factories.lot(importer=self.holder.name)
		self.receipt = vouchers.purchase_receipt(self.lot, 100, self.place).submit()

	def recorded(self, voucher=None) -> list[tuple]:
		"""(type, direction, quantity, facility, counterparty) of a voucher's movements, in order."""
		filters = {"national_lot": self.lot.name}
		if voucher:
			filters |= {"reference_doctype": voucher.doctype, "reference_name": voucher.name}
		rows = frappe.get_all("Stock Movement", filters=filters, fields="*", order_by="creation")
		return [(r.movement_type, r.direction, r.quantity, r.facility, r.counterparty) for r in rows]

	def assert_books_agree(self, *facilities) -> None:
		"""Both books have the same units."""
		for facility in (self.holder, *facilities):
			units = vouchers.stock_in_books(self.lot, facility.warehouse)
			self.assertEqual(factories.balance(facility, self.lot.name), units)

	def assert_undone(self, voucher, units: int = 100) -> None:
		"""Cancelled: reversals stand against the movements, and no trace of them is left."""
		voucher.reload().cancel()
		rows = frappe.get_all(
			"Stock Movement", filters={"reference_name": voucher.name}, fields=["name", "reversal_of"]
		)
		undone = {row.reversal_of for row in rows if row.reversal_of}
		self.assertEqual(undone, {row.name for row in rows if not row.reversal_of})
		self.assertTrue(undone)
		edges = tracing.get_trace(self.lot.name)["edges"]
		self.assertNotIn(voucher.name, [edge["document"] for edge in edges])
		self.assertEqual(factories.balance(self.holder, self.lot.name), units)


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
