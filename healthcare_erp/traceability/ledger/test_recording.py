"""The ledger on a real database: balances against a plain sum, which lots may move, reversals, verification."""

import random

import frappe
from frappe.utils import add_to_date, now_datetime
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthcare_erp.core import exceptions as errors
from healthcare_erp.domain.traceability.ledger import MAX_QUANTITY
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.ledger import intake
from healthcare_erp.traceability.verification import verify as verification

INWARD = (("Import", "In"), ("B2B In", "In"), ("Return", "In"), ("Adjustment", "In"))
OUTWARD = (
	("B2B Out", "Out"),
	("Sale", "Out"),
	("Return", "Out"),
	("Adjustment", "Out"),
	("Recall Removal", "Out"),
)
LEAVE = (("Recall Removal", "Out"), ("Return", "Out"), ("Adjustment", "Out"))
LENGTH = 1_000


class TestBalances(SiteTestCase):
	@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
	@given(seed=st.integers(0, 2**32))
	def test_balance_is_the_sum_after_a_thousand_random_movements(self, seed):
		"""Batches of 1 to 60 movements over four positions; those that would go below zero are refused whole."""
		chance = random.Random(seed)
		lots = [factories.lot() for _count in range(2)]
		holders = [factories.wholesaler() for _count in range(2)]
		self.plain = {(holder.name, lot.name): 0 for holder in holders for lot in lots}
		written = refused = 0
		while written < LENGTH:
			batch = [self.random_request(chance, holders, lots) for _count in range(chance.randint(1, 60))]
			if self.record(batch):
				written += len(batch)
			else:
				refused += 1
		self.assertGreater(refused, 0)
		self.assert_balances(holders, lots)

	def random_request(self, chance: random.Random, holders, lots) -> dict:
		kind, direction = chance.choice(INWARD + OUTWARD)
		quantity = chance.randint(1, 60 if direction == "In" else 50)
		return factories.request(
			chance.choice(holders), chance.choice(lots).name, kind, quantity, direction=direction
		)

	def record(self, batch: list[dict]) -> bool:
		"""Record the batch in the ledger and in the plain sums; False where both refuse it."""
		after, possible = dict(self.plain), True
		expected = []
		for request in batch:
			key = (request["facility"], request["national_lot"])
			after[key] += request["quantity"] if request["direction"] == "In" else -request["quantity"]
			possible = possible and after[key] >= 0
			expected.append(after[key])
		if not possible:
			self.assertRefused(errors.InsufficientStockError, ledger.record, intake.parse(batch), status=409)
			return False
		results = ledger.record(intake.parse(batch))
		self.assertEqual([result.balance_after for result in results], expected)
		self.plain = after
		return True

	def assert_balances(self, holders, lots) -> None:
		for holder in holders:
			for lot in lots:
				balance = self.plain[(holder.name, lot.name)]
				self.assertEqual(factories.balance(holder, lot.name), balance)
				rows = frappe.get_all(
					"Stock Movement",
					filters={"facility": holder.name, "national_lot": lot.name},
					pluck="position_sequence",
					order_by="position_sequence",
				)
				self.assertEqual(rows, list(range(1, len(rows) + 1)))
		self.assertEqual(defects_of(*(lot.name for lot in lots)), [])

	def test_a_balance_that_no_column_holds_is_refused(self):
		holder, lot = factories.stocked(MAX_QUANTITY)
		self.assertRefused(
			errors.InvalidQuantityError,
			factories.record,
			holder,
			lot.name,
			"Adjustment",
			1,
			direction="In",
			status=400,
		)
		self.assertEqual(factories.balance(holder, lot.name), MAX_QUANTITY)

	def test_movements_before_the_last_are_recorded_after_it(self):
		"""The order of recording decides balances; the posting time only says when it happened."""
		holder, lot = factories.stocked(10)
		yesterday = add_to_date(now_datetime(), days=-1)
		result = factories.record(holder, lot.name, "Sale", 4, posting_datetime=yesterday)
		self.assertEqual((result.position_sequence, result.balance_after), (2, 6))
		self.assertEqual(result.posting_datetime, yesterday)


class TestTradability(SiteTestCase):
	"""Each movement type and direction, for each state in which a lot can be."""

	def refused(self, error, holder, lot, moves) -> None:
		for kind, direction in moves:
			with self.subTest(kind=kind, direction=direction):
				self.assertRefused(
					error, factories.record, holder, lot.name, kind, 1, direction=direction, status=409
				)
		self.assertEqual(factories.balance(holder, lot.name), 10)

	def allowed(self, holder, lot, moves) -> None:
		balance = 10
		for kind, direction in moves:
			balance += 1 if direction == "In" else -1
			result = factories.record(holder, lot.name, kind, 1, direction=direction)
			self.assertEqual(result.balance_after, balance)

	def test_active_lot_moves_every_way(self):
		holder, lot = factories.stocked(10)
		self.allowed(holder, lot, INWARD + OUTWARD)

	def test_blocked_and_recalled_lots_may_only_leave(self):
		for action in ("Block", "Recall"):
			holder, lot = factories.stocked(10)
			lot.transition(action, "suspected")
			self.refused(errors.LotNotTradableError, holder, lot, set(INWARD + OUTWARD) - set(LEAVE))
			self.allowed(holder, lot, LEAVE)

	def test_expired_lot_may_only_leave_although_its_status_says_active(self):
		holder, lot = factories.stocked(10)
		factories.age(lot, frappe.utils.add_days(frappe.utils.getdate(), -1))
		self.assertEqual(frappe.db.get_value("National Lot", lot.name, "status"), "Active")
		self.refused(errors.LotNotTradableError, holder, lot, set(INWARD + OUTWARD) - set(LEAVE))
		self.allowed(holder, lot, LEAVE)

	def test_lot_moves_on_its_last_day(self):
		holder, lot = factories.stocked(10)
		factories.age(lot, frappe.utils.getdate())
		self.allowed(holder, lot, OUTWARD)

	def test_lot_of_a_blocked_medicine_may_only_leave(self):
		holder, lot = factories.stocked(10)
		frappe.get_doc("National Medicine", lot.national_medicine).transition("Block", "withdrawn")
		self.refused(errors.MedicineBlockedError, holder, lot, set(INWARD + OUTWARD) - set(LEAVE))
		self.allowed(holder, lot, LEAVE)

	def test_unblocked_lot_moves_again(self):
		holder, lot = factories.stocked(10)
		lot.transition("Block", "suspected")
		lot.transition("Unblock", "cleared")
		self.allowed(holder, lot, INWARD + OUTWARD)


