"""From facility to facility by each of ERPNext's ways, and inside one facility."""

import frappe
from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.stock.doctype.delivery_note.delivery_note import make_inter_company_purchase_receipt
from erpnext.stock.doctype.stock_entry.stock_entry import make_stock_in_entry

from healthcare_erp.core import exceptions as errors
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.mirror_case import MirrorTestCase
from healthcare_erp.traceability import tracing
from healthcare_erp.traceability.stock import holdings, on_hand, warehouses


class TransferTestCase(MirrorTestCase):
	def setUp(self):
		super().setUp()
		self.buyer = factories.public_facility()

	def edges(self) -> list[tuple]:
		"""(source, target, kind, sent, received) of the trace, the import left out."""
		trace = tracing.get_trace(self.lot.name)
		self.assertEqual(trace["totals"]["unconfirmed"], 0)
		return [
			(edge["source"], edge["target"], edge["kind"], edge["sent"], edge["received"])
			for edge in trace["edges"]
			if edge["source"] != "outside:origin"
		]

	def one_transfer(self, units: int) -> None:
		ends = (f"Pharmacy:{self.holder.name}", f"Public Facility:{self.buyer.name}")
		self.assertEqual(self.edges(), [(*ends, "Transfer", units, units)])
		self.assert_held(100 - units)
		self.assert_held(units, self.buyer.warehouse)
		self.assertEqual(self.differences(), [])


class TestTransit(TransferTestCase):
	def send(self, units: int = 14, through: str | None = None):
		transit = through or vouchers.warehouse(warehouse_type="Transit")
		entry = vouchers.stock_entry(
			"Material Transfer", self.lot, units, self.place, transit, add_to_transit=1
		)
		return entry.submit()

	def take_in(self, sent, place: str | None = None, units: float | None = None):
		entry = make_stock_in_entry(sent.name)
		for row in entry.items:
			row.t_warehouse = place or self.buyer.warehouse
			row.update({"use_serial_batch_fields": 1, "batch_no": self.lot.batch})
			row.serial_and_batch_bundle = None
			row.qty = units or row.qty
		return entry.insert().submit()

	def test_two_legs_are_one_transfer(self):
		sent = self.send()
		self.assertEqual(self.recorded(sent), [("B2B Out", "Out", 14, self.holder.name, None)])
		self.assert_held(86)
		received = self.take_in(sent)
		self.assertEqual(self.recorded(received), [("B2B In", "In", 14, self.buyer.name, self.holder.name)])
		self.one_transfer(14)

	def test_through_a_transit_warehouse_of_the_sender(self):
		"""While they are under way the sender answers for them."""
		own = warehouses.add(self.holder, "Transit")
		sent = self.send(through=own)
		self.assertEqual({row[0] for row in self.recorded(sent)}, {"Internal Transfer"})
		self.assert_held(14, own)
		self.take_in(sent)
		self.assert_held(0, own)
		self.one_transfer(14)

	def test_both_legs_are_undone_by_cancelling(self):
		sent = self.send()
		received = self.take_in(sent)
		received.reload().cancel()
		sent.reload().cancel()
		self.assertEqual(self.edges(), [])
		self.assert_held(100)
		self.assert_held(0, self.buyer.warehouse)

	def test_what_comes_back_is_no_transfer(self):
		sent = self.send()
		self.take_in(sent, self.place)
		self.assert_held(100)
		self.assertEqual(tracing.get_trace(self.lot.name)["totals"]["unconfirmed"], 0)

	def test_what_was_recalled_on_its_way_comes_home(self):
		sent = self.send(30)
		self.take_in(sent, units=10)
		self.stop()
		self.take_in(sent, self.place, 20)
		self.assert_held(90)
		self.assertEqual(tracing.get_trace(self.lot.name)["totals"]["unconfirmed"], 0)

	def test_no_more_than_was_sent_comes_home(self):
		self.send(30)
		self.stop()
		values = {"counterparty_type": "Pharmacy", "counterparty": self.holder.name}
		call = (factories.record, self.holder, self.lot.name, "B2B In", 31)
		self.assertRefused(errors.ReturnBeyondSentError, *call, **values, status=409)


