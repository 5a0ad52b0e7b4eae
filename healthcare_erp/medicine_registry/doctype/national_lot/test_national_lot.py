# Copyright (c) 2026, healthcare_erp maintainers and Contributors
# See license.txt

import frappe
from frappe.model.rename_doc import rename_doc
from frappe.utils import add_days, getdate
from pymysql.err import IntegrityError

from healthcare_erp.core import exceptions as errors
from healthcare_erp import tasks
from healthcare_erp.api import transitions
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestRegistration(SiteTestCase):
	def test_lot_gets_its_batch_and_with_the_first_lot_the_item(self):
		medicine = factories.medicine()
		self.assertFalse(medicine.item)
		lot = factories.lot(medicine.name)
		batch = frappe.get_doc("Batch", lot.batch)
		self.assertEqual((batch.name, batch.disabled), (lot.name, 0))
		self.assertEqual(getdate(batch.expiry_date), getdate(lot.expiry_date))
		item = frappe.get_doc("Item", medicine.reload().item)
		self.assertEqual((item.has_batch_no, item.has_expiry_date, item.is_stock_item), (1, 1, 1))
		self.assertEqual(batch.item, item.name)
		self.assertEqual(frappe.db.get_value("Batch", factories.lot(medicine.name).batch, "item"), item.name)

	def test_lot_number_is_unique_per_medicine_whatever_its_case(self):
		medicine = factories.medicine().name
		factories.lot(medicine, lot_number="ab-12")
		for number in ("AB-12", "ab-12", " ab-12 "):
			self.assertRefused(
				errors.DuplicateLotError, factories.lot, medicine, lot_number=number, status=409
			)
		self.assertEqual(factories.lot(lot_number="AB-12").lot_number, "AB-12")

	def test_lot_number_is_unique_in_the_database(self):
		lot = factories.lot()
		row = frappe.db.get_value("National Lot", lot.name, "*", as_dict=True) | {"name": factories.hash_()}
		with self.assertRaises(IntegrityError):
			frappe.db.bulk_insert("National Lot", fields=list(row), values=[tuple(row.values())])

	def test_bad_values_are_refused(self):
		today = getdate()
		cases = (
			{"lot_number": "x" * 21},
			{"lot_number": "<b>"},
			{"lot_number": " "},
			{"manufacture_date": add_days(today, 1)},
			{"manufacture_date": add_days(today, -10), "expiry_date": add_days(today, -10)},
		)
		medicine = factories.medicine().name
		for values in cases:
			with self.subTest(values):
				self.assertRefused(errors.InvalidLotError, factories.lot, medicine, status=400, **values)

	def test_negative_quantity_is_refused(self):
		self.assertRefused(frappe.NonNegativeError, factories.lot, quantity_imported=-1)

	def test_no_lot_for_a_blocked_medicine(self):
		medicine = factories.medicine()
		medicine.transition("Block", "withdrawn")
		self.assertRefused(errors.MedicineBlockedError, factories.lot, medicine.name, status=409)

	def test_no_lot_for_an_unknown_medicine(self):
		self.assertRefused(errors.UnknownMedicineError, factories.lot, "MED-0", status=404)

	def test_identity_is_fixed(self):
		lot = factories.lot(manufacture_date=add_days(getdate(), -30))
		for field, value in (
			("expiry_date", add_days(getdate(), 900)),
			("manufacture_date", add_days(getdate(), -60)),
			("lot_number", "OTHER"),
			("national_medicine", factories.medicine().name),
		):
			lot.reload().set(field, value)
			self.assertRefused(errors.FixedFieldError, lot.save, status=409)

	def test_a_manufacture_date_given_later_is_checked(self):
		lot = factories.lot()
		for day in (add_days(getdate(), 1), add_days(lot.expiry_date, 1)):
			lot.reload().manufacture_date = day
			self.assertRefused(errors.InvalidLotError, lot.save, status=400)
		lot.reload().manufacture_date = add_days(getdate(), -1)
		lot.save()

	def test_lot_is_never_deleted_or_renamed(self):
		lot = factories.lot()
		for force in (False, True):
			self.assertRefused(
				errors.ImmutableRecordError, frappe.delete_doc, lot.doctype, lot.name, force=force, status=409
			)
		self.assertRefused(
			errors.ImmutableRecordError, rename_doc, lot.doctype, lot.name, "OTHER", show_alert=False
		)

	def test_a_new_lot_is_active_whatever_was_sent(self):
		medicine = factories.medicine().name
		self.assertEqual(factories.lot(medicine).status, "Active")
		for status in ("Blocked", "Recalled", "Expired"):
			self.refuses_new(medicine, status)

	def refuses_new(self, medicine: str, state: str) -> None:
		doc = {
			"doctype": "National Lot",
			"national_medicine": medicine,
			"lot_number": factories.hash_(),
			"expiry_date": add_days(getdate(), 9),
			"quantity_imported": 1,
			"status": state,
		}
		self.assertRefused(errors.InvalidTransitionError, frappe.get_doc(doc).insert, status=400)

	def test_days_to_expiry_and_units_on_hand(self):
		holder, lot = factories.stocked(10, expires_in=30)
		other = factories.public_facility()
		factories.record(holder, lot.name, "B2B Out", 4)
		factories.record(other, lot.name, "B2B In", 4)
		factories.record(other, lot.name, "Sale", 1)
		lot.reload()
		self.assertEqual((lot.days_to_expiry, lot.on_hand), (30, 9))


