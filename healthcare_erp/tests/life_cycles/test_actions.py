"""Actions on every path in: each has its roles, reason and word, also where two lead to one status."""

import frappe
from frappe.core.doctype.data_import.importer import Importer

from healthcare_erp.core import exceptions as errors
from healthcare_erp.domain.states import SYSTEM
from healthcare_erp.tests import factories, web
from healthcare_erp.tests.life_cycles.case import LifeCycleTestCase


class TestActions(LifeCycleTestCase):
	def test_two_actions_to_one_status_keep_their_role_reason_and_word(self):
		inspector = self.become("Inspector")
		self.assertRefused(errors.TransitionNotPermittedError, self.apply, "Reject", "why", status=403)
		self.assertEqual(self.apply("Withdraw"), "Rejected")
		self.assertEqual(self.entries(), (("Withdraw", "Pending", "Rejected", None, inspector),))
		self.set_status("Pending")
		self.become("National Admin")
		self.assertRefused(errors.TransitionNotPermittedError, self.apply, "Withdraw", status=403)
		self.assertRefused(errors.ReasonRequiredError, self.apply, "Reject", status=400)
		self.assertEqual(self.apply("Reject", "no licence"), "Rejected")
		self.assertEqual(self.entries()[-1][:4], ("Reject", "Pending", "Rejected", "no licence"))

	def test_a_status_to_which_two_actions_lead_is_not_saved(self):
		self.become("National Admin", "Inspector")
		text = self.assertRefused(errors.InvalidTransitionError, self.put, {"status": "Rejected"}, status=400)
		self.assertIn("Reject, Withdraw", text)
		self.assertEqual((self.status(), self.entries()), ("Pending", ()))

	def test_a_status_to_which_one_action_leads_is_saved_as_that_action(self):
		self.set_status("Approved")
		user = self.become("National Admin")
		self.put({"status": "Suspended"})
		self.assertEqual(self.entries(), (("Suspend", "Approved", "Suspended", None, user),))

	def test_an_action_of_another_status_is_refused_though_the_document_in_hand_has_it(self):
		self.pharmacy.status = "Approved"
		self.assertRefused(errors.InvalidTransitionError, self.pharmacy.transition, "Return", status=400)
		self.assertEqual(self.entries(), ())

	def test_a_save_that_leaves_validation_out_is_judged(self):
		self.pharmacy.status = "Suspended"
		self.pharmacy.flags.ignore_validate = True
		self.assertRefused(errors.InvalidTransitionError, self.pharmacy.save, status=400)

	def test_an_action_says_nothing_of_the_next_save(self):
		self.set_status("Approved")
		self.pharmacy.transition("Return", "looked at again")
		self.pharmacy.status = "Approved"
		self.assertRefused(errors.ReasonRequiredError, self.pharmacy.save, status=400)

	def test_what_is_refused_leaves_the_document_as_it_was(self):
		self.set_status("Approved")
		self.pharmacy.address_line = "nowhere"
		self.assertRefused(errors.InvalidFacilityError, self.pharmacy.transition, "Suspend", status=400)
		self.assertEqual((self.pharmacy.status, self.pharmacy.flags.actor), ("Approved", None))

	def test_nobody_names_action_or_actor_from_outside(self):
		self.become("National Admin")
		flags = {"action": "Expire", "actor": {"roles": [SYSTEM]}, "transition_reason": "why"}
		self.put({"flags": flags})
		self.assertRefused(
			errors.InvalidTransitionError, self.put, {"status": "Rejected", "flags": flags}, status=400
		)
		self.assertEqual((self.status(), self.entries()), ("Pending", ()))


class TestDataImport(LifeCycleTestCase):
	"""Commits its fixtures: a refused row rolls back."""

	def imported(self, status: str) -> dict:
		content = f"ID,Status\n{self.pharmacy.name},{status}"
		file = factories.make("File", file_name=f"{factories.hash_()}.csv", content=content, is_private=1)
		job = factories.make(
			"Data Import",
			reference_doctype="Pharmacy",
			import_type="Update Existing Records",
			import_file=file.file_url,
		)
		Importer("Pharmacy", data_import=job).import_data()
		return frappe.get_value(
			"Data Import Log", {"data_import": job.name}, ["success", "messages"], as_dict=True
		)

	def test_a_status_is_imported_where_one_action_leads_there(self):
		frappe.db.commit()
		log = self.imported("Rejected")
		self.assertFalse(log.success)
		self.assertIn("Withdraw", log.messages)
		self.set_status("Approved")
		self.assertTrue(self.imported("Suspended").success)
		self.assertEqual([entry[0] for entry in self.entries()], ["Suspend"])


class TestHttp(LifeCycleTestCase):
	"""Commits its fixtures: the application has a connection of its own."""

	def send(self, verb: str, path: str, values: dict) -> tuple:
		answer = web.request(verb, path, self.headers, json=values)
		frappe.db.rollback()
		return answer.status, answer.error

	def log_in(self, *roles: str, scope: tuple[str, str] | None = None) -> None:
		self.headers = web.login(factories.user(*roles, scope=scope))
		frappe.db.commit()

	def test_actions_and_saved_statuses(self):
		resource, method = (
			f"/api/resource/Pharmacy/{self.pharmacy.name}",
			"/api/method/healthcare_erp.api.transitions.apply",
		)
		act = {"doctype": "Pharmacy", "name": self.pharmacy.name, "action": "Withdraw"}
		self.log_in("Inspector", scope=("Administrative Level", factories.province().name))
		self.assertEqual(self.send("PUT", resource, {"status": "Rejected"})[0], 403)
		self.assertEqual(self.send("POST", method, act)[0], 403)
		self.log_in("Inspector", scope=("Pharmacy", self.pharmacy.name))
		refused = (400, "InvalidTransitionError")
		self.assertEqual(self.send("PUT", resource, {"status": "Rejected"}), refused)
		self.assertEqual(self.send("PUT", resource, {"status": "Rejected", "flags": act}), refused)
		self.assertEqual(self.send("POST", method, act), (200, None))
		self.assertEqual(self.status(), "Rejected")
