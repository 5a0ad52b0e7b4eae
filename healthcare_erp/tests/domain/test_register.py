"""Reading of national registers: headers, cells, repetitions, contradictions."""

import csv
import warnings
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.register import ACCEPTED_HEADERS, changes, find_header, plan
from healthcare_erp.domain.register.cells import read_country, read_date, read_flag, read_price, read_status

TODAY = date(2026, 1, 15)
SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "register_sample.csv"
HEADER = (
	"num_enregistrement",
	"designation_commerciale",
	"dci",
	"dosage",
	"forme",
	"conditionnement",
	"date_amm",
)
GOOD = ("AMM-1", "Glumac", "Artéméther\nLuméfantrine", "20 mg\n120 mg", "comprimés", "B/24", "2022-09-01")


def planned(*rows, header=HEADER):
	_index, columns = find_header([header])
	return plan(enumerate(rows, start=2), columns, TODAY)


def with_cell(**cells) -> tuple[str, ...]:
	return tuple(cells.get(name, value) for name, value in zip(HEADER, GOOD, strict=True))


def refusals(found) -> list[tuple[int, list[str]]]:
	return [(row.line, [reason.code for reason in row.reasons]) for row in found.refused]


@pytest.fixture(scope="module")
def sample():
	if not SAMPLE.exists():
		warnings.warn(f"THE REAL REGISTER WAS NOT READ: {SAMPLE} is absent", stacklevel=1)
		pytest.skip(f"REAL REGISTER ABSENT: {SAMPLE}")
	with SAMPLE.open(encoding="utf-8", newline="") as file:
		header, *rows = csv.reader(file)
	_index, columns = find_header([header])
	return columns, list(enumerate(map(tuple, rows), start=2))


@pytest.mark.parametrize(
	"header",
	[
		("N° d'enregistrement", "Désignation commerciale", "D.C.I", "FORME"),
		("Numéro d’AMM", "Nom commercial", "Dénomination commune internationale", "Forme pharmaceutique"),
		("Registration No.", "Brand  Name", "INN", "Dosage form"),
		("registration_number", "brand_name", "inn", "dosage_form"),
		("Reg. No", "TRADE NAME", "Active Ingredient(s)", "Pharmaceutical Form"),
	],
)
def test_headers_are_known_in_french_and_english(header):
	index, columns = find_header([("REPUBLIC", "", "", ""), header])
	assert index == 1
	assert list(columns.fields.values()) == ["registration_number", "brand_name", "inn", "dosage_form"]


def test_each_accepted_header_is_accepted():
	for language in (0, 1):
		header = [headers[language] for headers in ACCEPTED_HEADERS.values()]
		assert list(find_header([header])[1].fields.values()) == list(ACCEPTED_HEADERS)


def test_unknown_and_repeated_columns_are_named_and_not_read():
	_index, columns = find_header([(*HEADER, "Remarques", "DCI", "reason", "line", "")])
	assert columns.ignored == ("Remarques", "DCI")


def test_a_table_without_the_needed_columns_says_which():
	with pytest.raises(DomainError) as refusal:
		find_header([("colour", "size"), ("brand_name", "inn")])
	assert refusal.value.code == "register_headers_unknown"
	assert refusal.value.context["missing"] == ["registration_number / num_enregistrement"]
	assert "strength / dosage" in refusal.value.context["accepted"]


def test_a_good_row_is_a_medicine_in_one_spelling():
	(entry,) = planned(GOOD).entries
	assert entry.key == "amm-1|20mg+120mg|comprime|b/24"
	assert entry.values == {
		"registration_number": "AMM-1",
		"brand_name": "Glumac",
		"inn": "Artéméther + Luméfantrine",
		"strength": "20 mg + 120 mg",
		"dosage_form": "Comprimé",
		"pack": "B/24",
		"registration_date": date(2022, 9, 1),
	}


def test_a_bad_row_is_refused_with_all_its_reasons():
	bad = with_cell(num_enregistrement=" ", designation_commerciale="", date_amm="31/31/2020")
	found = planned(GOOD, bad, GOOD[:-1], with_cell(date_amm="2027-01-01"), with_cell(dci=";"))
	assert refusals(found) == [
		(3, ["unreadable_date", "registration_number_missing", "brand_name_missing"]),
		(4, ["cell_count"]),
		(5, ["registered_in_future"]),
		(6, ["inn_missing"]),
	]


