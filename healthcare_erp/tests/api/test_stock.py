"""Stock movements as callers send them: each bad input has its named error, and a bad row refuses the request."""

import json
from datetime import timedelta, timezone
from unittest.mock import patch

import frappe
from frappe.utils import add_to_date, now_datetime

from healthcare_erp.api import stock
from healthcare_erp.core import exceptions as errors
from healthcare_erp.domain.traceability.ledger import MAX_BATCH
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

BAD_INPUT = (
	({"national_lot": "no such lot"}, errors.UnknownLotError, 404),
	({"facility": "PHA-0"}, errors.UnknownFacilityError, 404),
	({"facility_type": "Company"}, errors.UnknownFacilityTypeError, 400),
	({"counterparty_type": "Customer", "counterparty": "X"}, errors.UnknownFacilityTypeError, 400),
	({"counterparty_type": "Pharmacy", "counterparty": "PHA-0"}, errors.UnknownFacilityError, 404),
	({"counterparty": "PHA-0"}, errors.InvalidRequestError, 400),
	({"movement_type": "Gift"}, errors.UnknownMovementTypeError, 400),
	({"movement_type": "Return"}, errors.InvalidDirectionError, 400),
	({"direction": "In"}, errors.InvalidDirectionError, 400),
	({"direction": "Up"}, errors.InvalidDirectionError, 400),
	({"quantity": 0}, errors.InvalidQuantityError, 400),
	({"quantity": -1}, errors.InvalidQuantityError, 400),
	({"quantity": 1.5}, errors.InvalidQuantityError, 400),
	({"quantity": "two"}, errors.InvalidQuantityError, 400),
	({"quantity": True}, errors.InvalidQuantityError, 400),
	({"quantity": [1]}, errors.InvalidQuantityError, 400),
	({"quantity": 2**31}, errors.InvalidQuantityError, 400),
	({"quantity": "9" * 5_000}, errors.InvalidQuantityError, 400),
	({"quantity": float("nan")}, errors.InvalidQuantityError, 400),
	({"quantity": float("inf")}, errors.InvalidQuantityError, 400),
	({"quantity": None}, errors.InvalidRequestError, 400),
	({"posting_datetime": "2999-01-01 00:00:00"}, errors.PostingInFutureError, 400),
	({"posting_datetime": "yesterday"}, errors.InvalidPostingTimeError, 400),
	({"posting_datetime": "2026-02-30"}, errors.InvalidPostingTimeError, 400),
	({"posting_datetime": "0001-01-01T00:00:00+05:00"}, errors.InvalidPostingTimeError, 400),
	({"unit_price": "cheap"}, errors.InvalidPriceError, 400),
	({"unit_price": -1}, errors.InvalidPriceError, 400),
	({"unit_price": float("nan")}, errors.InvalidPriceError, 400),
	({"unit_price": float("inf")}, errors.InvalidPriceError, 400),
	({"unit_price": 10**12}, errors.InvalidPriceError, 400),
	({"idempotency_key": "k" * 141}, errors.InvalidRequestError, 400),
	({"reference_name": "n" * 141}, errors.InvalidRequestError, 400),
	({"balance_after": 1_000}, errors.InvalidRequestError, 400),
	({"warehouse": "Stores"}, errors.InvalidRequestError, 400),
	({"facility": {"name": "x"}}, errors.InvalidRequestError, 400),
	({"facility_type": ["Pharmacy"]}, errors.InvalidRequestError, 400),
	({"national_lot": ["x"]}, errors.InvalidRequestError, 400),
	({"reversal_of": {"name": "x"}, "direction": "In"}, errors.InvalidRequestError, 400),
	({"reversal_of": "no such movement", "direction": "In"}, errors.UnknownMovementError, 404),
	({"reversal_of": "no such movement"}, errors.InvalidRequestError, 400),
	({"quantity": 11}, errors.InsufficientStockError, 409),
)


