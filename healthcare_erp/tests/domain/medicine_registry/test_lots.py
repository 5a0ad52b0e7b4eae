"""National Lot: number, dates, registration."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.lots import (
	check_dates,
	check_import,
	check_new_lot,
	days_to_expiry,
	import_limit,
	normalise_lot_number,
)

TODAY = date(2026, 3, 1)
CSET = "!%&()*+,-./0123456789:;=?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
days = st.dates(date(2000, 1, 1), date(2050, 1, 1))


def refused(code: str, call, *args) -> DomainError:
	with pytest.raises(DomainError) as caught:
		call(*args)
	assert caught.value.code == code
	return caught.value


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

	def test_a_lot_is_made_today_at_the_latest_and_expires_later(self):
		assert check_dates(TODAY, TODAY + timedelta(1), TODAY) is None
		refused("manufactured_in_future", check_dates, TODAY + timedelta(1), TODAY + timedelta(9), TODAY)
		refused("expires_before_made", check_dates, TODAY, TODAY, TODAY)

	def test_expiry_is_required(self):
		refused("expiry_date_missing", check_dates, TODAY, None, TODAY)

	@given(st.integers(-999, 999))
	def test_days_to_expiry_are_negative_after_the_last_day(self, number):
		assert days_to_expiry(TODAY + timedelta(number), TODAY) == number


def test_no_lot_for_a_blocked_medicine():
	assert check_new_lot("M", "Authorized") is None
	refused("medicine_blocked", check_new_lot, "M", "Blocked")


class TestImport:
	importer, other = ("Pharmacy", "P"), ("Public Facility", "F")

	@given(st.integers(1, 100), st.one_of(st.none(), st.integers(-100, 100)))
	def test_no_more_comes_in_than_was_declared(self, quantity, allowance):
		if allowance is not None and quantity > allowance:
			refusal = refused(
				"import_beyond_declared", check_import, "L", self.importer, self.importer, quantity, allowance
			)
			assert refusal.context["available"] == max(allowance, 0)
		else:
			assert check_import("L", self.importer, self.importer, quantity, allowance) is None

	def test_a_lot_comes_in_through_its_importer(self):
		assert check_import("L", self.other, None, 5, None) is None
		refusal = refused("not_the_importer", check_import, "L", self.other, self.importer, 5, None)
		assert refusal.context == {"lot": "L", "facility": "F", "importer": "P"}

	@pytest.mark.parametrize(
		("declared", "percent", "limit"),
		[(1000, 0, 1000), (1000, 2.5, 1025), (3, 10, 3), (0, 10, None), (None, 0, None)],
	)
	def test_the_limit_is_the_declared_quantity_and_the_tolerance(self, declared, percent, limit):
		assert import_limit(declared, percent) == limit
