"""Numbers as callers write them: ASCII digits, and not more of them than anybody stores."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.traceability.ledger import whole_quantity
from healthcare_erp.domain.values.numbers import read_number, shown

NONE_OF_THEM = (
	"",
	"a",
	"1_0",
	"٣",
	"３",
	"1e9999",
	"0x10",
	"NaN",
	"inf",
	"--1",
	"1 0",
	"1.",
	"9" * 1_000_000,
)


@given(st.integers(-(10**29), 10**29), st.floats(-1e12, 1e12))
def test_numbers_are_read_as_they_are(whole, real):
	assert read_number(whole) == read_number(str(whole)) == whole
	assert read_number(real) == read_number(repr(real)) == Decimal(repr(real))


@pytest.mark.parametrize("value", [v for v in NONE_OF_THEM if v != "1."], ids=lambda value: ascii(value)[:20])
def test_other_digits_and_endless_texts_are_none(value):
	assert read_number(value) is None
	with pytest.raises(DomainError) as caught:
		whole_quantity(value)
	assert len(caught.value.context["quantity"]) <= 40


@pytest.mark.parametrize("value", [None, True, [], {}, 10**400, -(10**400), float("nan"), float("inf")])
def test_what_is_no_finite_number_is_none(value):
	assert read_number(value) is None and len(shown(value)) <= 40