class TestRecordMovements(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(10)

	def sale(self, **values) -> dict:
		return factories.request(self.holder, self.lot.name, "Sale", 1) | values

	def balance(self) -> int:
		return factories.balance(self.holder, self.lot.name)

	def refused(self, error, requests, status=None):
		return self.assertRefused(error, stock.record_movements, requests, status=status)

	def test_bad_input_has_its_named_error_and_refuses_the_whole_request(self):
		for values, error, status in BAD_INPUT:
			with self.subTest(str(values)[:80]):
				self.refused(error, [self.sale(), self.sale(**values)], status)
				self.assertEqual(self.balance(), 10)

	def test_what_is_no_list_of_objects_is_refused(self):
		for requests in ("[", "5", "null", "true", '"text"', '{"a": 1}', ["text"], [[1]], [None]):
			with self.subTest(requests):
				self.refused(errors.InvalidRequestError, requests, 400)

	def test_an_empty_list_is_refused_for_everybody(self):
		self.refused(errors.InvalidRequestError, [], 400)
		frappe.set_user(factories.user("Pharmacy Manager", scope=("Pharmacy", self.holder.name)))
		self.refused(errors.InvalidRequestError, [], 400)

	def test_more_than_the_limit_is_refused(self):
		self.refused(errors.TooManyMovementsError, [self.sale()] * (MAX_BATCH + 1), 413)

	def test_a_list_in_json_is_read(self):
		[result] = stock.record_movements(json.dumps([self.sale()]))
		self.assertEqual(result.balance_after, 9)

	def test_rows_are_recorded_in_the_order_given(self):
		results = stock.record_movements([self.sale(quantity=quantity) for quantity in (4, 3, 2)])
		self.assertEqual([result.balance_after for result in results], [6, 3, 1])
		self.assertEqual([result.position_sequence for result in results], [2, 3, 4])

	def test_the_last_row_that_is_short_refuses_all(self):
		said = self.refused(
			errors.InsufficientStockError, [self.sale(quantity=6), self.sale(quantity=5)], 409
		)
		self.assertIn("4 units", said)
		self.assertEqual(self.balance(), 10)

	def test_a_time_with_its_zone_is_stored_in_the_sites(self):
		moment = add_to_date(now_datetime(), hours=-3).replace(microsecond=0)
		with patch("frappe.utils.data.get_system_timezone", return_value="Africa/Bujumbura"):
			sent = moment.replace(tzinfo=timezone(timedelta(hours=2))).astimezone(
				timezone(timedelta(hours=-5))
			)
			[result] = stock.record_movements([self.sale(posting_datetime=sent.isoformat())])
		self.assertEqual(factories.movement(result.name).posting_datetime, moment)

	def test_quantities_that_stand_for_whole_numbers_are_taken(self):
		for quantity in (1, 1.0, "1", "1.0", " 1 ", "+1"):
			stock.record_movements([self.sale(quantity=quantity)])
		self.assertEqual(self.balance(), 4)


class TestIdempotency(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(10)
		self.key = factories.hash_()

	def send(self, **values):
		request = factories.request(self.holder, self.lot.name, "Sale", 1, idempotency_key=self.key) | values
		[result] = stock.record_movements([request])
		return result

	def test_same_content_returns_the_first_row(self):
		first, second = self.send(), self.send()
		self.assertEqual((first.name, first.replayed), (second.name, False))
		self.assertTrue(second.replayed)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 9)

	def test_other_content_is_a_conflict_that_names_the_fields(self):
		self.send()
		request = factories.request(self.holder, self.lot.name, "Sale", 2, idempotency_key=self.key)
		said = self.assertRefused(
			errors.IdempotencyConflictError, stock.record_movements, [request], status=409
		)
		self.assertIn("quantity", said)

	def test_what_is_stored_otherwise_than_sent_is_the_same_content(self):
		"""Prices are stored with nine decimals, numbers as text, a blank after a key not at all."""
		sent = {"unit_price": 1 / 3, "reference_doctype": "Report", "reference_name": 12345}
		first = self.send(
			**sent, idempotency_key=f"{self.key} ", posting_datetime="2026-01-05T10:00:00+02:00"
		)
		for key in (self.key, f" {self.key}"):
			again = self.send(**sent, idempotency_key=key, posting_datetime="2026-01-05T08:00:00+00:00")
			self.assertEqual((again.name, again.replayed), (first.name, True))

	def test_any_price_is_the_same_content_when_it_is_sent_again(self):
		for price in (0.1, "12.35", 1234567.123456789, "99999999999.999999999", "0.0000000001", "7E+2"):
			sent = {"unit_price": price, "idempotency_key": factories.hash_()}
			self.assertEqual(self.send(**sent).name, self.send(**sent).name, price)

	def test_keys_differ_by_case(self):
		self.assertNotEqual(
			self.send(idempotency_key=f"{self.key}a").name, self.send(idempotency_key=f"{self.key}A").name
		)

	def test_key_with_quotes_is_replayed(self):
		first = self.send(idempotency_key=f"o'{self.key}' for key 'x'")
		self.assertEqual(self.send(idempotency_key=f"o'{self.key}' for key 'x'").name, first.name)

	def test_replay_comes_before_what_has_changed_since(self):
		"""The stock was sold and the lot recalled: the same request still gets its first answer."""
		first = self.send()
		factories.record(self.holder, self.lot.name, "Sale", 9)
		self.lot.reload()
		self.lot.transition("Recall", "test")
		self.assertEqual((self.send().name, self.send().replayed), (first.name, True))

	def test_new_and_replayed_rows_in_one_request(self):
		first = self.send()
		requests = [
			factories.request(self.holder, self.lot.name, "Sale", 1, idempotency_key=key)
			for key in (factories.hash_(), self.key, factories.hash_())
		]
		results = stock.record_movements(requests)
		self.assertEqual([result.replayed for result in results], [False, True, False])
		self.assertEqual(results[1].name, first.name)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 7)

	def test_one_key_twice_in_a_request_is_recorded_once(self):
		request = factories.request(self.holder, self.lot.name, "Sale", 1, idempotency_key=self.key)
		first, second = stock.record_movements([request, dict(request)])
		self.assertEqual(first.name, second.name)
		other = request | {"quantity": 2}
		self.assertRefused(errors.IdempotencyConflictError, stock.record_movements, [request, other])


