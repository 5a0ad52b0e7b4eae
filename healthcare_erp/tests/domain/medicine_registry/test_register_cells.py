"""What the cells of a register mean: nothing, dates, prices, flags, statuses, countries."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.medicines import PRICE_LIMIT
from healthcare_erp.domain.medicine_registry.register.cells import (
	is_nothing,
	read_country,
	read_flag,
	read_price,
	read_status,
)
from healthcare_erp.domain.medicine_registry.register.dates import DateOrder, order_of, read_date


@pytest.mark.parametrize(
	("cell", "expected"),
	[
		("2024-03-06", date(2024, 3, 6)),
		("2024/3/6 00:00:00", date(2024, 3, 6)),
		("2024-03-06T10:00:00", date(2024, 3, 6)),
		("06/03/2024", date(2024, 3, 6)),
		("6.3.2024", date(2024, 3, 6)),
		("1er août 2023", date(2023, 8, 1)),
		("6-mars-2024", date(2024, 3, 6)),
		("14 juil. 2022", date(2022, 7, 14)),
		("6th March, 2024", date(2024, 3, 6)),
		("December 31, 2024", date(2024, 12, 31)),
		("45357", date(2024, 3, 6)),
		("45357.0", date(2024, 3, 6)),
		("45357,0", date(2024, 3, 6)),
		("31/12/25", date(2025, 12, 31)),
		("31-déc-25", date(2025, 12, 31)),
		("31-Dec-2025", date(2025, 12, 31)),
		("1/2/69", date(1969, 2, 1)),
	],
)
def test_dates_are_read(cell, expected):
	assert read_date(cell) == expected


@pytest.mark.parametrize(
	"cell", ["12/31/2024", "2024", "31/02/2024", "6 jui 2024", "3 xy 2024", "1/1/1024", "soon", "31/12/025"]
)
def test_unclear_dates_are_refused(cell):
	with pytest.raises(DomainError, match="unreadable_date"):
		read_date(cell)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_date_is_the_same_in_every_writing(day):
	serial = (day - date(1899, 12, 30)).days
	written = [
		day.isoformat(),
		f"{day:%d/%m/%Y}",
		f"{day.day}.{day.month}.{day.year}",
		f"{day:%d %B %Y}",
		str(serial),
	]
	assert {read_date(text) for text in written} == {day}


@pytest.mark.parametrize(
	("cell", "expected"),
	[
		("1250", "1250"),
		("1 250,50", "1250.50"),
		("1,250.5", "1250.5"),
		("FBU 300", "300"),
		("12,5 BIF", "12.5"),
		("0", "0"),
		("1 250 F", "1250"),
		("1250,5 F", "1250.5"),
		("1 250 F Bu", "1250"),
		("1250 Frs.", "1250"),
		("250 francs burundais", "250"),
		("999999999999.99", "999999999999.99"),
	],
)
def test_prices_are_read(cell, expected):
	assert read_price(cell) == Decimal(expected)


@pytest.mark.parametrize(
	"cell", ["-5", "1.250", "12,500", "1.2.3", "abc", "1e3", "NaN", "0.0001", "F", "12 F 5"]
)
def test_unclear_prices_are_refused(cell):
	with pytest.raises(DomainError, match="unreadable_price"):
		read_price(cell)


def test_flags_statuses_and_countries_are_read():
	assert [read_flag(cell) for cell in ("Oui", "NO", "1", "faux")] == [True, False, True, False]
	assert {read_status(cell) for cell in ("1", "Autorisée", "AUTORISÉ", "en vigueur", "Valid")} == {
		"Authorized"
	}
	assert {read_status(cell) for cell in ("0", "Suspendue", "Retiré", "expired")} == {"Blocked"}
	assert [read_country(cell) for cell in ("Burundi ", "BI", "36")] == ["Burundi", "BI", None]


def test_a_price_beyond_what_the_registry_holds_is_refused_by_name():
	with pytest.raises(DomainError, match="price_out_of_range"):
		read_price("1 000 000 000 000 F")


@given(st.decimals(0, 2 * PRICE_LIMIT, places=2))
def test_every_price_below_the_limit_is_read_as_it_was_written(price):
	if price < PRICE_LIMIT:
		assert read_price(str(price)) == price
	else:
		with pytest.raises(DomainError, match="price_out_of_range"):
			read_price(str(price))


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "N/A", "#N/A", "n.a.", "Néant", "NULL"])
def test_a_cell_may_say_that_there_is_nothing(cell):
	assert is_nothing(cell)


@pytest.mark.parametrize("cell", ["0", "NA", "non", "-5"])
def test_a_cell_that_says_something_is_not_nothing(cell):
	assert not is_nothing(cell)


days = st.dates(date(1969, 1, 1), date(2068, 12, 31))


@given(st.lists(days, min_size=1), st.sampled_from(["%m/%d/%Y", "%m-%d-%y"]))
def test_a_file_that_proves_itself_month_first_is_never_read_day_first(dates, writing):
	written = [f"{day:{writing}}" for day in dates]
	order = order_of([*written, "12/31/2024"])
	assert order is DateOrder.MONTH_FIRST
	assert [read_date(text, order) for text in written] == dates


@given(st.lists(days))
def test_a_file_that_writes_both_ways_is_never_guessed(dates):
	written = [f"{day:%d/%m/%Y}" for day in dates]
	order = order_of([*written, "12/31/2024", "31/12/2024"])
	assert order is DateOrder.MIXED
	for day, text in zip(dates, written, strict=True):
		if day.day > 12 or day.day == day.month:
			assert read_date(text, order) == day
		else:
			with pytest.raises(DomainError, match="ambiguous_date"):
				read_date(text, order)
