"""The timeline of a regulated document: what somebody changed, and nothing else."""

import json

import frappe

from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestTimeline(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(40)

	def listed(self) -> list[str]:
		versions = frappe.get_all("Version", {"docname": self.lot.name}, pluck="data")
		return [change[0] for data in versions for change in json.loads(data).get("changed", [])]

	def save_as_form_does(self, **changes) -> list[str]:
		"""Saves what a form was given, with changes; returns the fields that the timeline lists."""
		shown = json.loads(frappe.as_json(frappe.get_doc("National Lot", self.lot.name).as_dict()))
		self.assertEqual(shown["on_hand"], 40)
		frappe.get_doc(shown | changes).save(ignore_version=False)
		return self.listed()

	def test_what_is_provided_for_a_new_lot_is_not_listed(self):
		self.assertTrue(self.lot.batch)
		self.assertEqual(self.listed(), [])

	def test_computed_fields_are_nobodys_edits(self):
		self.assertEqual(self.save_as_form_does(manufacture_date="2026-01-05"), ["manufacture_date"])

	def test_a_save_that_changes_nothing_is_not_listed(self):
		self.assertEqual(self.save_as_form_does(), [])

	def test_a_new_title_of_the_medicine_is_not_the_edit_of_who_saves_next(self):
		frappe.db.set_value("National Lot", self.lot.name, "medicine_title", "Before")
		self.assertEqual(self.save_as_form_does(manufacture_date="2026-01-05"), ["manufacture_date"])
