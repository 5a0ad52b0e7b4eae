"""National Lot: number, dates, registration."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.lots import check_dates, check_new_lot, days_to_expiry, normalise_lot_number

TODAY = date(2026, 3, 1)
CSET = "!%&()*+,-./0123456789:;=?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
days = st.dates(date(2000, 1, 1), date(2050, 1, 1))


def refused(code: str, call, *args) -> None:
	with pytest.raises(DomainError) as caught:
		call(*args)
	assert caught.value.code == code


class TestLotNumber:
	@given(st.text(CSET, min_size=1, max_size=20))
	def test_gs1_characters_are_taken_in_capitals(self, number):
		assert normalise_lot_number(f"  {number} ") == number.upper()
		assert normalise_lot_number(number.upper()) == normalise_lot_number(number.lower())

	@given(st.text(min_size=1).filter(lambda text: set(text.strip().upper()) - set(CSET)))
	def test_anything_else_is_refused(self, number):
		refused("invalid_lot_number", normalise_lot_number, number)

	@pytest.mark.parametrize("number", [None, "", "  ", "A" * 21, "A B", "<i>", "A'B", 'A"B', "\u00c9"])
	def test_what_no_pack_bears_is_refused(self, number):
		refused("invalid_lot_number", normalise_lot_number, number)


class TestDates:
	@given(st.one_of(st.none(), days), days)
	def test_a_lot_is_made_by_today_and_before_it_expires(self, made, expires):
		if made and made > TODAY:
			refused("manufactured_in_future", check_dates, made, expires, TODAY)
		elif made and expires <= made:
			refused("expires_before_made", check_dates, made, expires, TODAY)
		else:
			assert check_dates(made, expires, TODAY) is None

	def test_expiry_is_required(self):
		refused("expiry_date_missing", check_dates, TODAY, None, TODAY)

	@given(st.integers(-999, 999))
	def test_days_to_expiry_are_negative_after_the_last_day(self, number):
		assert days_to_expiry(TODAY + timedelta(number), TODAY) == number


def test_no_lot_for_a_blocked_medicine():
	assert check_new_lot("M", "Authorized") is None
	refused("medicine_blocked", check_new_lot, "M", "Blocked")
