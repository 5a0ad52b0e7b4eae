"""What an action takes and what follows it: guards, effects and scope, on every path in."""

import frappe

from healthcare_erp.api import transitions
from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.scope import SCOPES
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.life_cycles.case import LifeCycleTestCase


class TestGuardsAndEffects(LifeCycleTestCase):
	def setUp(self):
		super().setUp()
		self.set_status("Approved")

	def test_a_guard_is_asked_on_every_path(self):
		self.pharmacy.db_set("address_line", "nowhere")
		self.become("National Admin")
		self.refused_everywhere(errors.InvalidFacilityError, 400, "Suspend", "Suspended")
		self.assertEqual((self.status(), self.entries(), self.told), ("Approved", (), []))

	def test_a_reason_that_no_column_holds_is_refused(self):
		self.become("National Admin")
		for reason in ("x" * 1_001, "é" * 40_000):
			self.assertRefused(errors.InvalidRequestError, self.apply, "Suspend", reason, status=400)
			self.assertRefused(errors.InvalidRequestError, self.apply_to_many, "Suspend", reason, status=400)
		self.assertEqual((self.status(), self.entries()), ("Approved", ()))

	def test_a_guard_judges_what_is_saved(self):
		self.become("National Admin")
		values = {"status": "Suspended", "address_line": "nowhere"}
		self.assertRefused(errors.InvalidFacilityError, self.put, values, status=400)

	def test_an_effect_follows_the_move_once_on_every_path(self):
		for act in (lambda: self.apply("Suspend"), lambda: self.put({"status": "Suspended"})):
			self.told.clear()
			act()
			self.put({"address_line": factories.hash_()})
			self.assertEqual(self.told, ["Suspended"])
			self.set_status("Approved")

	def test_an_action_that_keeps_the_status_has_its_effect_and_entry(self):
		self.set_status("Suspended")
		self.apply("Remind", "licence due")
		self.assertEqual(self.told, ["Suspended"])
		self.assertEqual(self.entries()[-1][:4], ("Remind", "Suspended", "Suspended", "licence due"))

	def test_a_move_whose_effect_fails_is_none(self):
		def fail(doc):
			frappe.throw("no", exc=errors.LedgerBusyError)

		self.use("tell", fail)
		frappe.db.savepoint("before_move")
		self.assertRefused(errors.LedgerBusyError, self.pharmacy.transition, "Suspend", status=409)
		frappe.db.rollback(save_point="before_move")
		self.assertEqual((self.status(), self.entries(), self.pharmacy.status), ("Approved", (), "Approved"))


class TestScope(LifeCycleTestCase):
	def setUp(self):
		super().setUp()
		self.inside, self.outside = self.pharmacy.administrative_level, factories.province().name

	def test_a_scope_that_covers_the_document_is_enough(self):
		self.scoped(self.inside)
		self.assertEqual(self.offered(), ["Approve", "Withdraw"])
		self.assertEqual(self.apply("Withdraw"), "Rejected")

	def test_a_scope_that_does_not_is_refused_on_every_path(self):
		self.scoped(self.outside)
		self.refused_everywhere(frappe.PermissionError, 403, "Withdraw", "Rejected")
		self.assertEqual((self.status(), self.entries()), ("Pending", ()))

	def test_also_where_an_operation_saves_without_asking_for_permission(self):
		self.scoped(self.outside)
		self.pharmacy.flags.ignore_permissions = True
		self.assertEqual(self.pharmacy.allowed_transitions(), [])
		text = self.assertRefused(errors.OutOfScopeError, self.pharmacy.transition, "Withdraw", status=403)
		self.assertIn("Withdraw", text)

	def test_an_action_for_the_whole_country_is_not_for_a_scope(self):
		self.set_status("Approved")
		self.scoped(self.inside)
		self.assertEqual(self.offered(), [])
		self.refused_everywhere(errors.OutOfScopeError, 403, "Close", "Illegal")
		self.become("Inspector")
		self.assertEqual((self.offered(), self.apply("Close")), (["Close"], "Illegal"))


class TestTables(SiteTestCase):
	def test_each_effect_is_handled(self):
		effects = set()
		for doctype in filter(transitions.has_life_cycle, SCOPES):
			doc = frappe.new_doc(doctype)
			for transition in doc.life_cycle.transitions:
				for effect in transition.effects:
					effects.add(effect)
					handlers = frappe.get_doc_hooks().get(doctype, {}).get(effect)
					self.assertTrue(handlers or callable(getattr(doc, effect, None)), f"{doctype}: {effect}")
		self.assertIn("provide_warehouse", effects)
