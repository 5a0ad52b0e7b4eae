"""Codes, keys and spellings of medicines."""

import string
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.medicines import (
	KEY_LENGTH,
	LIFE_CYCLE,
	atc_level,
	checked_price,
	normalise_atc_code,
	normalise_gtin,
	registry_key,
)
from healthcare_erp.domain.states import Actor, Scope
from healthcare_erp.domain.values.spelling import (
	fold,
	spell_category,
	spell_form,
	spell_inn,
	spell_quantities,
	spell_strength,
)

NUMBERS, STRENGTHS = ["ABREMA010ND2022", "AMM-77/B"], ["500 mg", "15,00 %\n5,00 %", "100 UI/ml", "250mg/5 ml"]
FORMS, PACKS = (
	["Comprimé pelliculé", "gélule", "Crème"],
	["B/10x10", "Flacon de 7,5 ml", "Boîte de 2 seringues"],
)
KEYS = st.tuples(*(st.sampled_from(parts) for parts in (NUMBERS, STRENGTHS, FORMS, PACKS)))


def check_digit(payload: str) -> str:
	"""GS1 General Specifications, section 7.9.1: weights 3 and 1 from the right."""
	total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(payload)))
	return str(-total % 10)


def code_of(refused, *arguments) -> str:
	with pytest.raises(DomainError) as refusal:
		refused(*arguments)
	return refusal.value.code


gtin_13 = st.from_regex(r"[1-9][0-9]{11}", fullmatch=True).map(lambda payload: payload + check_digit(payload))


@pytest.mark.parametrize(
	("code", "level"), [("J", 1), ("J01", 2), ("J01C", 3), ("J01CA", 4), ("J01CA04", 5), (" p01bf01 ", 5)]
)
def test_atc_codes_of_each_level_are_known(code, level):
	assert atc_level(code) == level
	assert normalise_atc_code(code) == code.strip().upper()


@pytest.mark.parametrize(
	"code", ["E", "J1", "J0", "J01c4", "J01CA4", "J01CA044", "01", "JO1CA04", "Q", "J٠١"]
)
def test_what_is_no_atc_code_is_refused(code):
	assert code_of(normalise_atc_code, code) == "invalid_atc_code"


@pytest.mark.parametrize("code", [None, "", "  "])
def test_a_missing_atc_code_is_no_error_but_has_no_level(code):
	assert normalise_atc_code(code) is None
	assert code_of(atc_level, code) == "invalid_atc_code"


@given(gtin_13)
def test_a_gtin_13_and_its_gtin_14_are_one(gtin):
	assert normalise_gtin(gtin) == normalise_gtin("0" + gtin) == "0" + gtin


