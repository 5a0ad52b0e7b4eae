"""The form in which the audit trail keeps values: the same values are the same characters."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.audit import as_text, canonical, difference

NUMBERS = st.decimals(-(10**12), 10**12, places=9)
VALUES = st.one_of(
	st.none(), st.text(max_size=20), st.integers(), st.booleans(), NUMBERS, st.dates(), st.datetimes()
)
DOCUMENTS = st.dictionaries(st.text(max_size=5), VALUES, max_size=6)
ROWS = st.lists(st.integers(0, 9).map(lambda number: {"name": str(number)}), max_size=6, unique_by=str)


@pytest.mark.parametrize(
	("value", "kept"),
	[
		(None, None),
		("", None),
		(" a\u0301é ", " a\u0301é "),
		(True, 1),
		(0, 0),
		(0.0, "0"),
		(-0.0, "0"),
		(12.50, "12.5"),
		(Decimal("1E+3"), "1000"),
		(1e-10, "0"),
		(0.1 + 0.2, "0.3"),
		(Decimal("0.0000000005"), "0.000000001"),
		(999_999_999_999.0, "999999999999"),
		(date(2026, 1, 31), "2026-01-31"),
		(datetime(2026, 1, 31, 8), "2026-01-31 08:00:00.000000"),
		(time(8, 5), "08:05:00.000000"),
		(timedelta(hours=8, minutes=5), "08:05:00.000000"),
	],
)
def test_a_value_has_one_form(value, kept):
	assert canonical(value) == kept


def test_text_is_json_in_one_order_without_spaces_and_with_letters_as_they_are():
	values = {"b": "Bujumbura’é", "a": [{"idx": 1, "price": 1.5}], "c": None}
	assert as_text(values) == '{"a":[{"idx":1,"price":"1.5"}],"b":"Bujumbura’é","c":null}'
	assert as_text({}) is None


@given(VALUES)
def test_a_kept_value_is_kept_as_it_is(value):
	assert canonical(canonical(value)) == canonical(value)


@given(NUMBERS)
def test_a_number_is_kept_exactly_whatever_carries_it(number):
	assert Decimal(canonical(number)) == number
	assert canonical(number) == canonical(number.normalize())


@given(DOCUMENTS)
def test_the_order_of_fields_does_not_show(values):
	backwards = dict(reversed(values.items()))
	assert as_text(backwards) == as_text(values)
	assert not values or json.loads(as_text(values)) == {name: canonical(v) for name, v in values.items()}


@given(DOCUMENTS.filter(bool), DOCUMENTS.filter(bool))
def test_what_differs_leads_from_one_to_the_other(before, after):
	old, new = difference(before, after)
	assert set(old) == set(new)
	assert all(old[name] != new[name] for name in old)
	names = {*before, *after}
	assert {n: {**before, **new}.get(n) for n in names} == {n: after.get(n) for n in names}


@given(DOCUMENTS.filter(bool))
def test_a_new_document_has_nothing_before_and_a_deleted_one_nothing_after(values):
	given_values = {name: value for name, value in values.items() if value is not None}
	assert difference({}, values) == ({}, given_values)
	assert difference(values, {}) == (given_values, {})
	assert difference(values, values) == ({}, {})


@given(ROWS, ROWS)
def test_of_a_table_only_the_rows_that_differ_are_kept(before, after):
	old, new = difference({"rows": before, "a": 1}, {"rows": after, "a": 1})
	if before == after:
		assert (old, new) == ({}, {})
	else:
		assert old["rows"] == [row for row in before if row not in after]
		assert new["rows"] == [row for row in after if row not in before]