class TestReading(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(10)

	def test_balance_of_a_lot_typed_in_another_case(self):
		found = stock.get_balance("Pharmacy", self.holder.name, self.lot.name.lower())
		self.assertEqual((found["balance"], found["national_lot"]), (10, self.lot.name))

	def test_balance_of_what_is_unknown(self):
		self.assertRefused(
			errors.UnknownLotError, stock.get_balance, "Pharmacy", self.holder.name, "x", status=404
		)
		self.assertRefused(
			errors.UnknownFacilityError, stock.get_balance, "Pharmacy", "x", self.lot.name, status=404
		)
		self.assertRefused(
			errors.UnknownFacilityTypeError, stock.get_balance, "User", "Guest", self.lot.name, status=400
		)

	def test_pages_hold_each_movement_once_latest_first(self):
		request = factories.request(self.holder, self.lot.name, "Sale", 1)
		stock.record_movements([dict(request) for _time in range(6)])
		names, page = [], None
		while True:
			answer = stock.get_movements(national_lot=self.lot.name, page=page, page_length=3)
			names += [row.name for row in answer["movements"]]
			page = answer["next_page"]
			if not page:
				break
		self.assertEqual(len(names), 7)
		self.assertEqual(len(set(names)), 7)
		self.assertEqual(factories.movement(names[-1]).movement_type, "Import")

	def test_after_the_first_movement_comes_an_empty_page(self):
		[row] = stock.get_movements(national_lot=self.lot.name)["movements"]
		answer = stock.get_movements(national_lot=self.lot.name, page=row.name)
		self.assertEqual(answer, {"movements": [], "next_page": None})

	def test_suggestion_takes_the_earliest_expiry_and_names_what_it_may_not_use(self):
		medicine, holder = factories.medicine().name, factories.wholesaler()
		late, soon, blocked = (factories.lot(medicine, expires_in=days) for days in (300, 30, 10))
		for lot in (late, soon, blocked):
			factories.record(holder, lot.name, "Import", 5)
		blocked.reload()
		blocked.transition("Block", "test")
		found = stock.suggest_lots(holder.warehouse, medicine, 12)
		taken = [(pick["national_lot"], pick["quantity"]) for pick in found["picks"]]
		self.assertEqual(taken, [(soon.name, 5), (late.name, 5)])
		self.assertEqual(found["shortfall"], 2)
		self.assertEqual(
			[(lot["national_lot"], lot["reason"]) for lot in found["unusable"]], [(blocked.name, "Blocked")]
		)

	def test_suggestion_for_what_is_unknown(self):
		warehouse, medicine = self.holder.warehouse, self.lot.national_medicine
		self.assertRefused(errors.UnknownMedicineError, stock.suggest_lots, warehouse, "x", 1, status=404)
		self.assertRefused(errors.UnknownFacilityError, stock.suggest_lots, "x", medicine, 1, status=404)
		self.assertRefused(
			errors.InvalidQuantityError, stock.suggest_lots, warehouse, medicine, 0, status=400
		)
