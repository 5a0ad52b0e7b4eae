"""Writers that meet: threads with their own connections, committing. What they write has random names and stays."""

from functools import partial
from unittest.mock import patch

import frappe

from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.regulated import RegulatedDocument
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.ledger import intake
from healthcare_erp.traceability.stock import warehouses
from healthcare_erp.traceability.verification import verify as verification

ROUNDS = 5


def send(*requests: dict) -> list:
	return ledger.record_now(intake.parse(list(requests)))


def insert(request: dict):
	return frappe.get_doc({"doctype": "Stock Movement", **request}).insert()


def impatiently(call):
	"""Wait one second for a lock, not fifty."""
	frappe.db.sql("SET SESSION innodb_lock_wait_timeout = 1")
	return call()


def isolated(call):
	"""As MariaDB is set from 11.6.2 on; servers without the setting do so neither."""
	if frappe.db.sql("SHOW VARIABLES LIKE 'innodb_snapshot_isolation'"):
		frappe.db.sql("SET SESSION innodb_snapshot_isolation = ON")
	return call()


class TestConcurrency(SiteTestCase):
	def committed(self, quantity: int = 1):
		holder, lot = factories.stocked(quantity)
		frappe.db.commit()
		return holder, lot

	def after(self) -> None:
		"""See what others committed."""
		frappe.db.rollback()

	def assert_clean(self, *lots: str) -> None:
		self.after()
		subjects = [defect["subject"] for defect in verification.verify(limit=100_000)["defects"]]
		self.assertEqual([s for s in subjects if any(f"/ {lot} #" in s for lot in lots)], [])

	def assert_one_won(self, outcomes: list, holder, lot) -> None:
		lost = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
		self.assertEqual([type(outcome) for outcome in lost], [errors.InsufficientStockError])
		self.assertEqual(lost[0].http_status_code, 409)
		self.assert_clean(lot.name)
		self.assertEqual(factories.balance(holder, lot.name), 0)

	def test_last_unit_is_sold_once(self):
		for record in (send, insert):
			for _round in range(ROUNDS):
				holder, lot = self.committed(1)
				request = factories.request(holder, lot.name, "Sale", 1)
				outcomes = together(partial(record, dict(request)), partial(record, dict(request)))
				self.assert_one_won(outcomes, holder, lot)

	def test_last_unit_in_the_middle_of_batches_is_sold_once(self):
		holder, lot = self.committed(1)
		other, second = self.committed(10)
		sale = factories.request(holder, lot.name, "Sale", 1)
		around = factories.request(other, second.name, "Sale", 1)
		outcomes = together(partial(send, around, sale), partial(send, sale, around))
		self.assert_one_won(outcomes, holder, lot)
		self.assertEqual(factories.balance(other, second.name), 9)

	def test_two_sales_at_once_are_both_recorded_where_the_server_isolates_snapshots(self):
		"""MariaDB 11.6 refuses to lock what was written since the snapshot, where earlier ones show it."""
		for _round in range(ROUNDS):
			holder, lot = self.committed(10)
			sale = partial(send, factories.request(holder, lot.name, "Sale", 1))
			outcomes = together(partial(isolated, sale), partial(isolated, sale))
			self.assertEqual(sorted(rows[0].balance_after for rows in outcomes), [8, 9])

	def test_two_first_movements_of_a_position_are_both_recorded(self):
		for _round in range(ROUNDS):
			holder, lot = factories.wholesaler(), factories.lot()
			frappe.db.commit()
			request = factories.request(holder, lot.name, "Import", 3)
			outcomes = together(partial(send, dict(request)), partial(send, dict(request)))
			self.assertEqual(sorted(rows[0].position_sequence for rows in outcomes), [1, 2])
			self.assert_clean(lot.name)
			self.assertEqual(factories.balance(holder, lot.name), 6)

	def test_one_key_sent_at_once_is_one_row_for_all(self):
		for _round in range(ROUNDS):
			holder, lot = self.committed(10)
			request = factories.request(holder, lot.name, "Sale", 2, idempotency_key=f"o'{factories.hash_()}")
			outcomes = together(*[partial(send, dict(request)) for _count in range(3)])
			results = [rows[0] for rows in outcomes]
			self.assertEqual(len({result.name for result in results}), 1)
			self.assertEqual(sorted(result.replayed for result in results), [False, True, True])
			self.after()
			self.assertEqual(factories.balance(holder, lot.name), 8)

	def test_one_key_in_two_documents_at_once_is_one_row(self):
		for _round in range(ROUNDS):
			holder, lot = self.committed(10)
			request = factories.request(holder, lot.name, "Sale", 2, idempotency_key=f"o'{factories.hash_()}")
			first, second = together(partial(insert, dict(request)), partial(insert, dict(request)))
			self.assertEqual(first.name, second.name)

	def test_one_key_of_two_facilities_at_once_is_two_movements(self):
		key = factories.hash_()
		pairs = [self.committed(10) for _count in range(2)]
		requests = [factories.request(*_named(pair), "Sale", 1, idempotency_key=key) for pair in pairs]
		outcomes = together(*[partial(send, request) for request in requests])
		self.assertEqual([rows[0].balance_after for rows in outcomes], [9, 9])
		self.after()
		self.assertEqual(frappe.db.count("Stock Movement", {"idempotency_key": key}), 2)

	def test_one_key_for_two_warehouses_of_a_facility_at_once_is_a_conflict(self):
		"""The warehouses are different rows to lock: the unique key alone stands between them."""
		key = factories.hash_()
		holder, lot = self.committed(10)
		request = factories.request(holder, lot.name, "Import", 1, idempotency_key=key)
		requests = [request, request | {"warehouse": warehouses.add(holder, "Quarantine")}]
		frappe.db.commit()
		outcomes = together(*[partial(send, request) for request in requests])
		refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
		self.assertEqual([type(outcome) for outcome in refused], [errors.IdempotencyConflictError])
		self.after()
		self.assertEqual(frappe.db.count("Stock Movement", {"idempotency_key": key}), 1)

	def test_many_writers_over_many_new_positions_meet_no_deadlock(self):
		holders = [factories.wholesaler() for _count in range(4)]
		lots = [factories.lot() for _count in range(3)]
		frappe.db.commit()
		batch = [
			factories.request(holder, lot.name, kind, quantity)
			for holder in holders
			for lot in lots
			for kind, quantity in (("Import", 5), ("Sale", 2))
		]
		orders = [batch[shift:] + batch[:shift] for shift in (0, 6, 12, 18)]
		outcomes = together(*[partial(send, *order) for order in orders + orders])
		self.assertEqual([outcome for outcome in outcomes if isinstance(outcome, Exception)], [])
		self.assert_clean(*(lot.name for lot in lots))
		for holder in holders:
			for lot in lots:
				self.assertEqual(factories.balance(holder, lot.name), 8 * 3)

	def test_more_buyers_than_units(self):
		holder, lot = self.committed(5)
		request = factories.request(holder, lot.name, "Sale", 1)
		outcomes = together(*[partial(send, dict(request)) for _count in range(8)])
		refused = [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
		self.assertEqual(refused, [errors.InsufficientStockError] * 3)
		self.assert_clean(lot.name)
		self.assertEqual(factories.balance(holder, lot.name), 0)

	def test_one_reversal_wins(self):
		holder, lot = self.committed(10)
		sale = factories.record(holder, lot.name, "Sale", 4)
		frappe.db.commit()
		request = factories.request(holder, lot.name, "Sale", 4, direction="In", reversal_of=sale.name)
		outcomes = together(partial(send, dict(request)), partial(send, dict(request)))
		refused = [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
		self.assertEqual(refused, [errors.InvalidReversalError])
		self.after()
		self.assertEqual(factories.balance(holder, lot.name), 10)

	def test_a_recall_waits_for_a_movement_that_is_being_written(self):
		holder, lot = self.committed(10)
		factories.record(holder, lot.name, "Sale", 1)
		recall = partial(_recall, lot.name)
		[outcome] = together(partial(impatiently, recall))
		self.assertIsInstance(outcome, frappe.QueryTimeoutError)
		frappe.db.commit()
		self.assertEqual(together(recall), [None])
		self.after()
		self.assertEqual(frappe.db.get_value("National Lot", lot.name, "status"), "Recalled")

	def test_a_movement_waits_for_a_recall_and_is_refused(self):
		holder, lot = self.committed(10)
		_recall(lot.name)
		sale = partial(send, factories.request(holder, lot.name, "Sale", 1))
		[outcome] = together(partial(_record_once, holder, lot.name))
		self.assertIsInstance(outcome, errors.LedgerBusyError)
		frappe.db.commit()
		[outcome] = together(sale)
		self.assertIsInstance(outcome, errors.LotNotTradableError)
		self.after()
		self.assertEqual(factories.balance(holder, lot.name), 10)

	def test_a_medicine_is_not_blocked_under_a_movement(self):
		holder, lot = self.committed(10)
		factories.record(holder, lot.name, "Sale", 1)
		block = partial(_transition, "National Medicine", lot.national_medicine, "Block")
		with patch.object(RegulatedDocument, "record_transition") as noted:
			[outcome] = together(partial(impatiently, block))
		self.assertIsInstance(outcome, frappe.QueryTimeoutError)
		noted.assert_not_called()  # the block's time comes after the movement's

	def test_busy_stock_is_a_named_refusal(self):
		holder, lot = self.committed(10)
		factories.record(holder, lot.name, "Sale", 1)
		sale = partial(send, factories.request(holder, lot.name, "Sale", 1))
		[outcome] = together(sale)
		self.assertIsInstance(outcome, errors.LedgerBusyError)
		self.assertEqual(outcome.http_status_code, 409)


def _named(pair: tuple) -> tuple:
	holder, lot = pair
	return holder, lot.name


def _record_once(holder, lot: str):
	return factories.record(holder, lot, "Sale", 1)


def _recall(lot: str) -> None:
	_transition("National Lot", lot, "Recall")


def _transition(doctype: str, name: str, action: str) -> None:
	frappe.get_doc(doctype, name, for_update=True).transition(action, "test")
