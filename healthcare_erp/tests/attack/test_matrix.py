"""Every role, with every scope, at every door: nothing of another facility is told, and nothing of it is changed.

The doors come from the code (the app's methods), from the schema (each guarded DocType through what Frappe offers) and
from ERPNext. `make test` tries some of the pairs, always the same; `make fuzz` tries them all.
"""

import os
import random

import frappe

from healthcare_erp.core.permissions import NATIONAL_ROLES
from healthcare_erp.tests.attack import generic_doors, stock_doors
from healthcare_erp.tests.attack.asking import StandingWorldCase, ask, written
from healthcare_erp.tests.attack.world import World
from healthcare_erp.tests.attack.writing_doors import writing

EVERY = bool(os.environ.get("EVERY_DOOR"))
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
		for who, user, door in self.pairs(strangers, self.readings(), READS):
			answer = ask(user, *door[1:3], **door.form)
			found = self.world.marks.search(answer.text)
			with self.subTest(who=who, door=str(door), form=door.form):
				self.assertIsNone(found and answer.text[max(found.start() - 80, 0) : found.end() + 20])

	def test_doors_tell_those_who_may_know(self):
		"""Otherwise nothing here could fail: each mark is told to Administrator, by most kinds of doors."""
		told = {}
		doors = [door for door in self.readings(TOLD) if "healthcare_erp" not in door.path]
		for door in doors:
			marks = self.world.marks.findall(ask("Administrator", *door[1:3], **door.form).text)
			told.setdefault(door.path, set()).update(marks)
		self.assertGreater(len([path for path in told if told[path]]), 40, told)

	def test_nothing_of_another_facility_is_changed(self):
		strangers = {who: user for who, user in self.users.items() if not self.sees_elsewhere(*who)}
		before = self.world.kept()
		for who, user, door in self.pairs(strangers, self.writings(), WRITES):
			with written(user, *door[1:3], **door.form) as answer:
				frappe.set_user("Administrator")
				after = self.world.kept() if answer.status < 400 else before
			with self.subTest(who=who, door=str(door), form=door.form):
				self.assertEqual(before, after)

	def test_permanent_rows_are_refused_to_everybody_by_name(self):
		"""To those who see them with 409, to all others with 403, and never with 500."""
		documents = {doctype: self.world.documents()[doctype] for doctype in INSERT_ONLY}
		before = self.world.kept()
		for doctype, name in documents.items():
			for door in writing(doctype, name):
				for user in (
					"Administrator",
					self.users["Auditor", "none"],
					self.users["Dispenser", "facility"],
				):
					with self.subTest(user=user, door=str(door), form=door.form):
						with written(user, *door[1:3], **door.form) as answer:
							self.assertLess(answer.status, 500, answer.text)
							frappe.set_user("Administrator")
							self.assertEqual(before, self.world.kept())

	def sees_elsewhere(self, roles: str, scope: str) -> bool:
		"""Whom these marks are no secret to: a national role without a scope, and the facility's own people."""
		return scope == "elsewhere" or (scope == "none" and roles.split(" + ")[0] in NATIONAL_ROLES)

	def readings(self, doctypes: tuple = ()) -> list:
		"""The doors that read: of these DocTypes or, without any, of all."""
		doors = [
			door
			for doctype, name in self.world.documents().items()
			if not doctypes or doctype in doctypes
			for door in generic_doors.reading(doctype, name)
		]
		return [*doors, *stock_doors.erpnext(self.world), *stock_doors.own_methods(self.world)]

	def writings(self) -> list:
		doors = [
			door
			for doctype, name in self.world.documents().items()
			if name
			for door in writing(doctype, name)
		]
		return doors + [door for door in stock_doors.own_methods(self.world) if door.verb != "GET"]

	def pairs(self, users: dict, doors: list, count: int):
		"""(who, user, door): all there are, or always the same `count` of them."""
		everyone = [(who, user, door) for who, user in users.items() for door in doors]
		if not EVERY:
			yield from random.Random(SEED).sample(everyone, count)
			return
		for tried, pair in enumerate(everyone):
			yield pair
			frappe.utils.update_progress_bar("Doors", tried, len(everyone))
