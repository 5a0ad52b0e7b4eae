"""Reading the two public sources; the small maps here are written for the tests."""

from importlib import import_module

import pytest

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.geography import Level, from_map, from_tables, lines, plan, rows, summary

PROVINCE, COMMUNE, ZONE, COLLINE = Level


def country(*provinces) -> dict:
	return {"country": "Burundi", "provinces": list(provinces)}


def refusals(gazetteer) -> list[tuple]:
	return [(r.path, r.level, r.reason) for r in gazetteer.refused]


class TestMap:
	def test_the_public_shape_is_read_to_the_last_colline(self):
		gazetteer = from_map(
			country(
				{
					"name": "GITEGA",
					"capital": "Gitega",
					"communes": [
						{
							"name": "Karusi",
							"zones": [
								{"name": "Rugazi", "collines_quarters": ["Ntunda", {"name": "Mutara"}]}
							],
						}
					],
				}
			)
		)
		assert [(row.path, row.level) for row in rows(gazetteer)] == [
			("Gitega", PROVINCE),
			("Gitega/Karusi", COMMUNE),
			("Gitega/Karusi/Rugazi", ZONE),
			("Gitega/Karusi/Rugazi/Ntunda", COLLINE),
			("Gitega/Karusi/Rugazi/Mutara", COLLINE),
		]
		assert gazetteer.provinces[0].capital == "Gitega"
		assert gazetteer.refused == []

	def test_names_reach_the_report_as_the_source_wrote_them(self):
		gazetteer = from_map(country({"name": " Gitega", "communes": ["Karusi  "]}))
		assert [correction.was for correction in gazetteer.corrected] == [" Gitega", "Karusi  "]

	def test_codes_and_coordinates_are_read_where_given(self):
		place = {"name": "Ruyaga", "code": 7, "lat": -3.123, "lng": 29.456}
		[province] = from_map(country(place)).provinces
		assert (province.code, province.latitude, province.longitude) == ("7", -3.123, 29.456)

	def test_whole_words_come_before_short_ones(self):
		place = {"name": "Ruyaga", "latitude": -3.5, "lat": 1, "longitude": 29.5, "lng": 1}
		[province] = from_map(country(place)).provinces
		assert (province.latitude, province.longitude) == (-3.5, 29.5)

	@pytest.mark.parametrize("communes", [None, [], [{"name": "Karusi"}], ["Karusi"]])
	def test_missing_keys_are_no_error(self, communes):
		assert from_map(country({"name": "Gitega", "communes": communes})).refused == []

	@pytest.mark.parametrize("data", [None, [], "map", {}, {"provinces": {"Gitega": {}}}])
	def test_something_else_is_refused_whole(self, data):
		with pytest.raises(DomainError, match="geography_unreadable"):
			from_map(data)

	def test_places_at_the_wrong_level_are_refused_one_by_one(self):
		gazetteer = from_map(
			country(
				{
					"name": "Gitega",
					"zones": [{"name": "Rugazi", "collines_quarters": ["Ntunda"]}],
					"communes": [
						{"name": "Karusi", "collines_quarters": ["Mutara"]},
						{"name": "Mwaro", "provinces": [{"name": "Burunga"}]},
					],
				}
			)
		)
		assert refusals(gazetteer) == [
			("Gitega/Rugazi", ZONE, "wrong_level"),
			("Gitega/Karusi/Mutara", COLLINE, "wrong_level"),
			("Gitega/Mwaro/Burunga", PROVINCE, "wrong_level"),
		]
		assert gazetteer.refused[0].below == 1

	def test_what_is_no_place_is_refused(self):
		gazetteer = from_map(
			country({"name": "Gitega", "communes": [3, None, {"code": "x"}], "towns": ["Gitega"]}, 5)
		)
		assert refusals(gazetteer) == [
			("Gitega/3", COMMUNE, "not_a_place"),
			("Gitega/None", COMMUNE, "not_a_place"),
			("Gitega/towns", None, "unknown_list"),
			("5", PROVINCE, "not_a_place"),
			("Gitega/", COMMUNE, "name_empty"),
		]

	def test_parts_that_are_no_list_are_refused(self):
		gazetteer = from_map(country({"name": "Gitega", "communes": "Karusi", "zones": [7]}))
		assert refusals(gazetteer) == [
			("Gitega/Karusi", COMMUNE, "not_a_list"),
			("Gitega/7", ZONE, "not_a_place"),
		]