@pytest.mark.parametrize(
	("column", "cell", "code"),
	[
		("code_atc", "E01", "invalid_atc_code"),
		("gtin", "9504000059102", "invalid_gtin"),
		("prix", "gratuit", "unreadable_price"),
		("stupefiant", "peut-être", "unreadable_flag"),
		("statut", "en cours", "unknown_status"),
	],
)
def test_a_cell_that_cannot_be_read_refuses_its_row(column, cell, code):
	assert refusals(planned((*GOOD, cell), header=(*HEADER, column))) == [(2, [code])]


def test_a_repeated_row_counts_once_and_a_contradicting_one_names_the_first():
	again = with_cell(forme="COMPRIMÉ", dosage="20mg\n120mg")
	other = with_cell(designation_commerciale="Lumerax")
	found = planned(GOOD, again, other)
	assert (len(found.entries), found.repeated) == (1, 1)
	assert refusals(found) == [(4, ["duplicate_in_register"])]
	assert found.refused[0].reasons[0].context == {"first_line": 2, "fields": ["brand_name"]}


def test_rows_that_need_an_eye_are_named():
	header = (*HEADER, "pays_origine")
	odd = (
		*with_cell(num_enregistrement="AMM-2", dosage="0.0005", designation_commerciale="SANTA ?laç"),
		"36",
	)
	shared = (*with_cell(forme="Gel"), "Inde")
	found = planned((*GOOD, "IN"), odd, shared, (*with_cell(conditionnement="B/12"), ""), header=header)
	assert found.notices == {
		"atc_code_missing": [2, 3, 4, 5],
		"strength_without_unit": [3],
		"damaged_text": [3],
		"country_number": [3],
		"registration_number_shared": [2, 4, 5],
	}
	assert [entry.values.get("manufacturer_country") for entry in found.entries] == ["IN", None, "Inde", None]


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
	],
)
def test_dates_are_read(cell, expected):
	assert read_date(cell) == expected


@pytest.mark.parametrize(
	"cell", ["12/31/2024", "2024", "31/02/2024", "6 jui 2024", "3 xy 2024", "1/1/1024", "soon", "6/3/24"]
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
	],
)
def test_prices_are_read(cell, expected):
	assert read_price(cell) == Decimal(expected)


@pytest.mark.parametrize("cell", ["-5", "1.250", "12,500", "1.2.3", "abc", "1e3", "NaN"])
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


def test_an_empty_cell_changes_nothing_and_a_block_stays():
	header = (*HEADER, "statut")
	(entry,) = planned((*with_cell(designation_commerciale="GLUMAC"), "1"), header=header).entries
	known = {**entry.values, "brand_name": "Glumac", "atc_code": "P01BF01", "status": "Blocked"}
	assert changes(entry, known) == {"brand_name": "GLUMAC"}
	(blocked,) = planned((*GOOD, "suspendu"), header=header).entries
	assert changes(blocked, {**blocked.values, "status": "Authorized"}) == {"status": "Blocked"}


texts = st.sampled_from(["", "A", "b ", "É\nf", "20mg", "0,5 ml", "2024-03-06", "45357", "x"])


@given(st.lists(st.tuples(*[texts] * len(HEADER)), max_size=25))
def test_nothing_is_lost_and_a_second_import_changes_nothing(rows):
	found = planned(*rows)
	assert len(found.entries) + len(found.refused) + found.repeated == len(rows)
	registry = {entry.key: entry.values for entry in found.entries}
	assert len(registry) == len(found.entries)
	again = planned(*rows)
	assert [changes(entry, registry[entry.key]) for entry in again.entries] == [{}] * len(registry)


@given(st.lists(st.tuples(*[texts] * len(HEADER)), max_size=12), st.randoms())
def test_the_order_of_columns_does_not_matter(rows, random):
	order = random.sample(range(len(HEADER)), len(HEADER))
	found = planned(*rows)
	shuffled = planned(
		*[tuple(row[i] for i in order) for row in rows], header=tuple(HEADER[i] for i in order)
	)
	assert [entry.values for entry in shuffled.entries] == [entry.values for entry in found.entries]
	assert [row.line for row in shuffled.refused] == [row.line for row in found.refused]


def test_the_real_register_is_read_whole(sample):
	columns, rows = sample
	found = plan(rows, columns, TODAY)
	assert (len(found.entries), found.repeated, found.refused) == (220, 0, [])
	assert {entry.values.get("category") for entry in found.entries} == {"Generic", "Brand", None}
	assert not any("\n" in value for entry in found.entries for value in map(str, entry.values.values()))
	assert len({entry.values["dosage_form"] for entry in found.entries}) == 47
	shared = {
		rows[line - 2][1][columns.names.index("num_enregistrement")]
		for line in found.notices["registration_number_shared"]
	}
	assert len(shared) == 5
