# Copyright (c) 2026, healthcare_erp maintainers and Contributors
# See license.txt

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import frappe
from frappe.exceptions import LinkValidationError
from frappe.tests.utils import FrappeTestCase
from frappe.utils.nestedset import NestedSetChildExistsError

from healthcare_erp.api.geography import add_node, get_children
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.geography import Gazetteer, from_map
from healthcare_erp.core.exceptions import FixedFieldError, InvalidAdministrativeLevelError
from healthcare_erp.healthcare_erp import geography

DOCTYPE = geography.DOCTYPE
LAW = {"Province": 5, "Commune": 42, "Zone": 451, "Colline": 3044}


def small_country() -> Gazetteer:
	"""Two provinces with a village of the same name in each, and one misspelling."""
	karusi = {"name": "Karus", "zones": [{"name": "Rugazi", "collines_quarters": ["Ntunda", "Mutara"]}]}
	busoni = {"name": "Busoni", "zones": [{"name": "Cumba", "collines_quarters": ["Mutara"]}]}
	return from_map(
		{
			"provinces": [
				{"name": "GITEGA", "capital": "Gitega", "communes": [karusi]},
				{"name": "BUTANYERERA", "communes": [busoni]},
			]
		}
	)


def place(name: str, level: str, parent: str | None = None):
	return frappe.get_doc(
		{"doctype": DOCTYPE, "level_name": name, "level": level, "parent_administrative_level": parent}
	)


class GeographyTestCase(FrappeTestCase):
	def setUp(self):
		frappe.db.delete(DOCTYPE)
		frappe.clear_document_cache(DOCTYPE)

	def tearDown(self):
		frappe.db.rollback()
		frappe.clear_document_cache(DOCTYPE)

	def assert_nested(self):
		"""Numbers 1..2n used once each, and every place inside its parent and level with nothing else's edge."""
		table = frappe.qb.DocType(DOCTYPE)
		places = (
			frappe.qb.from_(table).select(table.name, table[geography.PARENT], table.lft, table.rgt).run()
		)
		used = sorted(number for _, _, left, right in places for number in (left, right))
		self.assertEqual(used, list(range(1, 2 * len(places) + 1)))
		bounds = {name: (left, right) for name, _, left, right in places}
		for name, parent, left, right in places:
			self.assertLess(left, right, name)
			if parent:
				self.assertTrue(bounds[parent][0] < left and right < bounds[parent][1], name)


class TestSeed(GeographyTestCase):
	def test_all_provinces_and_children_load(self):
		report = geography.seed()
		self.assertEqual({level: count["created"] for level, count in report["levels"].items()}, LAW)
		for level, count in LAW.items():
			self.assertEqual(frappe.db.count(DOCTYPE, {"level": level}), count)
		self.assertEqual(report["refused"], [])
		self.assertIn("Karus", [entry["was"] for entry in report["corrected"]])
		self.assert_nested()

	def test_second_run_creates_nothing_and_changes_nothing(self):
		geography.seed()
		before = frappe.get_all(DOCTYPE, fields=["*"], order_by="name")
		report = geography.seed()
		self.assertEqual(
			report["levels"], {level: {"created": 0, "existing": count} for level, count in LAW.items()}
		)
		self.assertEqual(frappe.get_all(DOCTYPE, fields=["*"], order_by="name"), before)

	def test_seeded_places_are_what_the_form_would_have_made(self):
		geography.seed(small_country())
		seeded = frappe.get_doc(DOCTYPE, "Gitega/Karusi/Rugazi")
		self.assertEqual((seeded.level_name, seeded.path, seeded.level), ("Rugazi", seeded.name, "Zone"))
		self.assertEqual((seeded.parent_administrative_level, seeded.is_group), ("Gitega/Karusi", 1))
		seeded.code = "RGZ"
		seeded.save()
		self.assertEqual(frappe.db.get_value(DOCTYPE, "Gitega", ["capital", "is_group"]), ("Gitega", 1))
		self.assertEqual(frappe.db.get_value(DOCTYPE, "Gitega/Karusi/Rugazi/Mutara", "is_group"), 0)
		self.assert_nested()

	def test_places_added_by_hand_survive_a_seed(self):
		geography.seed(small_country())
		place("Ruyaga", "Colline", "Gitega/Karusi/Rugazi").insert()
		place("Burunga", "Province").insert()
		report = geography.seed()
		self.assertEqual(report["levels"]["Province"], {"created": 2, "existing": 3})
		self.assertTrue(frappe.db.exists(DOCTYPE, "Gitega/Karusi/Rugazi/Ruyaga"))
		self.assertEqual(frappe.db.get_value(DOCTYPE, "Gitega", "capital"), "Gitega")
		self.assert_nested()

	def test_seeded_tree_takes_new_places_and_gives_up_unused_ones(self):
		geography.seed(small_country())
		added = place("Ruyaga", "Colline", "Butanyerera/Busoni/Cumba").insert()
		self.assert_nested()
		added.delete()
		self.assertFalse(frappe.db.exists(DOCTYPE, added.name))
		self.assert_nested()

	def test_places_at_odds_with_their_parents_stop_a_seed(self):
		geography.seed(small_country())
		frappe.db.set_value(DOCTYPE, "Gitega/Karusi", geography.PARENT, "Gitega/Gone")
		with self.assertRaises(DomainError) as refusal:
			geography.seed()
		self.assertEqual(refusal.exception.code, "tree_broken")
		self.assertEqual(frappe.db.count(DOCTYPE), 9)


