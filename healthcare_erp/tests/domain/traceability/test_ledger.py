"""Ledger arithmetic: balances equal plain sums, nothing goes below zero, verification finds every change."""

import pickle
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.traceability.ledger import (
	MAX_QUANTITY,
	RESERVED_KEYS,
	Balance,
	Movement,
	check_not_reserved,
	check_posting_time,
	check_reversal,
	post,
	resolve_direction,
	signed,
	verify,
	whole_quantity,
)
from healthcare_erp.domain.vocabulary import DIRECTIONS, Direction, MovementType

NOW = datetime(2026, 3, 1, 12, 0)
PLACES, LOTS = ("W1", "W2"), ("L1", "L2")


def movement(direction="In", quantity=5, warehouse="W1", lot="L1", **values) -> Movement:
	values = {"movement_type": "Adjustment", "idempotency_key": "k"} | values
	return Movement(direction=direction, quantity=quantity, warehouse=warehouse, national_lot=lot, **values)


movements = st.lists(
	st.builds(
		movement,
		direction=st.sampled_from(["In", "Out"]),
		quantity=st.integers(1, 20),
		warehouse=st.sampled_from(PLACES),
		lot=st.sampled_from(LOTS),
	),
	max_size=60,
)
balances = st.dictionaries(
	st.tuples(st.sampled_from(PLACES), st.sampled_from(LOTS)),
	st.builds(Balance, sequence=st.integers(1, 99), quantity=st.integers(0, 50)),
)


def refused(code: str, call, *args) -> DomainError:
	with pytest.raises(DomainError) as caught:
		call(*args)
	assert caught.value.code == code
	return caught.value


class TestPost:
	@given(movements, balances)
	def test_posts_what_a_plain_sum_allows_and_refuses_what_it_does_not(self, asked, start):
		held = {key: balance.quantity for key, balance in start.items()}
		expected, short = [], None
		for index, one in enumerate(asked):
			held[one.position] = held.get(one.position, 0) + signed(one.direction, one.quantity)
			if held[one.position] < 0:
				short = index
				break
			expected.append(held[one.position])
		if short is not None:
			refusal = refused("insufficient_stock", post, asked, start)
			assert refusal.context["index"] == short
			assert refusal.context["requested"] - refusal.context["available"] == -held[asked[short].position]
		else:
			assert [row.balance_after for row in post(asked, start)] == expected

	@given(movements, balances)
	def test_sequences_go_on_without_gaps_and_the_start_is_not_changed(self, asked, start):
		before = dict(start)
		inward = [movement("In", m.quantity, m.warehouse, m.national_lot) for m in asked]
		last = {key: balance.sequence for key, balance in start.items()}
		for row in post(inward, start):
			position = row.movement.position
			last[position] = last.get(position, 0) + 1
			assert row.position_sequence == last[position]
		assert start == before

	def test_more_than_a_column_holds_is_refused(self):
		full = {("W1", "L1"): Balance(1, MAX_QUANTITY)}
		refused("invalid_quantity", post, [movement("In", 1)], full)
		assert post([movement("Out", 1), movement("In", 1)], full)[-1].balance_after == MAX_QUANTITY


class TestVerify:
	def rows(self, asked) -> list[tuple]:
		inward = [movement("In", m.quantity, m.warehouse, m.national_lot) for m in asked]
		return [
			(
				*row.movement.position,
				row.movement.direction,
				row.movement.quantity,
				row.position_sequence,
				row.balance_after,
			)
			for row in post(inward, {})
		]

	@given(movements, st.randoms())
	def test_what_was_posted_has_no_defect_in_any_order(self, asked, chance):
		rows = self.rows(asked)
		chance.shuffle(rows)
		assert verify(rows) == []

	@given(movements.filter(bool), st.data())
	def test_any_changed_number_is_found(self, asked, data):
		rows = self.rows(asked)
		at = data.draw(st.integers(0, len(rows) - 1))
		column = data.draw(st.sampled_from((3, 5)))
		row = list(rows[at])
		row[column] += data.draw(st.sampled_from((-1, 1, 1000)))
		rows[at] = tuple(row)
		assert {defect.code for defect in verify(rows)} & {"balance_mismatch", "negative_balance"}

	@given(movements.filter(lambda asked: len({m.position for m in asked}) < len(asked)), st.data())
	def test_a_missing_row_that_is_not_the_last_is_found(self, asked, data):
		rows = self.rows(asked)
		last = {row[:2]: row for row in rows}
		at = data.draw(st.sampled_from([i for i, row in enumerate(rows) if last[row[:2]] != row]))
		del rows[at]
		assert "sequence_gap" in {defect.code for defect in verify(rows)}

	def test_each_defect_says_what_was_expected(self):
		rows = [("W1", "L1", "In", 5, 1, 5), ("W1", "L1", "Out", 6, 3, -1)]
		found = {defect.code: defect for defect in verify(rows)}
		assert set(found) == {"sequence_gap", "negative_balance"}
		assert found["sequence_gap"].detail == {"expected": 2, "found": 3}
		assert found["sequence_gap"].subject == "W1 / L1 #3"


class TestQuantity:
	@given(st.integers(1, MAX_QUANTITY))
	def test_whole_numbers_in_any_spelling(self, number):
		for spelled in (number, str(number), f" {number} ", f"{number}.0", f"+{number}"):
			assert whole_quantity(spelled) == number

	@given(
		st.one_of(
			st.integers(max_value=0),
			st.integers(MAX_QUANTITY + 1),
			st.floats(0.001, 0.999),
			st.text().filter(lambda text: not text.strip().lstrip("+-").replace(".", "").isdigit()),
			st.booleans(),
			st.none(),
			st.sampled_from([float("nan"), float("inf"), "1e3", "1,5", [1], {}]),
		)
	)
	def test_anything_else_is_refused(self, value):
		refused("invalid_quantity", whole_quantity, value)


