"""Where a facility is: its GLN and its place on the map."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.facilities import check_gln, check_location

digits = st.text("0123456789", min_size=12, max_size=12)


def with_check_digit(body: str) -> str:
	"""GS1's own way of counting: from the right, three and one in turn."""
	total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(body)))
	return body + str((10 - total % 10) % 10)


@given(digits)
def test_a_right_check_digit_is_taken(body):
	gln = with_check_digit(body)
	assert check_gln(f" {gln} ") == gln


@given(digits, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body, place, change):
	gln = with_check_digit(body)
	wrong = gln[:place] + str((int(gln[place]) + change) % 10) + gln[place + 1 :]
	with pytest.raises(DomainError, match="invalid_gln"):
		check_gln(wrong)


@pytest.mark.parametrize("gln", ["1", "x" * 13, "12345678901280", "\u0661" * 13, "-000000000000"])
def test_what_is_no_number_of_thirteen_digits_is_refused(gln):
	with pytest.raises(DomainError, match="invalid_gln"):
		check_gln(gln)


@pytest.mark.parametrize("gln", [None, "", "  "])
def test_a_facility_may_have_none(gln):
	assert check_gln(gln) is None


@given(st.floats(-200, 200), st.floats(-400, 400))
@example(90.0, 180.0)
@example(-90.0, -180.0)
@example(90.1, 0.0)
@example(-90.1, 0.0)
@example(0.0, 180.1)
@example(0.0, -180.1)
def test_a_place_lies_on_earth(latitude, longitude):
	if -90 <= latitude <= 90 and -180 <= longitude <= 180:
		assert check_location(latitude, longitude) is None
	else:
		with pytest.raises(DomainError, match="invalid_location"):
			check_location(latitude, longitude)


def test_an_unknown_place_is_no_wrong_one():
	assert check_location(None, None) is check_location(None, 180) is check_location(90, None) is None