class TestInternalCustomers(TransferTestCase):
	def setUp(self):
		super().setUp()
		company = self.receipt.company
		self.customer = vouchers.internal_party("Customer", company)
		self.supplier = vouchers.internal_party("Supplier", company)

	def note(self, units: int, target: str):
		row = vouchers.item_row(self.lot, units, warehouse=self.place, target_warehouse=target, rate=10)
		note = factories.make(
			"Delivery Note", customer=self.customer, company=self.receipt.company, items=[row]
		)
		return note.submit()

	def test_straight_to_the_other_facility(self):
		note = self.note(13, self.buyer.warehouse)
		self.assertCountEqual(
			self.recorded(note),
			[
				("B2B Out", "Out", 13, self.holder.name, self.buyer.name),
				("B2B In", "In", 13, self.buyer.name, self.holder.name),
			],
		)
		self.one_transfer(13)

	def test_through_transit_and_an_internal_receipt(self):
		note = self.note(13, vouchers.warehouse(warehouse_type="Transit"))
		self.assertEqual(self.recorded(note), [("B2B Out", "Out", 13, self.holder.name, None)])
		receipt = make_inter_company_purchase_receipt(note.name)
		receipt.supplier = self.supplier
		for row in receipt.items:
			row.warehouse = self.buyer.warehouse
			row.update({"use_serial_batch_fields": 1, "batch_no": self.lot.batch})
			row.serial_and_batch_bundle = None
		receipt.insert().submit()
		self.assertEqual(self.recorded(receipt), [("B2B In", "In", 13, self.buyer.name, self.holder.name)])
		self.one_transfer(13)

	def test_a_return_from_transit_comes_home_and_is_no_patients(self):
		note = self.note(20, vouchers.warehouse(warehouse_type="Transit"))
		back = make_return_doc("Delivery Note", note.name)
		back.items[0].target_warehouse = note.items[0].target_warehouse
		back.insert().submit()
		self.assert_held(100)
		self.assertEqual(self.edges(), [])
		self.assertEqual(tracing.get_trace(self.lot.name)["totals"]["dispensed"], 0)