class TestReadMap(FrappeTestCase):
	def read(self, content: bytes):
		with TemporaryDirectory() as folder:
			path = Path(folder, "map.json")
			path.write_bytes(content)
			return geography.read_map(path)

	def test_a_map_is_read(self):
		gazetteer = self.read(json.dumps({"provinces": ["GITEGA"]}).encode("utf-8-sig"))
		self.assertEqual([province.name for province in gazetteer.provinces], ["Gitega"])

	def test_unreadable_files_are_refused(self):
		for content in (b"{", b"\xff\xfe\x00", b"[]", b'{"provinces": 5}'):
			with self.subTest(content), self.assertRaises(DomainError) as refusal:
				self.read(content)
			self.assertEqual(refusal.exception.code, "geography_unreadable")

	def test_a_missing_file_is_refused(self):
		with self.assertRaises(DomainError) as refusal:
			geography.read_map("/nowhere/map.json")
		self.assertEqual(refusal.exception.code, "geography_unreadable")

	def test_command_says_in_one_sentence_what_it_cannot_read(self):
		command = ["frappe", "--site", frappe.local.site, "seed-geography", "--file", "/nowhere/map.json"]
		ended = subprocess.run(
			[sys.executable, "-m", "frappe.utils.bench_helper", *command],
			cwd=frappe.local.sites_path,
			capture_output=True,
			text=True,
		)
		self.assertNotEqual(ended.returncode, 0)
		self.assertEqual(ended.stdout, "")
		self.assertRegex(ended.stderr, r"^Error: The map cannot be read: No such file or directory\. .*\n$")