class TestLifeCycle(SiteTestCase):
	def setUp(self):
		self.lot = factories.lot()

	def entries(self, name: str | None = None) -> list[tuple]:
		"""(action, from, to, reason, who) of the changes of its status, oldest first."""
		return [
			(entry.action, entry.from_status, entry.to_status, entry.reason, entry.actor)
			for entry in factories.trail(frappe.get_doc("National Lot", name or self.lot.name))
			if entry.to_status
		]

	def disabled(self) -> int:
		return frappe.db.get_value("Batch", self.lot.batch, "disabled")

	def test_each_action_leaves_its_audit_entry_and_the_batch_follows(self):
		for action, disabled in (("Block", 1), ("Unblock", 0), ("Recall", 1)):
			self.lot.transition(action, f"because {action}")
			self.assertEqual(self.disabled(), disabled)
		self.assertEqual(self.lot.reload().status_reason, "because Recall")
		self.assertEqual(
			self.entries(),
			[
				("Block", "Active", "Blocked", "because Block", "Administrator"),
				("Unblock", "Blocked", "Active", "because Unblock", "Administrator"),
				("Recall", "Active", "Recalled", "because Recall", "Administrator"),
			],
		)

	def test_reason_is_required_on_every_path(self):
		for reason in (None, "", "  "):
			self.assertRefused(errors.ReasonRequiredError, self.lot.transition, "Block", reason, status=400)
		self.lot.reload().status = "Blocked"
		self.assertRefused(errors.ReasonRequiredError, self.lot.save, status=400)
		self.assertRefused(
			errors.ReasonRequiredError,
			frappe.client.set_value,
			"National Lot",
			self.lot.name,
			"status",
			"Blocked",
			status=400,
		)
		self.assertEqual(self.entries(), [])

	def test_forbidden_moves_name_what_is_allowed(self):
		self.lot.transition("Recall", "test")
		for action in ("Block", "Unblock", "Recall", "Sell"):
			self.assertRefused(errors.InvalidTransitionError, self.lot.transition, action, "why", status=400)
		self.lot.reload().status = "Active"
		said = self.assertRefused(errors.InvalidTransitionError, self.lot.save, status=400)
		self.assertIn("nothing", said)

	def test_roles(self):
		cases = (
			("Inspector", "Block", None),
			("Inspector", "Unblock", errors.TransitionNotPermittedError),
			("Inspector", "Recall", errors.TransitionNotPermittedError),
			("National Admin", "Unblock", None),
			("National Admin", "Recall", None),
		)
		for role, action, error in cases:
			frappe.set_user(factories.user(role))
			doc = frappe.get_doc("National Lot", self.lot.name)
			if error:
				self.assertRefused(error, doc.transition, action, "why", status=403)
			else:
				doc.transition(action, "why")
			frappe.set_user("Administrator")

	def test_only_the_system_expires(self):
		frappe.set_user(factories.user("National Admin"))
		doc = frappe.get_doc("National Lot", self.lot.name)
		self.assertRefused(errors.TransitionNotPermittedError, doc.transition, "Expire", status=403)
		self.assertNotIn("Expire", [action["action"] for action in doc.allowed_transitions()])

	def test_actions_offered_are_those_that_work(self):
		frappe.set_user(factories.user("Inspector"))
		offered = transitions.get_actions("National Lot", self.lot.name)
		self.assertEqual(offered, [{"action": "Block", "target": "Blocked", "needs_reason": True}])

	def test_readers_may_not_change_the_status(self):
		for role in ("Analyst", "Auditor", "Pharmacy Manager"):
			frappe.set_user(factories.user(role))
			self.assertRefused(
				frappe.PermissionError,
				transitions.apply,
				"National Lot",
				self.lot.name,
				"Block",
				"why",
				status=403,
			)
			frappe.set_user("Administrator")

	def test_bulk_recall(self):
		lots = [self.lot.name, factories.lot().name]
		answer = transitions.apply_to_many("National Lot", [*lots, lots[0]], "Recall", "why")
		self.assertEqual(answer, {"changed": 2})
		self.assertEqual({len(self.entries(name)) for name in lots}, {1})

	def test_bulk_requests_that_are_none_are_refused(self):
		for names in ("[", "null", "5"):
			self.assertRefused(
				errors.InvalidRequestError,
				transitions.apply_to_many,
				"National Lot",
				names,
				"Recall",
				"why",
				status=400,
			)
		self.assertRefused(
			errors.InvalidRequestError,
			transitions.apply_to_many,
			"National Lot",
			[str(number) for number in range(501)],
			"Recall",
			"why",
			status=400,
		)
		self.assertRefused(
			errors.InvalidRequestError, transitions.apply, "User", "Guest", "Block", status=400
		)


