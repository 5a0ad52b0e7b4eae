"""Jobs act as the system by saying so, on one document or many."""

import frappe

from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.life_cycle import move_as_system
from healthcare_erp.domain.states import SYSTEM
from healthcare_erp.tests import factories
from healthcare_erp.tests.life_cycles.case import LifeCycleTestCase


class TestSystem(LifeCycleTestCase):
	def test_a_job_acts_as_the_system_whoever_runs_it(self):
		analyst = self.become("Analyst")
		self.pharmacy.transition("Expire", as_system=True)
		self.assertEqual(self.entries(), (("Expire", "Pending", "Illegal", None, analyst),))
		self.assertFalse(self.pharmacy.flags.ignore_permissions)
		self.assertRefused(frappe.PermissionError, self.pharmacy.save)

	def test_nobody_is_the_system_without_the_word(self):
		factories.make("Role", role_name=SYSTEM)
		holder = factories.user(SYSTEM, "National Admin")
		for user in ("Administrator", holder):
			frappe.set_user(user)
			self.assertNotIn("Expire", self.offered())
			self.refused_everywhere(errors.TransitionNotPermittedError, 403, "Expire", "Illegal")

	def test_the_system_does_nothing_that_is_left_to_people(self):
		act = (self.pharmacy.transition, "Reject", "why", True)
		self.assertRefused(errors.TransitionNotPermittedError, *act, status=403)

	def test_many_are_moved_past_the_same_guards_or_none(self):
		good, bad = self.pharmacy, factories.pharmacy(approved=False, address_line="nowhere")
		rows = [doc.reload().get_valid_dict() for doc in (good, bad)]
		refused = ("Pharmacy", rows, "Expire")
		self.assertRefused(errors.InvalidFacilityError, move_as_system, *refused, status=400)
		self.assertEqual((self.status(), self.entries()), ("Pending", ()))
		self.assertEqual(move_as_system("Pharmacy", rows[:1], "Expire"), [good.name])
		self.assertEqual(self.entries(), (("Expire", "Pending", "Illegal", None, "Administrator"),))
		again = ("Pharmacy", [good.reload().get_valid_dict()], "Expire")
		self.assertRefused(errors.InvalidTransitionError, move_as_system, *again, status=400)
		self.assertEqual(move_as_system("Pharmacy", [], "Expire"), [])
