"""What an entry of the audit trail says: what was done, to which fields, by whom, in which request."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from unittest.mock import patch

import frappe

from healthcare_erp.api.corrections import correct
from healthcare_erp.core import audit
from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.audit import Entry, writer
from healthcare_erp.healthcare_erp import geography
from healthcare_erp.medicine_registry import items
from healthcare_erp.pharmacy_supply.doctype.pharmacy.pharmacy import Pharmacy
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together


def kept(entry) -> tuple:
	"""(action, before, after)"""
	return entry.action, json.loads(entry.before or "{}"), json.loads(entry.after or "{}")


class AuditCase(SiteTestCase):
	def entries_after(self, doctype: str, name: str, write: Callable[[], object]) -> list:
		"""The entries that a write leaves."""
		doc = frappe._dict(doctype=doctype, name=name)
		before = len(factories.trail(doc))
		write()
		return factories.trail(doc)[before:]


class TestWhatIsDone(AuditCase):
	def test_a_transition_is_one_entry_with_its_reason_and_all_that_changed(self):
		lot = factories.lot()
		transition = partial(lot.transition, "Block", "suspected")
		[entry] = self.entries_after(lot.doctype, lot.name, transition)
		self.assertEqual(
			kept(entry),
			(
				"Block",
				{"status": "Active", "status_reason": None},
				{"status": "Blocked", "status_reason": "suspected"},
			),
		)
		self.assertEqual(
			(entry.from_status, entry.to_status, entry.reason), ("Active", "Blocked", "suspected")
		)

	def test_what_an_approved_facility_is_given_is_in_its_entry(self):
		pharmacy = factories.pharmacy(approved=False)
		approve = partial(pharmacy.transition, "Approve", "documents complete")
		[entry] = self.entries_after(pharmacy.doctype, pharmacy.name, approve)
		action, before, after = kept(entry)
		given = {"national_code": pharmacy.national_code, "warehouse": pharmacy.warehouse}
		self.assertEqual((action, before), ("Approve", {"status": "Pending", **dict.fromkeys(given)}))
		self.assertEqual(after, {"status": "Approved", **given})

	def test_the_save_after_a_transition_is_an_update_of_its_own(self):
		lot = factories.lot()
		lot.transition("Block", "suspected")
		lot.manufacture_date = "2026-01-05"
		[entry] = self.entries_after(lot.doctype, lot.name, lot.save)
		self.assertEqual((entry.action, entry.reason, entry.to_status), ("Update", None, None))

	def test_the_save_after_one_that_was_refused_late_is_an_update(self):
		for refused in (
			lambda doc: doc.transition("Suspend", "inspected"),
			lambda doc: doc.correct({"pharmacy_type": "Wholesaler"}, "a wrong form"),
		):
			pharmacy = factories.pharmacy()
			with patch.object(Pharmacy, "db_update", side_effect=errors.LedgerBusyError):
				self.assertRaises(errors.LedgerBusyError, refused, pharmacy)
			pharmacy.reload().latitude = 3
			[entry] = self.entries_after(pharmacy.doctype, pharmacy.name, pharmacy.save)
			self.assertEqual((entry.action, entry.from_status, entry.reason), ("Update", None, None))
			pharmacy.pharmacy_type = "Wholesaler"
			self.assertRaises(errors.FixedFieldError, pharmacy.save)

	def test_an_approval_that_changes_nothing_yet_is_kept(self):
		lot = factories.lot()
		lot.record("Recall", "first of two", from_status="Active")
		[entry] = self.entries_after(lot.doctype, lot.name, lot.save)
		self.assertEqual(
			(kept(entry), entry.from_status, entry.to_status), (("Recall", {}, {}), "Active", None)
		)

	def test_a_correction_is_one_entry_with_its_reason(self):
		medicine = factories.medicine()
		call = partial(
			correct, medicine.doctype, medicine.name, {"strength": "250 mg", "pack": "B/9"}, "misread"
		)
		[entry] = self.entries_after(medicine.doctype, medicine.name, call)
		action, before, after = kept(entry)
		self.assertEqual((action, entry.reason), ("Correct", "misread"))
		self.assertEqual((before["strength"], after["strength"]), ("500 mg", "250 mg"))
		self.assertEqual(set(after), {"strength", "pack", "registry_key", "medicine_title"})

	def test_rows_of_a_table_are_kept(self):
		medicine = factories.medicine(authorised_price=100)
		medicine.authorised_price = 112.5
		[entry] = self.entries_after(medicine.doctype, medicine.name, medicine.save)
		_action, before, after = kept(entry)
		[row] = after["prices"]
		self.assertEqual((before["prices"], before["authorised_price"]), ([], "100"))
		self.assertEqual((row["idx"], row["authorised_price"]), (2, "112.5"))
		self.assertEqual(row["changed_by"], "Administrator")

	def test_what_the_app_writes_past_the_documents_is_kept_too(self):
		medicine = factories.medicine()
		[entry] = self.entries_after(
			medicine.doctype, medicine.name, partial(items.ensure_item, medicine.name)
		)
		item = frappe.db.get_value("National Medicine", medicine.name, "item")
		self.assertEqual(kept(entry), ("Update", {"item": None}, {"item": item}))

	def test_many_at_once_are_written_by_few_statements(self):
		entries = [
			Entry("National Lot", factories.hash_(), "Expire", {"status": "Active"}, {"status": "Expired"})
			for _number in range(writer._AT_ONCE + 1)
		]
		with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as queries:
			audit.write_many(entries)
			self.assertEqual(queries.call_count, 2)
			audit.write_many([])
			self.assertEqual(queries.call_count, 2)
		found = frappe.get_all(
			"Audit Entry", {"request": audit.request_id()}, pluck="reference_name", limit=0
		)
		self.assertLessEqual({entry.name for entry in entries}, set(found))

	def test_places_that_are_loaded_at_once_have_their_entries(self):
		geography.seed()
		for level in ("Province", "Colline"):
			place = frappe.get_last_doc("Administrative Level", {"level": level, "code": ("is", "set")})
			[*_others, entry] = [e for e in factories.trail(place) if e.action == "Create"]
			self.assertEqual(kept(entry)[2], audit.values_of(place))


class TestWhoDidIt(AuditCase):
	def test_passwords_are_never_kept(self):
		pharmacy = factories.pharmacy(approved=False)
		pharmacy.address_line = secret = factories.hash_()
		pharmacy.longitude = 29.5
		with patch.object(pharmacy.meta.get_field("address_line"), "fieldtype", "Password"):
			[entry] = self.entries_after(pharmacy.doctype, pharmacy.name, pharmacy.save)
		self.assertEqual(kept(entry)[2], {"longitude": "29.5"})
		self.assertNotIn(secret, frappe.as_json(entry))

	def test_who_acts_in_anothers_name_is_named(self):
		lot = factories.lot()
		frappe.session.data.impersonated_by = "somebody@example.org"
		self.addCleanup(frappe.session.data.pop, "impersonated_by")
		[entry] = self.entries_after(lot.doctype, lot.name, partial(lot.transition, "Block", "why"))
		self.assertEqual((entry.actor, entry.impersonated_by), ("Administrator", "somebody@example.org"))

	def test_entries_of_one_request_are_found_together_and_apart_from_others(self):
		lots = [factories.lot().name for _number in range(4)]
		frappe.db.commit()
		together(partial(self.block, lots[:2]), partial(self.block, lots[2:]))
		frappe.db.rollback()
		requests = [self.request_of(lot) for lot in lots]
		self.assertEqual((requests[0], requests[2]), (requests[1], requests[3]))
		self.assertEqual(len({*requests, audit.request_id()}), 3)

	def block(self, lots: list[str]) -> None:
		for lot in lots:
			frappe.get_doc("National Lot", lot).transition("Block", "both")

	def request_of(self, lot: str) -> str:
		filters = {"reference_name": lot, "action": "Block"}
		return frappe.db.get_value("Audit Entry", filters, "request")

	def test_the_moment_is_kept_to_the_microsecond(self):
		at = datetime(2020, 1, 2, 3, 4, 5, 678901)
		audit.write(Entry("National Lot", "L", "Block", {"status": "Active"}, {"status": "Blocked"}, at=at))
		[entry] = factories.trail(frappe._dict(doctype="National Lot", name="L"))
		self.assertEqual(entry.happened_at, at)
