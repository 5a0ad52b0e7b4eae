"""What the Desk draws by is complete: each status, kind and type of movement that a document can have has its colour."""

import json

import frappe

from healthcare_erp.api.transitions import has_life_cycle
from healthcare_erp.core.facility_directory import KIND_FIELDS
from healthcare_erp.core.scope import SCOPES
from healthcare_erp.overrides.frappe.boot import tell_desk
from healthcare_erp.overrides.frappe.desk_tables import desk_tables
from healthcare_erp.tests.case import SiteTestCase

REGULATED = tuple(filter(has_life_cycle, SCOPES))


def options(doctype: str, field: str) -> set[str]:
	return set(frappe.get_meta(doctype).get_field(field).options.split("\n")) - {""}


class TestDeskTables(SiteTestCase):
	def test_every_status_has_a_colour(self):
		statuses = set().union(*(options(doctype, "status") for doctype in REGULATED))
		self.assertEqual(statuses, set(desk_tables()["status_colours"]))

	def test_every_type_of_movement_has_a_colour(self):
		self.assertEqual(options("Stock Movement", "movement_type"), set(desk_tables()["movement_colours"]))

	def test_every_kind_of_facility_has_a_colour(self):
		kinds = set().union(*(options(doctype, field) for doctype, field in KIND_FIELDS.items()))
		self.assertEqual(kinds - set(desk_tables()["kind_colours"]), set())

	def test_actions_on_many_lots_are_the_life_cycles(self):
		self.assertEqual(
			desk_tables()["lot_bulk_actions"],
			[
				{"action": "Block", "from": ["Active"], "roles": ["Inspector", "National Admin"]},
				{
					"action": "Recall",
					"from": ["Active", "Blocked", "Expired"],
					"roles": ["National Admin"],
				},
			],
		)

	def test_every_session_is_told_as_json_takes_it(self):
		info = frappe._dict()
		tell_desk(info)
		self.assertEqual(json.loads(frappe.as_json(info))["healthcare_erp"], desk_tables())
