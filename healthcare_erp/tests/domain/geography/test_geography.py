"""The administrative tree: levels, names, cleaning, nested-set numbers, and merging into what exists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.geography import (
	Level,
	Place,
	check_parent,
	clean,
	normalise,
	number,
	path_of,
	plan,
	rows,
)
from healthcare_erp.domain.geography.names import MISSPELLINGS, looks_misspelt, tidy

PROVINCE, COMMUNE, ZONE, COLLINE = Level


def tree(shape: dict, level: Level = PROVINCE) -> list[Place]:
	"""Places from nested dicts, or a list of names at the lowest level given."""
	if isinstance(shape, list):
		return [Place(name, level) for name in shape]
	return [Place(name, level, tree(parts, level.below)) for name, parts in shape.items()]


def paths(gazetteer) -> list[str]:
	return [row.path for row in rows(gazetteer)]


class TestLevels:
	@pytest.mark.parametrize(
		("level", "parent", "parent_level"),
		[(PROVINCE, None, None), (COMMUNE, "P", PROVINCE), (ZONE, "C", COMMUNE), (COLLINE, "Z", ZONE)],
	)
	def test_parent_one_level_up_is_accepted(self, level, parent, parent_level):
		assert check_parent(level, parent, parent_level) is None

	@pytest.mark.parametrize(
		("level", "parent_level"),
		[(COLLINE, PROVINCE), (COLLINE, COLLINE), (ZONE, PROVINCE), (COMMUNE, ZONE)],
	)
	def test_any_other_parent_is_refused(self, level, parent_level):
		with pytest.raises(DomainError) as refusal:
			check_parent(level, "Somewhere", parent_level)
		assert refusal.value.code == "invalid_parent_level"
		assert refusal.value.context["parent_level"] == parent_level
		assert refusal.value.context["expected"] == level.above

	@pytest.mark.parametrize(
		("level", "parent", "code"),
		[
			(PROVINCE, "Gitega", "province_has_no_parent"),
			(COMMUNE, None, "parent_missing"),
			(COLLINE, "", "parent_missing"),
			("District", None, "unknown_level"),
		],
	)
	def test_refused_parents(self, level, parent, code):
		with pytest.raises(DomainError) as refusal:
			check_parent(level, parent, None)
		assert refusal.value.code == code

	def test_path_joins_the_names(self):
		assert path_of("Rohero", "Bujumbura/Mukaza") == "Bujumbura/Mukaza/Rohero"
		assert path_of("Gitega", None) == "Gitega"

	def test_path_fits_a_document_name(self):
		assert len(path_of("x" * 140, None)) == 140
		with pytest.raises(DomainError, match="path_too_long"):
			path_of("x" * 139, "y")


class TestNames:
	@pytest.mark.parametrize(
		("was", "now", "reasons"),
		[
			("Gitega", "Gitega", []),
			("GITEGA", "Gitega", ["case"]),
			("burenza", "Burenza", ["case"]),
			("  Nyakabiga \t III ", "Nyakabiga III", ["whitespace"]),
			("Mukaza,", "Mukaza", ["whitespace"]),
			("Rugero rw\u2019umwami", "Rugero rw'umwami", ["apostrophe"]),
			("Mu\u200bkaza", "Mukaza", ["characters"]),
			("Cite\u0301", "Cit\u00e9", ["characters"]),
			("Rohero I/INSS", "Rohero I-INSS", ["slash"]),
			("BUJUMBURA-MAIRIE", "Bujumbura-Mairie", ["case"]),
			("quartier du lac ii", "Quartier du Lac II", ["case"]),
			("Quartier INSS", "Quartier INSS", []),
			(" -- ", "", ["whitespace"]),
		],
	)
	def test_tidy(self, was, now, reasons):
		assert tidy(was) == (now, reasons)

	@given(st.text())
	def test_normalising_twice_changes_nothing(self, name):
		assert normalise(normalise(name)) == normalise(name)

	@given(st.text())
	def test_a_normal_name_has_no_slash_and_no_stray_space(self, name):
		normal = normalise(name)
		assert "/" not in normal
		assert normal == " ".join(normal.split())

	@pytest.mark.parametrize("name", ["Karus", "Munegge", "Quartier Muinga", "Gaser"])
	def test_impossible_spelling_is_seen(self, name):
		assert looks_misspelt(name)

	@pytest.mark.parametrize(
		"name", ["Gitega", "Martyazo", "Quartier Nyakabiga III", "Rohero II", "Ngagara 2"]
	)
	def test_possible_spelling_is_left_alone(self, name):
		assert not looks_misspelt(name)

	def test_corrections_are_normal_and_final(self):
		for path, name in MISSPELLINGS.items():
			parent = path.rpartition("/")[0]
			assert normalise(name) == name
			assert path_of(name, parent) not in MISSPELLINGS


class TestClean:
	def test_corrections_are_reported_where_the_place_ends_up(self):
		gazetteer = clean(tree({"GITEGA": {"Karus": {" Buhindy": ["Bikinga"]}}}), [])
		assert paths(gazetteer)[-1] == "Gitega/Karusi/Buhindye/Bikinga"
		assert [(c.path, c.was, c.reasons) for c in gazetteer.corrected] == [
			("Gitega", "GITEGA", ("case",)),
			("Gitega/Karusi", "Karus", ("spelling",)),
			("Gitega/Karusi/Buhindye", " Buhindy", ("whitespace", "spelling")),
		]

	def test_empty_name_is_refused_with_its_branch(self):
		gazetteer = clean(tree({"Gitega": {" ": {"Zone": ["a", "b"]}, "Mwaro": {}}}), [])
		assert paths(gazetteer) == ["Gitega", "Gitega/Mwaro"]
		[refusal] = gazetteer.refused
		assert (refusal.reason, refusal.level, refusal.below) == ("name_empty", COMMUNE, 3)

	def test_path_too_long_is_refused(self):
		gazetteer = clean(tree({"P" * 100: {"C" * 40: {}}}), [])
		assert len(paths(gazetteer)) == 1
		assert [r.reason for r in gazetteer.refused] == ["path_too_long"]

	def test_place_named_twice_keeps_the_parts_of_both(self):
		twice = [*tree({"Gitega": {"Mwaro": {}}}), *tree({"GITEGA ": {"mwaro": {"Mwaro": []}, "Karusi": {}}})]
		gazetteer = clean(twice, [])
		assert paths(gazetteer) == ["Gitega", "Gitega/Mwaro", "Gitega/Mwaro/Mwaro", "Gitega/Karusi"]
		assert [(r.path, r.reason) for r in gazetteer.refused] == [
			("Gitega", "duplicate_sibling"),
			("Gitega/Mwaro", "duplicate_sibling"),
		]

	def test_same_name_under_different_parents_is_no_duplicate(self):
		shape = {
			"Gitega": {
				"Gitega": {"Gitega": ["Gitega"]},
				"Karusi": {"Rugazi": ["Gitega"], "Mutumba": ["Gitega"]},
			}
		}
		gazetteer = clean(tree(shape), [])
		assert gazetteer.refused == []
		assert len(paths(gazetteer)) == 9

	def test_copied_branch_stays_where_it_is_at_home(self):
		copied = {"Busoni": ["Gatare", "Marembo"], "Cumba": ["Gatete", "Rutabo"]}
		shape = {"Burunga": {"Rutana": dict(copied)}, "Butanyerera": {"Busoni": dict(copied)}}
		gazetteer = clean(tree(shape), [])
		assert [(r.path, r.twin, r.below) for r in gazetteer.refused] == [
			("Burunga/Rutana/Busoni", "Butanyerera/Busoni/Busoni", 2),
			("Burunga/Rutana/Cumba", "Butanyerera/Busoni/Cumba", 2),
		]
		assert "Butanyerera/Busoni/Cumba/Rutabo" in paths(gazetteer)
		assert "Burunga/Rutana" in paths(gazetteer)

	def test_copied_branch_without_a_home_stays_at_the_first(self):
		shape = {"A": {"Ba": {"Cumba": ["Gatete", "Rutabo"]}, "Bi": {"Cumba": ["Rutabo", "Gatete"]}}}
		gazetteer = clean(tree(shape), [])
		assert [(r.path, r.reason) for r in gazetteer.refused] == [("A/Bi/Cumba", "duplicate_branch")]

	def test_copied_commune_is_refused_once_with_all_below(self):
		commune = {"Ngozi": {"Mivo": ["Ga", "Mu"], "Ruhororo": ["Ki"]}}
		gazetteer = clean(tree({"Butanyerera": dict(commune), "Buhumuza": dict(commune)}), [])
		assert [(r.path, r.below) for r in gazetteer.refused] == [("Buhumuza/Ngozi", 5)]

	def test_doubtful_name_is_kept_and_reported(self):
		gazetteer = clean(tree({"Gitega": {"Gaser": {}}}), [])
		assert [d.path for d in gazetteer.doubtful] == ["Gitega/Gaser"]
		assert "Gitega/Gaser" in paths(gazetteer)

	@pytest.mark.parametrize(
		("latitude", "longitude"), [(91, 29.9), (-3.4, 181), ("north", 29.9), (-3.4, None)]
	)
	def test_coordinates_off_the_globe_are_left_out_and_reported(self, latitude, longitude):
		gazetteer = clean([Place("Gitega", PROVINCE, latitude=latitude, longitude=longitude)], [])
		assert [r.reason for r in gazetteer.refused] == ["invalid_coordinates"]
		assert gazetteer.provinces[0].latitude is gazetteer.provinces[0].longitude is None

	def test_good_coordinates_are_kept(self):
		[place] = clean([Place("Gitega", PROVINCE, latitude="-3.43", longitude=29.93)], []).provinces
		assert (place.latitude, place.longitude) == (-3.43, 29.93)


@st.composite
def forests(draw) -> dict[str, str | None]:
	"""Random trees: each node's parent is an earlier node, or none."""
	size = draw(st.integers(0, 60))
	return {
		f"n{node}": (lambda parent: None if parent < 0 else f"n{parent}")(draw(st.integers(-1, node - 1)))
		for node in range(size)
	}