class TestDailyExpiry(SiteTestCase):
	def test_active_lots_past_their_date_expire_once(self):
		yesterday, today, blocked = (factories.lot(expires_in=days) for days in (-1, 0, -1))
		blocked.reload().transition("Block", "test")
		for _run in range(2):
			tasks.expire_lots()
		status = {
			name: frappe.db.get_value("National Lot", name, "status")
			for name in (yesterday.name, today.name, blocked.name)
		}
		self.assertEqual(list(status.values()), ["Expired", "Active", "Blocked"])
		self.assertEqual(frappe.db.get_value("Batch", yesterday.batch, "disabled"), 1)
		_created, expired = factories.trail(yesterday)
		self.assertEqual(
			(expired.action, expired.from_status, expired.to_status, expired.actor),
			("Expire", "Active", "Expired", "System"),
		)
		self.assertEqual((expired.before, expired.after), ('{"status":"Active"}', '{"status":"Expired"}'))

	def test_whoever_runs_the_job_expires_them_as_the_system(self):
		lot = factories.lot(expires_in=-1)
		for action in ("Block", "Unblock"):
			lot.reload().transition(action, "test")
		runner = factories.user("Analyst")
		frappe.set_user(runner)
		tasks.expire_lots()
		self.assertEqual(
			frappe.db.get_value("National Lot", lot.name, ["status", "status_reason"]), ("Expired", None)
		)
		self.assertEqual(
			frappe.db.get_value("Audit Entry", {"reference_name": lot.name, "action": "Expire"}, "owner"),
			runner,
		)

	def test_a_lot_does_not_expire_before_its_date(self):
		lot = factories.lot(expires_in=0)
		text = self.assertRefused(
			errors.InvalidTransitionError, lot.reload().transition, "Expire", as_system=True, status=400
		)
		self.assertIn(lot.name, text)

	def test_an_expired_lot_can_be_recalled(self):
		lot = factories.lot(expires_in=-1)
		tasks.expire_lots()
		lot.reload().transition("Recall", "test")
		self.assertEqual(lot.status, "Recalled")
