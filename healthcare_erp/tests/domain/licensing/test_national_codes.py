"""National codes: what stands for a province, and numbers that never collide."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.licensing.national_codes import national_code, province_part, series, series_of

TYPES = st.sampled_from(["Pharmacy", "Public Facility"])


@pytest.mark.parametrize(
	("code", "name", "part"),
	[
		(None, "Gitega", "GIT"),
		("", "Bujumbura Mairie", "BUJ"),
		("BI-GI", "Gitega", "GI"),
		("bi-gi", "Gitega", "GI"),
		("07", "Gitega", "07"),
		(" - ", "Gitega", "GIT"),
		(None, "Équateur", "EQU"),
		(None, "Kâ-Lomé", "KAL"),
		(None, "北京", "XX"),
		(None, "Uíge 2", "UIG"),
	],
)
def test_what_stands_for_a_province(code, name, part):
	assert province_part(code, name) == part


@pytest.mark.parametrize(
	("facility_type", "number", "code"),
	[
		("Pharmacy", 1, "PH-GIT-0001"),
		("Public Facility", 42, "PF-GIT-0042"),
		("Pharmacy", 12_345, "PH-GIT-12345"),
	],
)
def test_a_code_is_type_province_and_number(facility_type, number, code):
	assert national_code(series(facility_type, None, "Gitega"), number) == code


@given(TYPES, st.none() | st.text(max_size=10), st.text(max_size=20), st.integers(1, 10**6))
def test_a_code_is_readable_whatever_a_province_is_called(facility_type, code, name, number):
	found = national_code(series(facility_type, code, name), number)
	assert series_of(found) == series(facility_type, code, name)
	assert re.fullmatch(r"P[HF]-[A-Z0-9]+-\d{4,}", found, re.ASCII)


@given(TYPES, TYPES, st.integers(1, 10**5), st.integers(1, 10**5))
def test_two_facilities_never_have_one_code(one_type, other_type, one, other):
	codes = [
		national_code(series(kind, None, "Gitega"), number)
		for kind, number in ((one_type, one), (other_type, other))
	]
	assert (codes[0] == codes[1]) == ((one_type, one) == (other_type, other))