def ancestors(name: str, parents: dict) -> set[str]:
	above = set()
	while name := parents[name]:
		above.add(name)
	return above


class TestNumber:
	@given(forests())
	def test_numbers_are_each_used_once_from_one(self, parents):
		bounds = number(parents)
		assert sorted(n for pair in bounds.values() for n in pair) == list(range(1, 2 * len(parents) + 1))

	@given(forests())
	def test_inside_means_below(self, parents):
		bounds = number(parents)
		for name, (left, right) in bounds.items():
			enclosing = {other for other, (lft, rgt) in bounds.items() if lft < left and right < rgt}
			assert enclosing == ancestors(name, parents)

	@given(forests(), st.randoms())
	def test_order_of_the_input_does_not_matter(self, parents, random):
		shuffled = list(parents.items())
		random.shuffle(shuffled)
		assert number(dict(shuffled)) == number(parents)

	@pytest.mark.parametrize("parents", [{"a": "a"}, {"a": "b", "b": "a"}, {"r": None, "a": "gone"}])
	def test_broken_tree_is_refused(self, parents):
		with pytest.raises(DomainError, match="tree_broken"):
			number(parents)


names = st.sampled_from(["Gitega", "Karusi", "Mwaro", "Busoni", " mwaro", "KARUSI", "Cumba", "Karus", ""])
shapes = st.dictionaries(
	names,
	st.dictionaries(names, st.dictionaries(names, st.lists(names, max_size=4), max_size=4), max_size=4),
	max_size=4,
)