class TestTables:
	provinces = [{"code": "P1", "name": "GITEGA", "capital": "Gitega"}]
	communes = [{"code": "C1", "name": "Karusi", "capital": "Buhiga", "province_code": "P1"}]
	zones = [{"code": "Z1", "name": "Rugazi", "chief_town": "Rugazi", "commune_code": "C1"}]

	def test_records_are_joined_by_their_codes(self):
		collines = [{"code": "Q1", "name": "Ntunda", "zone_code": "Z1"}]
		gazetteer = from_tables(self.provinces, self.communes, self.zones, collines)
		assert [(row.path, row.code, row.capital) for row in rows(gazetteer)] == [
			("Gitega", "P1", "Gitega"),
			("Gitega/Karusi", "C1", "Buhiga"),
			("Gitega/Karusi/Rugazi", "Z1", "Rugazi"),
			("Gitega/Karusi/Rugazi/Ntunda", "Q1", None),
		]

	def test_record_without_its_parent_is_refused(self):
		orphans = [{"code": "Q1", "name": "Ntunda", "zone_code": "Z9"}, {"code": "Q2", "name": "Mutara"}]
		gazetteer = from_tables(self.provinces, self.communes, self.zones, orphans)
		assert refusals(gazetteer) == [
			("Ntunda", COLLINE, "parent_missing"),
			("Mutara", COLLINE, "parent_missing"),
		]

	def test_code_used_twice_is_refused(self):
		zones = [*self.zones, {"code": "Z1", "name": "Mutumba", "commune_code": "C1"}]
		gazetteer = from_tables(self.provinces, self.communes, zones, [])
		assert refusals(gazetteer) == [("Mutumba (Z1)", ZONE, "duplicate_code")]


@pytest.fixture(scope="module")
def gazetteer():
	pytest.importorskip("tburundigeo")
	tables = ("provinces", "communes", "zones", "quartiers")
	return from_tables(*(import_module(f"tburundigeo.data.{table}").data for table in tables))


class TestPublishedData:
	"""The data of the 2023 law as the package publishes it."""

	def test_the_whole_country_is_read(self, gazetteer):
		planned = plan(gazetteer, {})
		assert dict(planned.created) == {PROVINCE: 5, COMMUNE: 42, ZONE: 451, COLLINE: 3044}
		assert gazetteer.refused == []

	def test_its_misspellings_are_corrected_and_reported(self, gazetteer):
		found = {c.path: c.was for c in gazetteer.corrected if "spelling" in c.reasons}
		assert len(found) == 25
		assert found["Gitega/Karusi"] == "Karus"
		assert found["Bujumbura/Ntahangwa/Buterere"] == "Butterere"

	def test_siblings_that_differ_by_a_letter_are_few_and_named(self, gazetteer):
		doubted = [(doubt.path, doubt.twin) for doubt in plan(gazetteer, {}).doubtful]
		assert len(doubted) == 11
		assert ("Butanyerera/Ngozi/Buhiga", "Butanyerera/Ngozi/Busiga") in doubted

	def test_names_that_nobody_could_settle_are_doubted(self, gazetteer):
		assert [doubt.path for doubt in gazetteer.doubtful] == [
			"Bujumbura/Ntahangwa/Ngagara/Quartier Muinga",
			"Burunga/Rutana/Rutana/Gaser",
			"Burunga/Rutana/Rutana/Jomat",
		]


class TestReport:
	def test_everything_that_was_done_is_listed(self):
		copied = [{"name": "Busoni", "collines_quarters": ["Gatare", "Marembo"]}]
		gazetteer = from_map(
			country(
				{"name": "BURUNGA", "communes": [{"name": "Rutana", "zones": copied}, {"name": "Gaser"}, {}]},
				{
					"name": "Butanyerera",
					"zones": ["Rugazi"],
					"communes": [{"name": "Busoni", "zones": copied}],
				},
			)
		)
		text = list(lines(summary(gazetteer, plan(gazetteer, {"Burunga": None}))))
		assert text == [
			"Province      1 created      1 existing",
			"Commune       3 created      0 existing",
			"Zone          1 created      0 existing",
			"Colline       2 created      0 existing",
			"1 corrected",
			"  Burunga  (was 'BURUNGA': capitals)",
			"3 refused",
			"  Butanyerera/Rugazi  (a Zone cannot stand directly there)",
			"  Burunga/  (it has no name)",
			"  Burunga/Rutana/Busoni  (a copy of Butanyerera/Busoni/Busoni, with 2 below it)",
			"1 doubtful, loaded as they stand",
			"  Burunga/Gaser  (no spelling of Kirundi)",
			"0 there already and not in this source",
		]

	def test_a_second_source_names_its_other_spellings_and_what_it_lacks(self):
		there = {
			"Burunga": None,
			"Burunga/Rutana": "Burunga",
			"Burunga/Rutana/Ruryazo": "Burunga/Rutana",
			"Burunga/Rutana/Ruryazo/Gatare": "Burunga/Rutana/Ruryazo",
			"Gitega": None,
		}
		gazetteer = from_map(
			country({"name": "Burunga", "communes": [{"name": "Rutana", "zones": ["Rutyazo"]}]})
		)
		assert list(lines(summary(gazetteer, plan(gazetteer, there))))[-5:] == [
			"1 doubtful, loaded as they stand",
			"  Burunga/Rutana/Rutyazo  (differs by a letter from Burunga/Rutana/Ruryazo)",
			"2 there already and not in this source",
			"  Burunga/Rutana/Ruryazo, with 1 below it",
			"  Gitega",
		]

	def test_every_reason_has_words(self):
		entries = [
			{"name": "x" * 141},
			{"name": "Gitega", "lat": 99, "lng": 0, "towns": ["a"], "communes": 5},
			"gitega",
			7,
		]
		gazetteer = from_map({"provinces": entries})
		reasons = [entry["reason"] for entry in summary(gazetteer, plan(gazetteer, {}))["refused"]]
		assert len(reasons) == 6
		assert all(reasons)
