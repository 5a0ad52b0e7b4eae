"""A source against what is there: siblings that differ by a letter, and what the source lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.geography import Level, Place, clean, from_map, plan
from healthcare_erp.domain.geography.siblings import differ_by_a_letter


def tree(paths, above: str = "", level: Level = Level.PROVINCE) -> list[Place]:
	"""Places from paths, all parents among them."""
	below = sorted(path for path in paths if path.rpartition("/")[0] == above)
	return [Place(path.rpartition("/")[2], level, tree(paths, path, level.below)) for path in below]


class TestSiblings:
	@pytest.mark.parametrize(
		("one", "other"),
		[
			("Ruryazo", "Rutyazo"),
			("Quartier Muhinga", "Quartier Muinga"),
			("Kigwati", "Kigwatu"),
			("MUREMBA", "muremb\u00e0a"),
			("Mugitega", "Mugtiega"),
			("Gasenyi", "asenyi"),
		],
	)
	def test_one_letter_is_doubtful(self, one, other):
		assert differ_by_a_letter(one, other)

	@pytest.mark.parametrize(
		("one", "other"),
		[
			("Rohero I", "Rohero II"),
			("Rohero", "Rohero I"),
			("Ngagara 2", "Ngagara 3"),
			("Quartier A", "Quartier B"),
			("Karusi", "KARUSI"),
			("Cit\u00e9", "Cite"),
			("Gatare", "Gatete"),
			("Buhiga", "Busigaa"),
			("Mubanga", "Mubagan"),
		],
	)
	def test_another_place_or_the_same_is_not(self, one, other):
		assert not differ_by_a_letter(one, other)

	@given(st.text("abkru IV", max_size=8), st.text("abkru IV", max_size=8))
	def test_either_way_round(self, one, other):
		assert differ_by_a_letter(one, other) == differ_by_a_letter(other, one)

	@given(st.text("abkru", min_size=2, max_size=9), st.integers(0, 8), st.sampled_from("ez"))
	def test_a_slip_of_one_letter_is_found(self, name, where, letter):
		for slip in (name[:where] + letter + name[where:], name[:where] + letter + name[where + 1 :]):
			assert differ_by_a_letter(name, slip)

	def test_only_siblings_are_compared_and_a_pair_is_named_once(self):
		communes = [{"name": "Karusi", "zones": ["Buhiga", "Busiga"]}, {"name": "Mwaro", "zones": ["Buniga"]}]
		source = {"provinces": [{"name": "Gitega", "communes": communes}]}
		found = [(doubt.path, doubt.twin) for doubt in plan(from_map(source), {}).doubtful]
		assert found == [("Gitega/Karusi/Buhiga", "Gitega/Karusi/Busiga")]


places = st.frozensets(st.sampled_from(["A", "A/B", "A/B/C", "A/B/D", "A/E", "A/E/F", "G", "G/H"]))


def with_parents(paths) -> set[str]:
	return {"/".join(path.split("/")[:depth]) for path in paths for depth in range(1, path.count("/") + 2)}


class TestLacking:
	@given(places, places)
	def test_what_is_there_is_in_the_source_or_named_as_lacking(self, before, now):
		there = {path: path.rpartition("/")[0] or None for path in with_parents(before)}
		absent = there.keys() - with_parents(now)
		lacking = plan(clean(tree(with_parents(now)), []), there).lacking
		assert sum(1 + lack.below for lack in lacking) == len(absent)
		assert {lack.path for lack in lacking} <= absent
