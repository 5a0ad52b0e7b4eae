"""What was lawful when it happened can be reported afterwards; what comes back; whose clocks are ahead."""

from datetime import timedelta
from unittest.mock import patch

import frappe
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestLateReports(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(100)

	def sell(self, quantity: int = 1, **values):
		return factories.record(self.holder, self.lot.name, "Sale", quantity, **values)

	def stop(self, action: str, ago: timedelta) -> None:
		"""The transition, as if it had been made some time ago."""
		with patch("healthcare_erp.core.audit.writer.now_datetime", return_value=now_datetime() - ago):
			self.lot.reload().transition(action, "test")

	def at(self, **ago):
		return now_datetime() - timedelta(**ago)

	def test_a_sale_before_a_recall_is_reported_after_it_and_marked(self):
		self.stop("Recall", timedelta(hours=2))
		row = factories.movement(self.sell(5, posting_datetime=self.at(hours=3)).name)
		self.assertEqual((row.reported_late, row.balance_after), (1, 95))

	def test_a_sale_after_a_recall_is_refused_whatever_the_window(self):
		self.stop("Recall", timedelta(hours=2))
		for time in (self.at(hours=1), None):
			self.assertRefused(
				errors.LotNotTradableError, self.sell, posting_datetime=time, late_reason="x", status=409
			)

	def test_a_sale_on_the_last_day_is_reported_the_day_after(self):
		factories.age(self.lot, add_days(getdate(), -1))
		last_day = add_to_date(getdate(), hours=-8, as_datetime=True)
		row = factories.movement(self.sell(posting_datetime=last_day).name)
		self.assertTrue(row.reported_late)
		self.assertRefused(errors.LotNotTradableError, self.sell, status=409)

	def test_a_delivery_before_a_block_of_the_medicine_is_taken_in(self):
		buyer = factories.pharmacy()
		sent = self.at(minutes=5)
		frappe.get_doc("National Medicine", self.lot.national_medicine).transition("Block", "test")
		values = {"counterparty_type": "Pharmacy", "counterparty": self.holder.name}
		result = factories.record(buyer, self.lot.name, "B2B In", 5, posting_datetime=sent, **values)
		self.assertTrue(factories.movement(result.name).reported_late)
		self.assertRefused(errors.MedicineBlockedError, factories.record, buyer, self.lot.name, "B2B In", 5)

	def test_after_the_window_only_the_regulator_reports_with_a_reason(self):
		self.stop("Recall", timedelta(hours=2))
		old = self.at(hours=100)
		manager = factories.user("Pharmacy Manager", scope=("Pharmacy", self.holder.name))
		regulator = factories.user("National Admin")
		frappe.set_user(manager)
		for reason in (None, "the till was broken"):
			self.assertRefused(
				errors.ReportedTooLateError, self.sell, posting_datetime=old, late_reason=reason, status=409
			)
		frappe.set_user(regulator)
		self.assertRefused(errors.ReportedTooLateError, self.sell, posting_datetime=old, status=409)
		row = factories.movement(self.sell(posting_datetime=old, late_reason="seen in the till's books").name)
		self.assertEqual((row.reported_late, row.late_reason), (1, "seen in the till's books"))

	def test_the_window_is_a_setting(self):
		self.stop("Recall", timedelta(hours=2))
		factories.set_ledger(late_report_hours=1)
		self.assertRefused(errors.ReportedTooLateError, self.sell, posting_datetime=self.at(hours=3))
		factories.set_ledger(late_report_hours=4)
		self.assertTrue(self.sell(posting_datetime=self.at(hours=3)).name)

	def test_a_movement_of_an_active_lot_is_not_late_however_old(self):
		row = factories.movement(self.sell(posting_datetime=self.at(days=400)).name)
		self.assertEqual((row.reported_late, row.late_reason), (0, None))


class TestTakeBack(SiteTestCase):
	"""Recalled and expired goods come back to whom they came from, and no further."""

	def setUp(self):
		self.holder, self.lot = factories.stocked(100)
		self.buyer = factories.pharmacy()
		self.to_buyer = {"counterparty_type": "Pharmacy", "counterparty": self.buyer.name}
		self.to_holder = {"counterparty_type": "Pharmacy", "counterparty": self.holder.name}
		factories.record(self.holder, self.lot.name, "B2B Out", 40, **self.to_buyer)
		factories.record(self.buyer, self.lot.name, "B2B In", 40, **self.to_holder)
		factories.record(self.buyer, self.lot.name, "Sale", 10)
		self.lot.reload().transition("Recall", "test")

	def take_back(self, facility, quantity: int, **values):
		return factories.record(facility, self.lot.name, "Return", quantity, direction="In", **values)

	def test_units_come_back_to_the_wholesaler_once(self):
		factories.record(self.buyer, self.lot.name, "Return", 30, direction="Out", **self.to_holder)
		self.assertEqual(self.take_back(self.holder, 30, **self.to_buyer).balance_after, 90)
		self.assertRefused(
			errors.ReturnBeyondSentError, self.take_back, self.holder, 11, **self.to_buyer, status=409
		)
		self.assertEqual(self.take_back(self.holder, 10, **self.to_buyer).balance_after, 100)
		self.assertRefused(
			errors.LotNotTradableError, self.take_back, self.holder, 1, **self.to_buyer, status=409
		)

	def test_patients_bring_back_what_was_sold_here(self):
		self.assertEqual(self.take_back(self.buyer, 10).balance_after, 40)
		self.assertRefused(errors.LotNotTradableError, self.take_back, self.buyer, 1, status=409)

	def test_nobody_else_takes_them(self):
		stranger = factories.wholesaler()
		self.assertRefused(
			errors.LotNotTradableError, self.take_back, stranger, 5, **self.to_buyer, status=409
		)
		self.assertRefused(
			errors.LotNotTradableError, self.take_back, self.buyer, 5, **self.to_holder, status=409
		)

	def test_what_came_back_does_not_come_back_by_a_reversal_too(self):
		delivery = frappe.db.get_value(
			"Stock Movement", {"national_lot": self.lot.name, "movement_type": "B2B Out"}
		)
		self.take_back(self.holder, 40, **self.to_buyer)
		self.assertRefused(
			errors.ReturnBeyondSentError,
			factories.record,
			self.holder,
			self.lot.name,
			"B2B Out",
			40,
			direction="In",
			reversal_of=delivery,
			status=409,
		)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 100)

	def test_two_returns_of_one_call_do_not_count_the_same_units(self):
		requests = [
			factories.request(
				self.holder, self.lot.name, "Return", 25, direction="In", **self.to_buyer, idempotency_key=key
			)
			for key in (factories.hash_(), factories.hash_())
		]
		self.assertRefused(errors.ReturnBeyondSentError, factories.record_all, requests, status=409)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 60)