class TestPlan:
	@given(shapes)
	def test_second_run_creates_nothing(self, shape):
		first = plan(clean(tree(shape), []), {})
		again = plan(clean(tree(shape), []), {row.path: row.parent for row in first.new})
		assert again.new == []
		assert again.existing == first.created
		assert again.bounds == first.bounds

	@given(shapes)
	def test_every_place_is_kept_or_reported(self, shape):
		gazetteer = clean(tree(shape), [])
		given_places = len(tree(shape)) + sum(
			1 + len(zones) + sum(map(len, zones.values()))
			for communes in shape.values()
			for zones in communes.values()
		)
		refused = sum(1 + refusal.below for refusal in gazetteer.refused)
		assert len(rows(gazetteer)) + refused == given_places

	def test_existing_places_survive_and_are_numbered_with_the_new(self):
		existing = {"Gitega": None, "Gitega/Ours": "Gitega"}
		planned = plan(clean(tree({"Gitega": {"Karusi": {}}, "Burunga": {}}), []), existing)
		assert [row.path for row in planned.new] == ["Gitega/Karusi", "Burunga"]
		assert planned.bounds == {
			"Burunga": (1, 2),
			"Gitega": (3, 8),
			"Gitega/Karusi": (4, 5),
			"Gitega/Ours": (6, 7),
		}
		assert (planned.created[PROVINCE], planned.existing[PROVINCE]) == (1, 1)

	def test_accents_and_case_make_no_new_place(self):
		planned = plan(clean(tree({"Cité": {"Karusi": {}}}), []), {"cite": None, "cite/KARUSI": "cite"})
		assert planned.new == []

	def test_new_places_hang_under_the_parent_as_the_site_spells_it(self):
		planned = plan(clean(tree({"Gitega": {"Karusi": {}}}), []), {"GITEGA": None})
		assert [(row.path, row.parent) for row in planned.new] == [("GITEGA/Karusi", "GITEGA")]
