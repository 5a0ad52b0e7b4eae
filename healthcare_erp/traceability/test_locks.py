"""Who waits for whom: facilities, tills, vouchers and recalls with their own connections. Commits its fixtures."""

from functools import partial
from threading import Event

import frappe

from healthcare_erp import exceptions as errors
from healthcare_erp.tests import factories, vouchers, web
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together
from healthcare_erp.traceability import intake, ledger, ledger_store



def send(*requests: dict) -> list:
	return ledger.record_now(intake.parse(list(requests)))


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
		frappe.get_doc("Pharmacy", name).transition("Approve")

	def test_a_count_of_one_facility_does_not_hold_up_another(self):
		(holder, lot), (other, second) = self.stocked(), self.stocked()
		self.draft(vouchers.stock_reconciliation, lot, 90, holder.warehouse).submit()
		[rows] = together(partial(in_time, self.sale(other, second)))
		self.assertEqual(rows[0].balance_after, 99)

	def test_a_till_is_told_at_once_that_a_count_holds_its_stock(self):
		holder, lot = self.stocked()
		self.draft(vouchers.stock_reconciliation, lot, 90, holder.warehouse).submit()
		[outcome] = together(partial(in_time, self.sale(holder, lot)))
		self.assertIsInstance(outcome, errors.LedgerBusyError)
		self.assertEqual(outcome.http_status_code, 409)

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
		ledger_store.lock_warehouses([max(holder.warehouse for holder in pair)])

		def recall():
			until_somebody_waits("stock_movement_locks")
			frappe.db.sql("SELECT name FROM `tabNational Lot` WHERE name = %s FOR UPDATE NOWAIT", lot.name)
			return "free"

		writer, recaller = together(partial(send, *requests), recall)
		self.assertIsInstance(writer, errors.LedgerBusyError)
		self.assertEqual(recaller, "free")


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
			ledger_store.lock_warehouses([holder.warehouse])

		answer, _nothing = together(post, get_in_its_way)
		self.assertEqual((answer.status, answer.error), (200, None), answer.body)
		frappe.db.rollback()
		self.assertEqual(factories.balance(holder, lot.name), 9)
