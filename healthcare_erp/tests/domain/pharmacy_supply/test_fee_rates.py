"""Licence fee rates: who moves them, which kinds, years and amounts they take."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.pharmacy_supply import fee_rates
from healthcare_erp.domain.states import Actor, Scope
from healthcare_erp.domain.vocabulary import FeeRateStatus as Status

MONEY = st.decimals(-(10**12), 10**12, places=12) | st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12)


def refused(call, *args) -> str | None:
	try:
		call(*args)
	except DomainError as refusal:
		return refusal.code
	return None


@given(MONEY, st.sampled_from([lambda amount: amount, str]))
def test_an_amount_is_taken_where_the_column_keeps_more_than_nothing(amount, written):
	kept = round(Decimal(str(amount)), 9)
	assert refused(fee_rates.check_amount, written(amount)) == (None if kept > 0 else "fee_not_positive")


@pytest.mark.parametrize("amount", [None, "", "much", True, float("nan"), float("inf")])
def test_what_is_no_number_is_no_amount(amount):
	assert refused(fee_rates.check_amount, amount) == "fee_not_positive"


@given(st.integers())
@example(999)
@example(1000)
@example(9999)
@example(10000)
def test_a_year_has_four_digits(year):
	right = year > 0 and len(str(year)) == 4
	assert refused(fee_rates.check_year, year) == (None if right else "invalid_fee_year")


def test_a_year_is_given():
	assert refused(fee_rates.check_year, None) == "invalid_fee_year"


@given(st.lists(st.text(max_size=3), max_size=4), st.text(max_size=3))
def test_a_kind_is_one_of_its_type(kinds, kind):
	code = None if kind in kinds else "kind_of_another_type"
	assert refused(fee_rates.check_kind, "Pharmacy", kind, kinds) == code


def test_a_rate_comes_into_force_and_is_withdrawn():
	moves = {(t.source, t.action, t.target, t.needs_reason) for t in fee_rates.LIFE_CYCLE.transitions}
	assert moves == {
		(Status.DRAFT, "Put in Force", Status.IN_FORCE, False),
		(Status.IN_FORCE, "Withdraw", Status.WITHDRAWN, True),
	}


@pytest.mark.parametrize("move", fee_rates.LIFE_CYCLE.transitions, ids=lambda move: move.action)
def test_only_the_whole_countrys_regulator_moves_it(move):
	def code(role, *scopes):
		return refused(move.check, Actor("a", frozenset({role}), frozenset(scopes)), "a reason")

	assert code("National Admin", Scope.NATIONAL, Scope.IN_SCOPE) is None
	assert code("National Admin", Scope.IN_SCOPE) == "whole_country"
	assert code("Inspector", Scope.NATIONAL) == "transition_not_permitted"
