"""Reading of national registers: headers, cells, repetitions, contradictions."""

import csv
import warnings
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.register import ACCEPTED_HEADERS, changes, find_header, plan
from healthcare_erp.domain.medicine_registry.register.widths import fitted

TODAY = date(2026, 1, 15)
SAMPLE = Path(__file__).parents[5] / "shared" / "data" / "register_sample.csv"
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


@pytest.mark.parametrize(
	"header", ["nom_laboratoire", "Nom du laboratoire", "NOM LABORATOIRE", "Laboratoire"]
)
def test_the_published_registers_header_for_the_maker_is_read(header):
	(entry,) = planned((*GOOD, "GUILIN"), header=(*HEADER, header)).entries
	assert entry.values["manufacturer"] == "GUILIN"


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
	found = planned(GOOD, bad, (*GOOD, "more"), with_cell(date_amm="2027-01-01"), with_cell(dci=";"))
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


def test_a_repeated_row_counts_once():
	again = with_cell(forme="COMPRIMÉ", dosage="20mg\n120mg")
	found = planned(GOOD, again)
	assert (len(found.entries), found.repeated, found.refused) == (1, 1, [])


def test_rows_that_contradict_one_another_are_all_refused_until_one_is_left():
	other = with_cell(designation_commerciale="Lumerax")
	found = planned(GOOD, other, GOOD)
	assert (found.entries, found.repeated) == ([], 0)
	assert refusals(found) == [(line, ["duplicate_in_register"]) for line in (2, 3, 4)]
	named = [row.reasons[0].context for row in found.refused]
	assert [context["other_line"] for context in named] == [3, 2, 3]
	assert {tuple(context["fields"]) for context in named} == {("brand_name",)}
	again = planned(*[row.cells for row in found.refused])
	assert (again.entries, len(again.refused)) == ([], 3)


def test_two_medicines_of_a_file_do_not_share_a_gtin():
	header = (*HEADER, "gtin")
	other = (*with_cell(num_enregistrement="AMM-2"), "9504000059101")
	found = planned((*GOOD, "9504000059101"), other, header=header)
	assert [entry.line for entry in found.entries] == [2]
	assert refusals(found) == [(3, ["gtin_repeated"])]
	assert found.refused[0].reasons[0].context == {"gtin": "09504000059101", "other_line": 2}


@pytest.mark.parametrize("cells", [GOOD[:-1], (*GOOD, "", " "), (*GOOD[:-1], "-"), (*GOOD[:-2], "N/A", "")])
def test_empty_last_cells_may_be_missing_or_too_many(cells):
	(entry,) = planned(cells).entries
	assert entry.values["brand_name"] == "Glumac"


def test_a_cell_that_swallowed_the_next_rows_is_refused():
	swallowing = (*GOOD[:5], "B/24,2022-09-01\nAMM-2,Astaph,Flucloxacilline,500 mg,Gélule,B/12,2022-09-01\n")
	harmless = (*GOOD[:5], "B/24\nFlacon de 2 ml")
	found = planned(swallowing, harmless)
	assert refusals(found) == [(2, ["cell_count"])]
	assert [entry.line for entry in found.entries] == [3]


@given(st.integers(1, len(HEADER)), st.integers(0, 4))
def test_no_cell_that_says_something_is_dropped(kept, surplus):
	cells = tuple(f"cell {place}" for place in range(kept)) + ("",) * (len(HEADER) - kept + surplus)
	fits = fitted(cells, len(HEADER))
	assert len(fits) == len(HEADER)
	assert [cell for cell in fits if cell] == [cell for cell in cells if cell]


def test_a_month_first_file_is_read_month_first_and_says_so():
	american = [
		with_cell(num_enregistrement=str(n), date_amm=day)
		for n, day in enumerate(("03/06/2024", "12/31/2024"))
	]
	found = planned(*american, with_cell(date_amm="2024-03-06"))
	assert [entry.values["registration_date"] for entry in found.entries] == [
		date(2024, 3, 6),
		date(2024, 12, 31),
		date(2024, 3, 6),
	]
	assert found.notices["month_first"] == [2, 3]


def test_where_a_file_writes_dates_both_ways_none_is_guessed():
	written = ("03/06/2024", "12/31/2024", "31/12/2024", "05/05/2024", "2024-03-06")
	found = planned(*[with_cell(num_enregistrement=f"A{day}", date_amm=day) for day in written])
	assert refusals(found) == [(2, ["ambiguous_date"]), (3, ["unreadable_date"])]
	assert "month_first" not in found.notices


def test_a_registration_number_of_another_shape_than_all_others_is_named():
	numbers = [f"ABREMA{n:03}ND2024" for n in range(20)] + ["ABREMA098ND20204"]
	found = planned(*[with_cell(num_enregistrement=number) for number in numbers])
	assert found.notices["registration_number_unusual"] == [22]


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


def test_the_real_register_is_read_whole_with_the_headers_and_last_cells_that_it_is_published_with(sample):
	columns, rows = sample
	published = ["Nom du laboratoire" if name == "laboratoire" else name for name in columns.names]
	_index, published_columns = find_header([(*published, "observations")])
	ragged = [(line, (*cells, *[""] * (line % 3))) for line, cells in rows]
	found = plan(ragged, published_columns, TODAY)
	assert [entry.values for entry in found.entries] == [
		entry.values for entry in plan(rows, columns, TODAY).entries
	]
	assert len({entry.values["manufacturer"] for entry in found.entries}) > 70
