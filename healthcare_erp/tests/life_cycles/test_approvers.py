"""Actions that several people approve."""

from functools import partial

import frappe

from healthcare_erp.core import exceptions as errors
from healthcare_erp.domain.states import StateMachine, Transition
from healthcare_erp.tests import factories
from healthcare_erp.tests.concurrency import together
from healthcare_erp.tests.life_cycles.case import ADMIN, LifeCycleTestCase


class TestSeveralApprovers(LifeCycleTestCase):
	def approvals(self) -> list[dict]:
		doc = frappe.get_doc("Pharmacy", self.pharmacy.name)
		doc.onload()
		return doc.get_onload("approvals")

	def test_the_status_moves_with_the_last_of_them(self):
		self.assertEqual(self.approvals(), [{"action": "Approve", "given": 0, "needed": 2}])
		first = self.become("Inspector")
		self.assertEqual(self.apply("Approve", "seen"), "Pending")
		self.assertEqual(self.approvals(), [{"action": "Approve", "given": 1, "needed": 2}])
		second = self.become("National Admin")
		self.assertIn("Approve", self.offered())
		self.assertEqual(self.apply("Approve", "agreed"), "Approved")
		self.assertEqual(self.approvals(), [])
		approved = (
			("Approve", "Pending", None, "seen", first),
			("Approve", "Pending", "Approved", "agreed", second),
		)
		self.assertEqual(self.entries(), approved)

	def test_nobody_approves_twice(self):
		self.become("Inspector")
		self.apply("Approve", "seen")
		self.assertNotIn("Approve", self.offered())
		for act in (self.apply, self.apply_to_many, self.pharmacy.reload().transition):
			self.assertRefused(errors.TransitionNotPermittedError, act, "Approve", "again", status=403)
		self.assertEqual((self.status(), len(self.entries())), ("Pending", 1))

	def test_each_of_them_needs_role_and_reason(self):
		self.become("Inspector")
		self.assertRefused(errors.ReasonRequiredError, self.apply, "Approve", status=400)
		self.become("Pharmacy Manager")
		self.pharmacy.flags.ignore_permissions = True
		refused = (errors.TransitionNotPermittedError, self.pharmacy.transition, "Approve", "why")
		self.assertRefused(*refused, status=403)
		self.assertEqual(self.entries(), ())

	def test_approvals_of_an_earlier_stay_do_not_count(self):
		users = [self.become("National Admin"), self.become("National Admin")]
		for user in users:
			frappe.set_user(user)
			self.apply("Approve", "first time")
		self.apply("Return")
		for user, status in zip(users, ("Pending", "Approved"), strict=True):
			frappe.set_user(user)
			self.assertEqual(self.apply("Approve", "second time"), status)

	def test_approvals_of_what_was_changed_since_do_not_count(self):
		users = [self.become("National Admin"), self.become("National Admin")]
		self.assertEqual(self.apply("Approve", "seen"), "Pending")
		self.put({"address_line": "elsewhere"})
		for user, status in zip(users, ("Pending", "Approved"), strict=True):
			frappe.set_user(user)
			self.assertEqual(self.apply("Approve", "seen as it is now"), status)

	def test_a_saved_status_counts_as_the_last_approval_only(self):
		self.become("National Admin")
		doc = frappe.get_doc("Pharmacy", self.pharmacy.name)
		doc.status, doc.flags.transition_reason = "Approved", "why"
		text = self.assertRefused(errors.InvalidTransitionError, doc.save, status=400)
		self.assertIn("2", text)
		self.apply("Approve", "seen")
		self.become("Inspector")
		doc = frappe.get_doc("Pharmacy", self.pharmacy.name)
		doc.status, doc.flags.transition_reason = "Approved", "why"
		doc.save()
		self.assertEqual(self.status(), "Approved")

	def test_effects_wait_for_the_last_of_them(self):
		two = Transition("Pending", "Approve", "Approved", ADMIN, approvals=2, effects=("tell",))
		self.use("life_cycle", StateMachine("Pending", (two,)))
		for told in ([], ["Approved"]):
			self.become("National Admin")
			self.apply("Approve")
			self.assertEqual(self.told, told)


class TestApproversAtOnce(LifeCycleTestCase):
	"""Commits its fixtures: each call has a connection of its own, whose snapshot is older than the other's work."""

	def approve_together(self, *users: str) -> list:
		frappe.db.commit()
		outcomes = together(*(partial(self.approve, user) for user in users))
		frappe.db.rollback()
		return outcomes

	def approve(self, user: str) -> str:
		frappe.set_user(user)
		return self.apply("Approve", "seen")

	def test_two_people_are_two_approvals(self):
		users = [factories.user("National Admin"), factories.user("Inspector")]
		self.assertCountEqual(self.approve_together(*users), ["Pending", "Approved"])
		self.assertEqual([entry[2] for entry in self.entries()], [None, "Approved"])

	def test_one_person_is_one_approval(self):
		user = factories.user("National Admin")
		outcomes = {type(outcome) for outcome in self.approve_together(user, user)}
		self.assertEqual(outcomes, {str, errors.TransitionNotPermittedError})
		self.assertEqual((self.status(), len(self.entries())), ("Pending", 1))
