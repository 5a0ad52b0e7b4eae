"""Who waits for whom: facilities, tills, vouchers and recalls with their own connections. Commits its fixtures."""

from functools import partial
from threading import Event

import frappe

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories, vouchers, web
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.books.vouchers import locks as voucher_locks
from healthcare_erp.traceability.ledger import intake, store

ROUNDS = 5
NAMED = (errors.InsufficientStockError, errors.LedgerBusyError)


def send(*requests: dict) -> list:
	return ledger.record_now(intake.parse(list(requests)))


def submit(voucher) -> None:
	frappe.get_doc(voucher.doctype, voucher.name).submit()


def ask(query: str, name: str):
	return frappe.db.sql(query, name)


def in_time(call):
	"""Do it on a server that lets others wait for ever, within what a web server has patience for."""
	frappe.db.sql("SET SESSION innodb_lock_wait_timeout = 1000, max_statement_time = 30")
	return call()


def until_somebody_waits(query: str) -> None:
	"""Until another connection of this site is in a statement that contains this text."""
	running = "SELECT 1 FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND info LIKE %s"
	while not frappe.db.sql(running, f"%{query}%"):
		pass


class LockTestCase(SiteTestCase):
	def stocked(self, units: int = 100, holder=None):
		"""A holder with units of a new lot in both books, committed."""
		holder = holder or factories.wholesaler()
		lot = factories.lot(importer=holder.name)
		vouchers.purchase_receipt(lot, units, holder.warehouse).submit()
		frappe.db.commit()
		return holder, lot

	def draft(self, make, *args, **values):
		draft = make(*args, **values)
		frappe.db.commit()
		return draft

	def sale(self, holder, lot, quantity: int = 1):
		return partial(send, factories.request(holder, lot.name, "Sale", quantity))

	def refusals(self, outcomes: list) -> list:
		frappe.db.rollback()
		return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


class TestWaiting(LockTestCase):
	def test_approving_a_facility_does_not_wait_for_a_voucher_elsewhere(self):
		holder, lot = self.stocked()
		applicant = factories.pharmacy(approved=False, facility_name="AAA")
		note = self.draft(vouchers.delivery_note, lot, 5, holder.warehouse)
		note.submit()
		[outcome] = together(partial(self.approve, applicant.name))
		self.assertIsNone(outcome)

	def approve(self, name: str) -> None:
		frappe.db.sql("SET SESSION innodb_lock_wait_timeout = 1")
		frappe.get_doc("Pharmacy", name).transition("Approve", "seen")

	def test_a_count_of_one_facility_does_not_hold_up_another(self):
		(holder, lot), (other, second) = self.stocked(), self.stocked()
		self.draft(vouchers.stock_reconciliation, lot, 90, holder.warehouse).submit()
		[rows] = together(partial(in_time, self.sale(other, second)))
		self.assertEqual(rows[0].balance_after, 99)

	def test_a_new_price_of_a_medicine_does_not_hold_up_its_movements(self):
		"""As a register import saves them by the thousand, in one transaction."""
		holder, lot = self.stocked()
		frappe.get_doc("National Medicine", lot.national_medicine).update({"authorised_price": 120}).save()
		[rows] = together(partial(in_time, self.sale(holder, lot)))
		self.assertEqual(rows[0].balance_after, 99)

	def test_a_till_is_told_at_once_that_a_count_holds_its_stock(self):
		holder, lot = self.stocked()
		self.draft(vouchers.stock_reconciliation, lot, 90, holder.warehouse).submit()
		[outcome] = together(partial(in_time, self.sale(holder, lot)))
		self.assertIsInstance(outcome, errors.LedgerBusyError)
		self.assertEqual(outcome.http_status_code, 409)

	def test_a_voucher_is_told_by_name_that_others_hold_its_stock(self):
		holder, lot = self.stocked()
		note = self.draft(vouchers.delivery_note, lot, 5, holder.warehouse)
		factories.record(holder, lot.name, "Sale", 1)
		[outcome] = together(partial(in_time, partial(submit, note)))
		self.assertIsInstance(outcome, errors.LedgerBusyError)

	def test_a_lost_row_of_the_locks_is_made_again(self):
		holder, lot = self.stocked()
		frappe.db.sql("DELETE FROM stock_movement_locks WHERE warehouse = %s", holder.warehouse)
		frappe.db.commit()
		outcomes = together(*[self.sale(holder, lot) for _count in range(4)])
		self.assertEqual(self.refusals(outcomes), [])
		self.assertEqual(factories.balance(holder, lot.name), 96)

	def test_the_warehouses_come_before_a_single_lot(self):
		"""The server reads a table of one row while it plans: a lot would be held while warehouses are waited for."""
		pair, lot = [factories.wholesaler() for _count in range(2)], factories.lot()
		requests = [factories.request(holder, lot.name, "Import", 5) for holder in pair]
		frappe.db.commit()
		store.lock_warehouses([max(holder.warehouse for holder in pair)])

		def recall():
			until_somebody_waits("stock_movement_locks")
			frappe.db.sql("SELECT name FROM `tabNational Lot` WHERE name = %s FOR UPDATE NOWAIT", lot.name)
			return "free"

		writer, recaller = together(partial(send, *requests), recall)
		self.assertIsInstance(writer, errors.LedgerBusyError)
		self.assertEqual(recaller, "free")