class TestFurtherWarehouses(TransferTestCase):
	def setUp(self):
		super().setUp()
		self.quarantine = warehouses.add(self.holder, "Quarantine")

	def put_apart(self, units: int, source=None, target=None):
		source, target = source or self.place, target or self.quarantine
		return vouchers.stock_entry("Material Transfer", self.lot, units, source, target).submit()

	def test_a_stopped_lot_is_put_apart_and_nothing_is_lost(self):
		for number, action in enumerate((None, "Block", "Recall"), 1):
			if action:
				self.stop(action)
			entry = self.put_apart(10)
			self.assertCountEqual(
				self.recorded(entry),
				[
					("Internal Transfer", "Out", 10, self.holder.name, self.holder.name),
					("Internal Transfer", "In", 10, self.holder.name, self.holder.name),
				],
			)
			self.assert_held(100 - 10 * number)
			self.assert_held(10 * number, self.quarantine)
		self.assertEqual(self.edges(), [])
		totals = tracing.get_trace(self.lot.name)["totals"]
		self.assertEqual((totals["imported"], totals["on_hand"], totals["destroyed"]), (100, 100, 0))

	def test_balances_show_by_warehouse_and_in_sum(self):
		self.put_apart(30)
		balance = holdings.get_balance(self.place, self.lot.name)
		self.assertEqual((balance["balance"], balance["total"]), (70, 100))
		self.assertEqual(
			[(row["warehouse"], row["warehouse_type"], row["balance"]) for row in balance["warehouses"]],
			[(self.place, None, 70), (self.quarantine, "Quarantine", 30)],
		)
		units = on_hand.units_by_warehouse([self.lot.name])
		self.assertEqual(units, {self.place: 70, self.quarantine: 30})
		facilities = on_hand.facilities_of(units)
		self.assertEqual({row.facility for row in facilities.values()}, {self.holder.name})

	def test_a_stopped_lot_leaves_quarantine_by_destruction_and_not_into_trade(self):
		self.stop()
		self.put_apart(30)
		elsewhere = factories.pharmacy().warehouse
		for voucher in (
			vouchers.delivery_note(self.lot, 1, self.quarantine),
			vouchers.stock_entry("Material Transfer", self.lot, 1, self.quarantine, elsewhere),
		):
			self.assert_not_submitted(errors.LotNotTradableError, voucher, 409)
		vouchers.stock_entry("Material Issue", self.lot, 30, source=self.quarantine).submit()
		self.assert_held(0, self.quarantine)

	def test_a_manager_sees_and_uses_the_further_warehouse(self):
		user = factories.user("Pharmacy Manager", "Stock User", scope=("Pharmacy", self.holder.name))
		frappe.set_user(user)
		self.put_apart(5)
		self.assertEqual(len(frappe.get_list("Stock Movement", {"warehouse": self.quarantine})), 1)

	def test_by_the_api_both_ends_come_in_one_call(self):
		def end(direction, warehouse, units=10):
			values = {"direction": direction, "warehouse": warehouse}
			return factories.request(self.holder, self.lot.name, "Internal Transfer", units, **values)

		factories.record_all([end("Out", self.place), end("In", self.quarantine)])
		balance = holdings.get_balance(self.place, self.lot.name)
		self.assertEqual((balance["balance"], balance["total"]), (90, 100))
		for requests in (
			[end("In", self.quarantine)],
			[end("Out", self.place), end("In", self.quarantine, 11)],
		):
			self.assertRefused(errors.InvalidRequestError, factories.record_all, requests, status=400)
		stranger = end("Out", self.buyer.warehouse)
		self.assertRefused(errors.InvalidRequestError, factories.record_all, [stranger], status=400)

	def test_no_unit_comes_of_a_transfer_that_is_sent_twice(self):
		def end(direction, warehouse, units, key):
			values = {"direction": direction, "warehouse": warehouse, "idempotency_key": key}
			return factories.request(self.holder, self.lot.name, "Internal Transfer", units, **values)

		one, two, three = (factories.hash_() for _key in range(3))
		out = end("Out", self.place, 10, one)
		twice = [out, dict(out), end("In", self.quarantine, 20, two)]
		self.assertRefused(errors.InvalidRequestError, factories.record_all, twice, status=400)
		sent = [out, end("In", self.quarantine, 10, two)]
		factories.record_all(sent)
		self.assertTrue(all(result.replayed for result in factories.record_all(sent)))
		half_new = [out, end("In", self.quarantine, 10, three)]
		self.assertRefused(errors.InvalidRequestError, factories.record_all, half_new, status=400)
		self.assertEqual(holdings.get_balance(self.place, self.lot.name)["total"], 100)

	def test_each_purpose_gets_a_warehouse_of_the_facilitys_own(self):
		for purpose in warehouses.PURPOSES[1:]:
			name = warehouses.add(self.holder, purpose)
			row = frappe.db.get_value("Warehouse", name, "*", as_dict=True)
			self.assertEqual((row.healthcare_facility, row.warehouse_type), (self.holder.name, purpose))
		self.assertRefused(errors.InvalidRequestError, warehouses.add, self.holder, "Garage", status=400)
		self.assertEqual(warehouses.add(self.holder, "Quarantine"), self.quarantine)
		pending = factories.pharmacy(approved=False)
		self.assertRefused(errors.UnknownFacilityError, warehouses.add, pending, "Quarantine", status=404)


class TestParties(TransferTestCase):
	"""One Customer or Supplier stands for one facility."""

	def test_a_party_is_not_shared(self):
		party = {"customer": vouchers.customer(self.buyer), "supplier": vouchers.supplier(self.holder)}
		for facility_type in FACILITY_TYPES:
			for field, name in party.items():
				facility = (
					factories.pharmacy() if facility_type == "Pharmacy" else factories.public_facility()
				)
				facility.set(field, name)
				text = self.assertRefused(errors.PartyTakenError, facility.save, status=409)
				self.assertIn(name, text)

	def test_a_facility_keeps_its_own_party(self):
		self.buyer.customer = vouchers.customer()
		self.buyer.save()
		self.buyer.reload().save()
		self.assertTrue(self.buyer.customer)

	def test_a_central_store_supplies_as_a_wholesaler_does(self):
		store = factories.public_facility(public_facility_type="Central Store")
		lot = self.lot = factories.lot(importer_type="Public Facility", importer=store.name)
		imported = vouchers.purchase_receipt(lot, 50, store.warehouse).submit()
		self.assertEqual(self.recorded(imported), [("Import", "In", 50, store.name, None)])
		bought = vouchers.purchase_receipt(lot, 5, self.place, vouchers.supplier(store)).submit()
		self.assertEqual(self.recorded(bought), [("B2B In", "In", 5, self.holder.name, store.name)])
