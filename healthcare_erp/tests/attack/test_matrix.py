"""Every role, with every scope, at every entry point: nothing of another facility is told, and nothing of it is changed.

The entry points come from the code (the app's methods), from the schema (each guarded DocType through what Frappe offers) and
from ERPNext. `make test` tries some of the pairs, always the same; `make fuzz` tries them all.
"""

import os
import random

import frappe

from healthcare_erp.core.permissions import NATIONAL_ROLES
from healthcare_erp.tests.attack.asking import StandingWorldCase, ask, written
from healthcare_erp.tests.attack.entry_points import generic as generic_entry_points
from healthcare_erp.tests.attack.entry_points import stock as stock_entry_points
from healthcare_erp.tests.attack.entry_points.writing import writing
from healthcare_erp.tests.attack.world import World

EVERY = bool(os.environ.get("EVERY_ENTRY_POINT"))
READS, WRITES, SEED = 1200, 250, 6
TOLD = ("Stock Movement", "Stock Entry", "Bin")
INSERT_ONLY = ("Stock Movement", "Audit Entry")


class TestMatrix(StandingWorldCase):
	@classmethod
	def build(cls):
		cls.world = World()
		cls.users = cls.world.users()

	def test_nothing_of_another_facility_is_told(self):
		strangers = {who: user for who, user in self.users.items() if not self.sees_elsewhere(*who)}
		for who, user, entry_point in self.pairs(strangers, self.readings(), READS):
			answer = ask(user, *entry_point[1:3], **entry_point.form)
			found = self.world.marks.search(answer.text)
			with self.subTest(who=who, entry_point=str(entry_point), form=entry_point.form):
				self.assertIsNone(found and answer.text[max(found.start() - 80, 0) : found.end() + 20])

	def test_entry_points_tell_those_who_may_know(self):
		"""Otherwise nothing here could fail: each mark is told to Administrator, by most kinds of entry points."""
		told = {}
		entry_points = [
			entry_point for entry_point in self.readings(TOLD) if "healthcare_erp" not in entry_point.path
		]
		for entry_point in entry_points:
			marks = self.world.marks.findall(ask("Administrator", *entry_point[1:3], **entry_point.form).text)
			told.setdefault(entry_point.path, set()).update(marks)
		self.assertGreater(len([path for path in told if told[path]]), 40, told)

	def test_nothing_of_another_facility_is_changed(self):
		strangers = {who: user for who, user in self.users.items() if not self.sees_elsewhere(*who)}
		before = self.world.kept()
		for who, user, entry_point in self.pairs(strangers, self.writings(), WRITES):
			with written(user, *entry_point[1:3], **entry_point.form) as answer:
				frappe.set_user("Administrator")
				after = self.world.kept() if answer.status < 400 else before
			with self.subTest(who=who, entry_point=str(entry_point), form=entry_point.form):
				self.assertEqual(before, after)

	def test_permanent_rows_are_refused_to_everybody_by_name(self):
		"""To those who see them with 409, to all others with 403, and never with 500."""
		documents = {doctype: self.world.documents()[doctype] for doctype in INSERT_ONLY}
		before = self.world.kept()
		for doctype, name in documents.items():
			for entry_point in writing(doctype, name):
				for user in (
					"Administrator",
					self.users["Auditor", "none"],
					self.users["Dispenser", "facility"],
				):
					with self.subTest(user=user, entry_point=str(entry_point), form=entry_point.form):
						with written(user, *entry_point[1:3], **entry_point.form) as answer:
							self.assertLess(answer.status, 500, answer.text)
							frappe.set_user("Administrator")
							self.assertEqual(before, self.world.kept())

	def sees_elsewhere(self, roles: str, scope: str) -> bool:
		"""Whom these marks are no secret to: a national role without a scope, and the facility's own people."""
		return scope == "elsewhere" or (scope == "none" and roles.split(" + ")[0] in NATIONAL_ROLES)

	def readings(self, doctypes: tuple = ()) -> list:
		"""The entry points that read: of these DocTypes or, without any, of all."""
		entry_points = [
			entry_point
			for doctype, name in self.world.documents().items()
			if not doctypes or doctype in doctypes
			for entry_point in generic_entry_points.reading(doctype, name)
		]
		return [
			*entry_points,
			*stock_entry_points.erpnext(self.world),
			*stock_entry_points.own_methods(self.world),
		]

	def writings(self) -> list:
		entry_points = [
			entry_point
			for doctype, name in self.world.documents().items()
			if name
			for entry_point in writing(doctype, name)
		]
		return entry_points + [
			entry_point
			for entry_point in stock_entry_points.own_methods(self.world)
			if entry_point.verb != "GET"
		]

	def pairs(self, users: dict, entry_points: list, count: int):
		"""(who, user, entry point): all there are, or always the same `count` of them."""
		everyone = [(who, user, entry_point) for who, user in users.items() for entry_point in entry_points]
		if not EVERY:
			yield from random.Random(SEED).sample(everyone, count)
			return
		for tried, pair in enumerate(everyone):
			yield pair
			frappe.utils.update_progress_bar("Entry points", tried, len(everyone))