class TestVouchers(LockTestCase):
	def test_transfers_in_both_directions_do_not_deadlock(self):
		(one, lot), other = self.stocked(), factories.wholesaler()
		_holder, second = self.stocked(holder=other)
		for _round in range(ROUNDS):
			there = self.draft(
				vouchers.stock_entry, "Material Transfer", lot, 1, one.warehouse, other.warehouse
			)
			back = self.draft(
				vouchers.stock_entry, "Material Transfer", second, 1, other.warehouse, one.warehouse
			)
			outcomes = together(partial(submit, there), partial(submit, back))
			self.assertEqual(self.refusals(outcomes), [])

	def test_vouchers_and_sales_for_the_last_units_are_refused_by_name(self):
		holder, lot = self.stocked(8)
		notes = [self.draft(vouchers.delivery_note, lot, 1, holder.warehouse) for _count in range(6)]
		sales = [self.sale(holder, lot) for _count in range(10)]
		outcomes = together(*[partial(submit, note) for note in notes], *sales)
		refused = self.refusals(outcomes)
		self.assertEqual([error for error in refused if not isinstance(error, NAMED)], [])
		self.assertEqual(factories.balance(holder, lot.name), 8 - (len(outcomes) - len(refused)))

	def test_imports_at_several_facilities_at_once_do_not_deadlock(self):
		for _round in range(ROUNDS):
			importers = [factories.wholesaler() for _count in range(4)]  # side by side in the ledger's index
			receipts = [
				vouchers.purchase_receipt(factories.lot(importer=holder.name), 10, holder.warehouse)
				for holder in importers
			]
			frappe.db.commit()
			refused = self.refusals(together(*[partial(submit, one) for one in receipts]))
			# what the ledger loses it names; ERPNext's own statements deadlock now and then
			self.assertEqual([error for error in refused if type(error) is not frappe.QueryDeadlockError], [])

	def test_imports_at_once_keep_to_what_was_declared(self):
		holder = factories.wholesaler()
		lot = factories.lot(importer=holder.name, quantity_imported=100)
		frappe.db.commit()
		shipment = factories.request(holder, lot.name, "Import", 60)
		refused = self.refusals(together(*[partial(send, dict(shipment)) for _count in range(3)]))
		self.assertEqual([type(error) for error in refused], [errors.ImportBeyondDeclaredError] * 2)
		self.assertEqual(factories.balance(holder, lot.name), 60)

	def test_a_voucher_locks_what_its_bundles_name(self):
		(one, lot), other = self.stocked(), factories.wholesaler()
		note = vouchers.delivery_note(lot, 5, one.warehouse, vouchers.customer(other), bundle=True)
		frappe.db.commit()
		voucher_locks.lock_voucher(note)
		for query, name in (
			("SELECT * FROM stock_movement_locks WHERE warehouse = %s FOR UPDATE NOWAIT", one.warehouse),
			("SELECT name FROM `tabNational Lot` WHERE name = %s FOR UPDATE NOWAIT", lot.name),
		):
			[outcome] = together(partial(ask, query, name))
			self.assertIsInstance(outcome, frappe.QueryTimeoutError)

	def test_a_voucher_without_medicines_costs_one_query(self):
		item = factories.make(
			"Item", item_code=factories.hash_(), item_group="Products", stock_uom="Nos", has_batch_no=0
		)
		row = {"item_code": item.name, "qty": 1, "t_warehouse": factories.wholesaler().warehouse}
		entry = frappe.get_doc(
			{"doctype": "Stock Entry", "stock_entry_type": "Material Receipt", "items": [row]}
		)
		with self.assertQueryCount(1):
			voucher_locks.lock_voucher(entry)


class TestRetry(LockTestCase):
	def test_a_document_that_lost_a_race_is_recorded_all_the_same(self):
		"""A writer of more rows wants the same stock in the opposite order: the server ends the document's transaction."""
		holder, lot = factories.stocked(10)
		headers = web.login(factories.user("National Admin"))
		frappe.db.commit()
		held = Event()

		def post():
			held.wait()
			sale = factories.request(holder, lot.name, "Sale", 1)
			return web.request("POST", "/api/resource/Stock Movement", headers, json=sale)

		def get_in_its_way():
			for quantity in range(100):
				frappe.db.set_value("National Lot", lot.name, "quantity_imported", quantity)
			held.set()
			until_somebody_waits("stock_movement_locks")
			store.lock_warehouses([holder.warehouse])

		answer, _nothing = together(post, get_in_its_way)
		self.assertEqual((answer.status, answer.error), (200, None), answer.body)
		frappe.db.rollback()
		self.assertEqual(factories.balance(holder, lot.name), 9)