@given(gtin_13, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(gtin, place, shift):
	wrong = gtin[:place] + str((int(gtin[place]) + shift) % 10) + gtin[place + 1 :]
	assert code_of(normalise_gtin, wrong) == "invalid_gtin"


@pytest.mark.parametrize(
	("gtin", "expected"),
	[
		("96385074", "00000096385074"),
		("614141000036", "00614141000036"),
		("950 4000-059101", "09504000059101"),
		("19504000059108", "19504000059108"),
		("", None),
		(None, None),
	],
)
def test_gtins_of_each_length_become_gtin_14(gtin, expected):
	assert normalise_gtin(gtin) == expected


@pytest.mark.parametrize(
	"gtin", ["123", "9504000059102", "00000000000000", "950400005910X", "9.504E+12", "٠٠٠٠٠٠٠٠"]
)
def test_what_is_no_gtin_is_refused(gtin):
	assert code_of(normalise_gtin, gtin) == "invalid_gtin"


@given(KEYS, st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from([" ", "  ", "\t", "\u00a0"]))
def test_a_registry_key_survives_case_accents_and_blanks(parts, case, blank):
	# A micro sign or the case of a unit never matters; a line break does: it joins the parts of a combination.
	bare = [unicodedata.normalize("NFD", part) for part in parts]
	bare = ["".join(char for char in part if not unicodedata.combining(char)) for part in bare]
	rewritten = [f"{blank}{case(part).replace(' ', blank)}{blank}" for part in bare]
	assert registry_key(*rewritten) == registry_key(*parts)


@given(KEYS, KEYS)
def test_different_medicines_have_different_keys(one, other):
	assert (registry_key(*one) == registry_key(*other)) == (one == other)


def test_a_long_key_is_cut_but_stays_distinct():
	long_pack = "1 flacon de 10 ml + " * 20
	one, other = (
		registry_key("A1", "1 mg", "Gel", long_pack + "x"),
		registry_key("A1", "1 mg", "Gel", long_pack + "y"),
	)
	assert one != other
	assert len(one) == len(other) == KEY_LENGTH


@pytest.mark.parametrize("number", [None, "", " \n"])
def test_no_key_without_a_registration_number(number):
	assert code_of(registry_key, number, "1 mg", "Gel", "B/1") == "registration_number_missing"


def test_a_text_that_was_stored_escaped_has_the_same_key():
	assert registry_key("A1", "&lt;1 mg", "Gel", "B&amp;C") == registry_key("A1", "<1 mg", "Gel", "B&C")
	assert registry_key("A1", "", "", "B/24 <y>") == "a1|||b/24(y)"


def test_empty_parts_keep_their_place_in_the_key():
	assert registry_key("A1", None, "Gel", "") == "a1||gel|"
	assert registry_key("A|1", "", "", "Gel") == "a/1|||gel"


@pytest.mark.parametrize(
	("written", "spelled"),
	[
		("20 mg\n120 mg", "20 mg + 120 mg"),
		("20mg et 120MG", "20 mg + 120 mg"),
		("40 mg + \n320 mg", "40 mg + 320 mg"),
		("500mg, 200mg", "500 mg + 200 mg"),
		("50mg, 1,33 mg,0,7 mg", "50 mg + 1.33 mg + 0.7 mg"),
		("500 mg &125 mg", "500 mg + 125 mg"),
		("0,1% , 0,35%", "0.1% + 0.35%"),
		("15,00 %\n5,00 %", "15% + 5%"),
		("100µg\n50 microgrammes", "100 mcg + 50 mcg"),
		("40mg/ 5ml", "40 mg/5 ml"),
		("1.5 MUI", "1.5 MIU"),
		("1,000 mg", "1,000 mg"),
		("0,125 mg", "0.125 mg"),
		("0.0005", "0.0005"),
		("100 ?g/mL", "100 ?g/ml"),
		("1000 mg\n200 mg\nsoit 1,2 G", "1000 mg + 200 mg soit 1.2 g"),
		("1000 mg + 200 mg + soit 1.2 g", "1000 mg + 200 mg soit 1.2 g"),
		("10 MG/ML, 2 ML", "10 mg/ml, 2 ml"),
		("250 mg\n/5 ml", "250 mg/5 ml"),
		("500\nmg", "500 mg"),
		("250 mg/\n5 ml", "250 mg/5 ml"),
		("5% (5 g\n100 ml)", "5% (5 g 100 ml)"),
		("100 mg\nbase", "100 mg base"),
		("5 mg\n(soit 6 mg)", "5 mg (soit 6 mg)"),
		("3 gr", "3 g"),
		("", ""),
		(None, ""),
	],
)
def test_strengths_are_spelled_one_way(written, spelled):
	assert spell_strength(written) == spelled


@pytest.mark.parametrize(
	("written", "spelled"),
	[
		("ARTEMETHER AND LUMEFANTRINE", "Artemether + Lumefantrine"),
		("Artémether  et Luméfantrine", "Artémether + Luméfantrine"),
		("Fer, manganèse et cuivre", "Fer + Manganèse + Cuivre"),
		("Lamivudine/Tenofovir", "Lamivudine + Tenofovir"),
		("Influenza A/H1N1 antigen", "Influenza A/H1N1 antigen"),
		("Insulin, human", "Insulin, human"),
		("Dolutegravir sodique + Lamivudine + \nTenofovir.", "Dolutegravir sodique + Lamivudine + Tenofovir"),
		("BCG", "BCG"),
		("SEVOFLURANE USP", "Sevoflurane USP"),
		("Phenoxymethylpenicilline \nPotassium", "Phenoxymethylpenicilline Potassium"),
		("Phenoxymethylpenicilline / Potassium", "Phenoxymethylpenicilline Potassium"),
		("Amlodipine\nbesylate", "Amlodipine besylate"),
		("Chlorure\nde sodium", "Chlorure de sodium"),
		("Chlorure de\nsodium", "Chlorure de sodium"),
		("Fer (sous forme\nde sulfate)\nZinc", "Fer (sous forme de sulfate) + Zinc"),
		("Vaccin rougeoleux\nPoudre", "Vaccin rougeoleux Poudre"),
		("Glucose\nSodium\nPotassium", "Glucose + Sodium + Potassium"),
		("Vitamine C\nSulfate de Zinc", "Vitamine C + Sulfate de Zinc"),
	],
)
def test_inns_are_joined_by_plus(written, spelled):
	assert spell_inn(written) == spelled


@pytest.mark.parametrize(
	("written", "spelled"),
	[
		("comprimé péllicullé", "Comprimé pelliculé"),
		("Comprimés pelliculés", "Comprimé pelliculé"),
		("COMPRIME", "Comprimé"),
		("Comprimé LP", "Comprimé LP"),
		("Pudre pour Solution  injectable,", "Poudre pour solution injectable"),
		("Oral Suspension", "Oral suspension"),
		("DIU", "DIU"),
		("Solution FOR injection", "Solution for injection"),
		("Sachets", "Sachet"),
	],
)
def test_forms_are_spelled_one_way(written, spelled):
	assert spell_form(written) == spelled


@pytest.mark.parametrize("written", ["Générique", "Génerique", "Generique", "GENERIC "])
def test_three_spellings_are_one_category(written):
	assert spell_category(written) == "Generic"


def test_an_unknown_category_stays_as_written():
	assert spell_category(" Dispositif  médical") == "Dispositif médical"


PIECES = ["1,5", ",", " et ", "&", "+", "/", "\n", "µ", "G", "%", "12", "é", "."]
PIECES += ["(", ")", "soit 1 g", "\nPotassium", " de", "besylate", "5 ml", "10 mg/ML"]
cells = st.lists(
	st.sampled_from([*STRENGTHS, *FORMS, *PACKS, *PIECES]),
	max_size=6,
).map("".join) | st.text(alphabet=string.printable + "éµ×\u200b\u00a0", max_size=30)


@pytest.mark.parametrize(
	"spell", [spell_quantities, spell_strength, spell_inn, spell_form, spell_category, fold]
)
@given(text=cells)
@example(text="100 UI/ml,5 ml et Comprimé pelliculé")
def test_spelling_twice_changes_nothing(spell, text):
	assert spell(spell(text)) == spell(text)


def test_a_medicine_begins_authorized_and_is_blocked_with_a_reason():
	block = LIFE_CYCLE.find("Authorized", "Block")
	assert (LIFE_CYCLE.initial, block.target) == ("Authorized", "Blocked")
	regulator = Actor("a", frozenset({"National Admin"}), frozenset(Scope))
	block.check(regulator, "Found to be counterfeit")
	with pytest.raises(DomainError, match="reason_required"):
		block.check(regulator)


@pytest.mark.parametrize(
	("price", "code"), [("-0.01", "invalid_authorised_price"), ("1e12", "price_out_of_range")]
)
def test_a_price_that_the_registry_cannot_hold_is_refused(price, code):
	assert code_of(checked_price, Decimal(price)) == code