class TestAdministrativeLevel(GeographyTestCase):
	def setUp(self):
		super().setUp()
		geography.seed(small_country())

	def test_name_is_the_path_of_the_tidied_name(self):
		added = place("  MUTUMBA ", "Zone", "Gitega/Karusi").insert()
		self.assertEqual((added.name, added.level_name), ("Gitega/Karusi/Mutumba", "Mutumba"))

	def test_same_name_under_another_parent_is_fine(self):
		self.assertTrue(frappe.db.exists(DOCTYPE, "Butanyerera/Busoni/Cumba/Mutara"))
		place("Ntunda", "Colline", "Butanyerera/Busoni/Cumba").insert()
		self.assertEqual(frappe.db.count(DOCTYPE, {"level_name": "Ntunda"}), 2)

	def test_same_name_under_the_same_parent_is_refused(self):
		with self.assertRaises(frappe.DuplicateEntryError):
			place("ntunda", "Colline", "Gitega/Karusi/Rugazi").insert()

	def test_colline_under_a_province_is_refused(self):
		with self.assertRaisesRegex(InvalidAdministrativeLevelError, "Zone"):
			place("Ruyaga", "Colline", "Gitega").insert()

	def test_parent_is_missing_superfluous_or_too_low(self):
		for level, parent in (("Commune", None), ("Province", "Gitega"), ("Zone", "Gitega/Karusi/Rugazi")):
			with self.subTest(level), self.assertRaises(InvalidAdministrativeLevelError):
				place("Ruyaga", level, parent).insert()

	def test_unknown_parent_is_refused(self):
		with self.assertRaises(LinkValidationError):
			place("Ruyaga", "Commune", "Atlantis").insert()

	def test_name_without_a_letter_is_refused(self):
		with self.assertRaises(InvalidAdministrativeLevelError):
			place(" - ", "Province").insert()

	def test_what_makes_up_the_path_never_changes(self):
		for field, value in (
			("level_name", "Rugari"),
			("level", "Commune"),
			("parent_administrative_level", "Butanyerera/Busoni"),
		):
			zone = frappe.get_doc(DOCTYPE, "Gitega/Karusi/Rugazi")
			zone.set(field, value)
			with self.subTest(field), self.assertRaises(FixedFieldError):
				zone.save()

	def test_rename_is_refused(self):
		with self.assertRaises(frappe.ValidationError):
			frappe.rename_doc(DOCTYPE, "Gitega/Karusi/Rugazi", "Gitega/Karusi/Rugari")

	def test_place_with_parts_is_not_deleted(self):
		with self.assertRaises(NestedSetChildExistsError):
			frappe.delete_doc(DOCTYPE, "Gitega/Karusi")


class TestWhichLiesWhere(GeographyTestCase):
	def setUp(self):
		super().setUp()
		geography.seed(small_country())

	def test_province_of_each_level(self):
		self.assertEqual(
			geography.province_of(["Gitega/Karusi/Rugazi/Mutara", "Butanyerera/Busoni", "Gitega", "Nowhere"]),
			{
				"Gitega/Karusi/Rugazi/Mutara": "Gitega",
				"Butanyerera/Busoni": "Butanyerera",
				"Gitega": "Gitega",
			},
		)
		self.assertEqual(geography.province_of([]), {})

	def test_descendants_are_all_below(self):
		self.assertEqual(
			geography.descendants("Gitega/Karusi"),
			["Gitega/Karusi/Rugazi", "Gitega/Karusi/Rugazi/Mutara", "Gitega/Karusi/Rugazi/Ntunda"],
		)
		self.assertEqual(geography.descendants("Gitega/Karusi/Rugazi/Ntunda"), [])

	def test_each_is_one_query(self):
		levels = frappe.get_all(DOCTYPE, pluck="name")
		with self.assertQueryCount(1):
			geography.province_of(levels)
		with self.assertQueryCount(1):
			geography.descendants("Gitega")

	def test_tree_view_shows_parts_and_counts(self):
		roots = get_children(DOCTYPE, parent="Burundi", is_root=True)
		self.assertEqual(
			[(node["title"], node["below"]) for node in roots], [("Butanyerera", 3), ("Gitega", 4)]
		)
		[zone] = get_children(DOCTYPE, parent="Gitega/Karusi")
		self.assertEqual(
			(zone["value"], zone["expandable"], zone["level"]), ("Gitega/Karusi/Rugazi", 1, "Zone")
		)

	def test_tree_view_adds_places(self):
		self.assertEqual(add_node("Burunga", parent="Burundi", is_root=True), "Burunga")
		self.assertEqual(add_node("Makamba", parent="Burunga"), "Burunga/Makamba")
		self.assertEqual(frappe.db.get_value(DOCTYPE, "Burunga/Makamba", "level"), "Commune")
		with self.assertRaises(InvalidAdministrativeLevelError):
			add_node("Ruyaga", parent="Gitega/Karusi/Rugazi/Ntunda")
		self.assert_nested()

	def test_tree_view_is_closed_to_guests(self):
		with self.set_user("Guest"):
			self.assertRaises(frappe.PermissionError, get_children, DOCTYPE)
			self.assertRaises(frappe.PermissionError, add_node, "Burunga", is_root=True)