class TestDirection:
	@pytest.mark.parametrize("kind", list(MovementType))
	@pytest.mark.parametrize("direction", [None, "", *Direction])
	def test_each_type_takes_its_directions(self, kind, direction):
		allowed = DIRECTIONS[kind]
		if direction in allowed:
			assert resolve_direction(kind, direction) == (kind, direction)
		elif direction:
			refused("invalid_direction", resolve_direction, kind, direction)
		elif len(allowed) == 1:
			assert resolve_direction(kind.value, direction) == (kind, next(iter(allowed)).value)
		else:
			refused("direction_missing", resolve_direction, kind, direction)

	@pytest.mark.parametrize("kind", ["", "sale", None, "Gift", 3])
	def test_unknown_types_are_refused(self, kind):
		refused("unknown_movement_type", resolve_direction, kind, "In")

	@given(st.integers(1, 99))
	def test_directions_cancel_out(self, quantity):
		assert signed("In", quantity) + signed("Out", quantity) == 0
		assert all(way.opposite.opposite is way and way.opposite is not way for way in Direction)


class TestTime:
	@given(st.integers(-900, 900), st.integers(0, 600))
	def test_a_clock_that_is_ahead_is_set_right_and_the_future_refused(self, seconds, tolerance):
		asked, allowed = NOW + timedelta(seconds=seconds), timedelta(seconds=tolerance)
		if seconds > tolerance:
			refused("posting_in_future", check_posting_time, asked, NOW, allowed)
		else:
			assert check_posting_time(asked, NOW, allowed) == min(asked, NOW)


class TestReversal:
	original = movement(
		"Out",
		4,
		movement_type="B2B Out",
		posting_datetime=NOW,
		counterparty_type="Pharmacy",
		counterparty="P",
		reference_doctype="Order",
		reference_name="O",
	)

	def reversal(self, **values) -> Movement:
		values = {
			"movement_type": "B2B Out",
			"counterparty_type": "Pharmacy",
			"counterparty": "P",
			"reference_doctype": "Order",
			"reference_name": "O",
			"reversal_of": "M",
			"idempotency_key": "other",
		} | values
		return movement(values.pop("direction", "In"), values.pop("quantity", 4), **values)

	def test_a_mirror_image_passes(self):
		for when in (None, NOW, NOW + timedelta(days=1)):
			check_reversal(self.reversal(posting_datetime=when), self.original)
			check_reversal(
				self.reversal(posting_datetime=when), replace(self.original, posting_datetime=None)
			)

	@pytest.mark.parametrize(
		"values",
		[
			{"direction": "Out"},
			{"quantity": 3},
			{"movement_type": "Sale"},
			{"warehouse": "W2"},
			{"lot": "L2"},
			{"counterparty": "Q"},
			{"counterparty_type": None, "counterparty": None},
			{"reference_name": None},
			{"posting_datetime": NOW - timedelta(seconds=1)},
		],
	)
	def test_any_difference_is_refused(self, values):
		refused("invalid_reversal", check_reversal, self.reversal(**values), self.original)

	def test_a_reversal_is_not_reversed_and_what_is_not_there_neither(self):
		back = self.reversal(direction="Out")
		first = self.reversal(posting_datetime=NOW)
		refused("invalid_reversal", check_reversal, back, first)
		refused("unknown_movement", check_reversal, back, None)


class TestDifferences:
	def test_names_the_fields_and_ignores_a_time_left_to_the_ledger(self):
		recorded = movement(posting_datetime=NOW)
		assert movement().differences(recorded) == []
		assert movement(quantity=6, counterparty="P").differences(recorded) == ["quantity", "counterparty"]
		assert movement(posting_datetime=NOW + timedelta(1)).differences(recorded) == ["posting_datetime"]

	def test_a_time_that_was_set_right_is_the_same_when_it_is_sent_again(self):
		recorded, ahead = (
			movement(posting_datetime=NOW),
			movement(posting_datetime=NOW + timedelta(minutes=2)),
		)
		allowed = timedelta(minutes=5)
		assert ahead.differences(recorded, NOW, allowed) == []
		assert ahead.differences(recorded, NOW) == ["posting_datetime"]
		years_ahead = movement(posting_datetime=NOW + timedelta(days=3650))
		assert years_ahead.differences(recorded, NOW, allowed) == ["posting_datetime"]
		assert ahead.differences(recorded, NOW + timedelta(minutes=1), allowed) == ["posting_datetime"]
		earlier = movement(posting_datetime=NOW - timedelta(minutes=2))
		assert earlier.differences(recorded, NOW, allowed) == ["posting_datetime"]


def test_a_refusal_keeps_code_and_context_across_processes():
	refusal = pickle.loads(pickle.dumps(DomainError("a_rule", lot="L1")))
	assert (refusal.code, refusal.context, str(refusal)) == (
		"a_rule",
		{"lot": "L1"},
		"a_rule: {'lot': 'L1'}",
	)
	assert str(DomainError("bare")) == "bare"


@given(st.sampled_from(RESERVED_KEYS), st.text(), st.booleans())
def test_no_caller_gives_a_key_of_the_systems_own(prefix, rest, lower):
	with pytest.raises(DomainError, match="reserved_key"):
		check_not_reserved((prefix.lower() if lower else prefix) + rest)


@given(st.text())
def test_any_other_key_is_the_callers(rest):
	check_not_reserved(f"till/{rest}")