class TestClocks(SiteTestCase):
	def test_a_till_two_minutes_ahead_is_set_right_and_may_send_again(self):
		holder, lot = factories.stocked(10)
		ahead = add_to_date(now_datetime(), minutes=2)
		values = {"posting_datetime": ahead, "idempotency_key": factories.hash_()}
		first = factories.record(holder, lot.name, "Sale", 1, **values)
		self.assertLessEqual(first.posting_datetime, now_datetime())
		again = factories.record(holder, lot.name, "Sale", 1, **values)
		self.assertEqual((again.name, again.replayed), (first.name, True))

	def test_a_key_is_not_replayed_for_another_day(self):
		holder, lot = factories.stocked(10)
		key = factories.hash_()
		factories.record(holder, lot.name, "Sale", 1, idempotency_key=key)
		ahead = add_to_date(now_datetime(), years=10)
		self.assertRefused(
			errors.IdempotencyConflictError,
			factories.record,
			holder,
			lot.name,
			"Sale",
			1,
			posting_datetime=ahead,
			idempotency_key=key,
			status=409,
		)

	def test_a_time_before_all_lots_is_refused(self):
		holder, lot = factories.stocked(10)
		for time in ("0001-01-01", "1989-12-31 23:59:59"):
			self.assertRefused(
				errors.InvalidPostingTimeError,
				factories.record,
				holder,
				lot.name,
				"Sale",
				1,
				posting_datetime=time,
				status=400,
			)

	def test_a_till_an_hour_ahead_is_refused(self):
		holder, lot = factories.stocked(10)
		ahead = add_to_date(now_datetime(), hours=1)
		self.assertRefused(
			errors.PostingInFutureError,
			factories.record,
			holder,
			lot.name,
			"Sale",
			1,
			posting_datetime=ahead,
			status=400,
		)