class TestReversals(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(10)
		self.buyer = factories.public_facility()
		self.sent = factories.record(
			self.holder,
			self.lot.name,
			"B2B Out",
			4,
			counterparty_type="Public Facility",
			counterparty=self.buyer.name,
			reference_doctype="B2B Order",
			reference_name="ORDER-1",
			unit_price=12.35,
		)

	def reverse(self, quantity=4, direction="In", **values):
		values = {"reversal_of": self.sent.name, "direction": direction} | values
		return factories.record(self.holder, self.lot.name, "B2B Out", quantity, **values)

	def test_reversal_brings_the_units_back_and_repeats_the_other_end(self):
		result = self.reverse()
		self.assertEqual(result.balance_after, 10)
		row, original = factories.movement(result.name), factories.movement(self.sent.name)
		for field in intake.INHERITED:
			self.assertEqual(row[field], original[field], field)

	def test_a_movement_is_reversed_once(self):
		self.reverse()
		self.assertRefused(errors.InvalidReversalError, self.reverse, status=409)

	def test_a_reversal_is_not_reversed(self):
		back = self.reverse()
		self.assertRefused(
			errors.InvalidReversalError, self.reverse, direction="Out", reversal_of=back.name, status=409
		)

	def test_what_is_no_mirror_of_the_original_is_refused(self):
		other = factories.pharmacy()
		cases = (
			{"quantity": 3},
			{"direction": "Out"},
			{"counterparty_type": "Pharmacy", "counterparty": other.name},
			{"reference_name": "ORDER-2"},
			{"posting_datetime": add_to_date(now_datetime(), days=-1)},
		)
		for values in cases:
			with self.subTest(values):
				self.assertRefused(errors.InvalidReversalError, self.reverse, status=409, **values)

	def test_another_facilitys_movement_is_not_reversed(self):
		request = factories.request(self.buyer, self.lot.name, "B2B Out", 4, direction="In")
		movements = intake.parse([request | {"reversal_of": self.sent.name}])
		self.assertRefused(errors.InvalidReversalError, ledger.record, movements, status=409)

	def test_units_that_have_gone_on_cannot_be_taken_back(self):
		imported = frappe.db.get_value(
			"Stock Movement", {"national_lot": self.lot.name, "movement_type": "Import"}
		)
		request = factories.request(self.holder, self.lot.name, "Import", 10, direction="Out")
		movements = intake.parse([request | {"reversal_of": imported}])
		self.assertRefused(errors.InsufficientStockError, ledger.record, movements, status=409)

	def test_a_mistake_is_reversed_although_the_lot_is_recalled(self):
		self.lot.reload()
		self.lot.transition("Recall", "suspected")
		self.assertEqual(self.reverse().balance_after, 10)


class TestVerification(SiteTestCase):
	"""Rows that only somebody with the database's password could write."""

	def setUp(self):
		self.holder, self.lot = factories.stocked(10)

	def forge(self, **values) -> list[str]:
		name = factories.record(self.holder, self.lot.name, "Sale", 1).name
		row = factories.movement(name) | {"name": factories.hash_(), "idempotency_key": factories.hash_()}
		row |= {"position_sequence": 3, "balance_after": 8} | values
		frappe.db.bulk_insert("Stock Movement", fields=list(row), values=[tuple(row.values())])
		return defects_of(self.lot.name)

	def test_an_honest_row_is_no_defect(self):
		self.assertEqual(self.forge(), [])

	def test_wrong_balance_and_quantity_are_named(self):
		self.assertEqual(self.forge(balance_after=9), ["balance_mismatch"])

	def test_wrong_direction_is_named(self):
		self.assertEqual(self.forge(direction="In"), ["balance_mismatch"])

	def test_gap_is_named(self):
		self.assertEqual(self.forge(position_sequence=4), ["sequence_gap"])

	def test_verify_counts_and_limits(self):
		self.forge(balance_after=9)
		found = verification.verify()
		self.assertFalse(found["ok"])
		self.assertEqual(found["movements"], frappe.db.count("Stock Movement"))


def defects_of(*lots: str) -> list[str]:
	"""Codes of the defects in these lots' positions (other suites write to the same ledger)."""
	return [
		defect["code"]
		for defect in verification.verify(limit=100_000)["defects"]
		if any(f"/ {lot} #" in defect["subject"] for lot in lots)
	]
