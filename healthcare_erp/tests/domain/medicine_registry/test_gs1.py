"""Reading of scanned codes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.gs1 import SEPARATOR, Scan, expiry_on, parse

TODAY = date(2026, 1, 15)
GTIN = "09504000059101"
FNC1 = SEPARATOR

# Lot numbers of GS1's character set 82; none that contains an AI in parentheses or a separator's name.
lots = st.from_regex(r"[A-Z0-9a-z][A-Z0-9a-z\-/._]{0,19}", fullmatch=True)
expiries = st.dates(date(2000, 1, 1), date(2070, 12, 31))


def read(text: str) -> tuple:
	scan = parse(text, TODAY)
	return scan.gtin, scan.lot_number, scan.expiry_date, scan.serial


def problem(text: str) -> DomainError:
	with pytest.raises(DomainError) as refusal:
		parse(text, TODAY)
	return refusal.value


@given(
	lot=lots, serial=lots, expiry=expiries, prefix=st.sampled_from(["", "]d2", "]C1", "]Q3", "]d2" + FNC1])
)
def test_element_strings_round_trip(lot, serial, expiry, prefix):
	text = f"{prefix}01{GTIN}17{expiry:%y%m%d}10{lot}{FNC1}21{serial}"
	assert read(text) == (GTIN, lot, expiry, serial)


@given(lot=lots, expiry=expiries)
def test_order_and_separator_after_fixed_lengths_do_not_matter(lot, expiry):
	texts = [
		f"10{lot}{FNC1}01{GTIN}{FNC1}17{expiry:%y%m%d}",
		f"17{expiry:%y%m%d}01{GTIN}10{lot}",
		f"01{GTIN}10{lot}<GS>17{expiry:%y%m%d}",
		f"(01) {GTIN} (17) {expiry:%y%m%d} (10) {lot}",
		f"https://id.gs1.org/01/{GTIN}/10/{lot.replace('/', '%2F')}?17={expiry:%y%m%d}&linkType=gs1:pip",
	]
	assert {read(text) for text in texts} == {(GTIN, lot, expiry, None)}


@given(
	lot=st.from_regex("[A-Z][A-Z0-9]{0,9}", fullmatch=True),
	serial=st.from_regex("[A-Z0-9]{1,8}", fullmatch=True),
)
def test_a_dropped_separator_is_among_the_alternatives(lot, serial):
	scan = parse(f"01{GTIN}17271231" + f"10{lot}21{serial}", TODAY)
	readings = {(other.lot_number, other.serial) for other in (scan, *scan.alternatives)}
	assert scan.lot_number == f"{lot}21{serial}"
	assert len(scan.alternatives) <= 8
	assert (lot, serial) in readings or len(scan.alternatives) == 8


def test_a_date_behind_a_lot_without_separator_is_an_alternative():
	scan = parse(f"01{GTIN}10ABC12317271231", TODAY)
	assert scan.lot_number == "ABC12317271231"
	assert scan.alternatives == (Scan(GTIN, "ABC123", date(2027, 12, 31), None, scan.raw),)


def test_a_run_too_long_for_a_lot_is_cut_where_the_next_field_begins():
	assert read(f"01{GTIN}17271231" + "10ABC123" + "21SERIAL0123456789AB") == (
		GTIN,
		"ABC123",
		date(2027, 12, 31),
		"SERIAL0123456789AB",
	)


def test_with_a_separator_there_is_one_reading():
	assert parse(f"01{GTIN}17271231" + f"10AB21C{FNC1}21X", TODAY).alternatives == ()


def test_other_fields_are_passed_over():
	assert read(f"01{GTIN}11250101" + f"240PART-7{FNC1}10A1") == (GTIN, "A1", None, None)
	assert read(f"(01){GTIN}(11)250101(10)A1") == (GTIN, "A1", None, None)


def test_the_contents_of_a_logistic_unit_are_read():
	assert read("00106141412345678908" + f"02{GTIN}10A1{FNC1}3725") == (GTIN, "A1", None, None)


def test_parentheses_in_a_lot_number_stay():
	assert read(f"(01){GTIN}(10)AB(C)1(17)271231") == (GTIN, "AB(C)1", date(2027, 12, 31), None)


@pytest.mark.parametrize(
	"code",
	[
		"9504000059101",
		"]E09504000059101",
		GTIN,
		f"https://example.org/p/gtin/{GTIN}",
		"https://x.org/01/9504000059101",
	],
)
def test_a_gtin_alone_is_enough(code):
	assert read(code) == (GTIN, None, None, None)


def test_an_old_style_digital_link_is_read():
	assert read(f"https://id.gs1.org/gtin/{GTIN}/lot/A%2B1/ser/7?exp=271200") == (
		GTIN,
		"A+1",
		date(2027, 12, 31),
		"7",
	)


@pytest.mark.parametrize(
	"code", ["", "  ", None, "ABC123", "10ABC", "(10)ABC", "https://example.org/", "x" * 401, "01123"]
)
def test_what_names_no_medicine_is_unreadable(code):
	refusal = problem(code)
	assert (refusal.code, refusal.context["scanned"]) == ("unreadable_code", code)


@pytest.mark.parametrize(("code", "characters"), [("", 0), (" \t", 0), ("x" * 401, 401)])
def test_how_long_an_unreadable_code_is_is_said(code, characters):
	assert problem(code).context["problem"] == f"it has {characters} characters"


def test_a_code_of_the_greatest_length_is_read():
	link = f"HTTP://example.org/gtin/{GTIN}?"
	assert read(link + "x" * (400 - len(link))) == (GTIN, None, None, None)


@pytest.mark.parametrize(
	("code", "said"),
	[
		(f"(01){GTIN}(17)271331", "(17) cannot be 271331"),
		(f"(01){GTIN}(17)270230", "(17) 270230 is no date"),
		(f"(01){GTIN}(10)", "(10) cannot be "),
		(f"(01){GTIN}(10)" + "A" * 21, "(10) cannot be " + "A" * 21),
		(f"(01){GTIN}(10)A(10)B", "(10) is there twice"),
		(f"01{GTIN}10A{FNC1}10B", "it is no GS1 code of a medicine"),
		("(21)A(10)B", "it names no GTIN"),
	],
)
def test_the_problem_is_named(code, said):
	assert problem(code).context["problem"] == said


@pytest.mark.parametrize("code", ["9504000059102", "0109504000059102", "(01)09504000059102"])
def test_a_wrong_check_digit_is_named(code):
	assert problem(code).code == "invalid_gtin"


@pytest.mark.parametrize(
	("digits", "expected"),
	[
		("271200", date(2027, 12, 31)),
		("270100", date(2027, 1, 31)),
		("280200", date(2028, 2, 29)),
		("760101", date(2076, 1, 1)),
		("770101", date(1977, 1, 1)),
		("271231", date(2027, 12, 31)),
		("991231", date(1999, 12, 31)),
	],
)
def test_the_century_and_the_day_00_follow_the_standard(digits, expected):
	assert expiry_on(digits, TODAY) == expected


def test_late_in_a_century_the_next_one_is_meant():
	assert expiry_on("010101", date(2099, 5, 1)) == date(2101, 1, 1)
	assert [expiry_on(f"{year}0101", date(2099, 5, 1)).year for year in (49, 50)] == [2149, 2050]


@pytest.mark.parametrize("digits", ["270001", "270000", "271300", "271301", "270230", "270132"])
def test_there_is_no_such_day(digits):
	with pytest.raises(ValueError):
		expiry_on(digits, TODAY)


@given(st.text(max_size=60) | st.text(alphabet="0123456789()" + FNC1, max_size=60))
def test_any_text_is_read_or_refused(text):
	try:
		assert len(parse(text, TODAY).gtin) == 14
	except DomainError as refusal:
		assert refusal.code in {"unreadable_code", "invalid_gtin"}
