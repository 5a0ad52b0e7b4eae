# Copyright (c) 2026, healthcare_erp maintainers and Contributors
# See license.txt

import frappe
from frappe.model.rename_doc import rename_doc
from pymysql.err import OperationalError

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories, web
from healthcare_erp.tests.case import SiteTestCase

TRIGGER_REFUSED = 1644


class TestAuditEntry(SiteTestCase):
	def setUp(self):
		lot = factories.lot()
		lot.transition("Block", "suspected")
		self.entry = frappe.get_last_doc("Audit Entry", {"reference_name": lot.name})

	def test_entry_is_never_changed_or_deleted(self):
		self.entry.reason = "another"
		self.assertRefused(errors.ImmutableRecordError, self.entry.save, status=409)
		for force in (False, True):
			self.assertRefused(
				errors.ImmutableRecordError,
				frappe.delete_doc,
				"Audit Entry",
				self.entry.name,
				force=force,
				status=409,
			)

	def test_database_refuses_changes_whoever_writes(self):
		"""`set_value`, a like in Desk, and SQL with the database's password."""
		name = self.entry.name
		writes = (
			lambda: frappe.db.set_value("Audit Entry", name, "reason", "another"),
			lambda: frappe.db.set_value("Audit Entry", name, "_liked_by", "[]", update_modified=False),
			lambda: frappe.db.sql(
				"UPDATE `tabAudit Entry` SET happened_at = '2020-01-01' WHERE name = %s", name
			),
			lambda: frappe.db.sql("DELETE FROM `tabAudit Entry` WHERE name = %s", name),
			lambda: frappe.db.delete("Audit Entry", {"name": name}),
			lambda: self.entry.db_set("reason", "another"),
		)
		for write in writes:
			with self.assertRaises(OperationalError) as caught:
				write()
			self.assertEqual(caught.exception.args[0], TRIGGER_REFUSED)
		self.assertEqual(frappe.db.get_value("Audit Entry", name, "reason"), "suspected")

	def test_user_who_is_named_in_the_trail_cannot_be_renamed(self):
		inspector = factories.user("Inspector")
		lot = factories.lot()
		with self.set_user(inspector):
			frappe.get_doc("National Lot", lot.name).transition("Block", "suspected")
		self.assertRefused(
			errors.ImmutableRecordError, rename_doc, "User", inspector, f"new-{inspector}", status=409
		)

	def test_nobody_writes_entries_by_hand(self):
		values = self.entry.as_dict() | {"name": None, "doctype": "Audit Entry"}
		for role in ("National Admin", "Inspector", "Auditor", "System Manager"):
			frappe.set_user(factories.user_as_administrator(role))
			self.assertRefused(frappe.PermissionError, frappe.get_doc(values).insert, status=403)
		frappe.set_user("Administrator")
		for ignore in (False, True):
			insert = frappe.get_doc(values).insert
			self.assertRefused(errors.ImmutableRecordError, insert, ignore_permissions=ignore, status=409)

	def test_over_rest_administrator_neither_writes_changes_nor_deletes(self):
		headers = web.login("Administrator")
		frappe.db.commit()
		before = frappe.db.get_value("Audit Entry", self.entry.name, "*", as_dict=True)
		fields = ("reference_doctype", "reference_name", "action", "actor")
		sent = {field: before[field] for field in fields} | {"reason": "another"}
		count = frappe.db.count("Audit Entry")
		for resource in ("/api/resource/Audit Entry", "/api/v2/document/Audit Entry"):
			own = f"{resource}/{self.entry.name}"
			for verb, path in (("POST", resource), ("PUT", own), ("PATCH", own), ("DELETE", own)):
				with self.subTest(verb, path=path):
					answer = web.request(verb, path, headers, json=sent)
					self.assertGreaterEqual(answer.status, 400)
		frappe.db.rollback()
		self.assertEqual(frappe.db.count("Audit Entry"), count)
		self.assertEqual(frappe.db.get_value("Audit Entry", self.entry.name, "*", as_dict=True), before)

	def test_entry_names_who_did_it(self):
		lot = factories.lot()
		inspector = factories.user("Inspector")
		frappe.set_user(inspector)
		frappe.get_doc("National Lot", lot.name).transition("Block", "suspected")
		entry = frappe.get_last_doc("Audit Entry", {"reference_name": lot.name})
		self.assertEqual((entry.actor, entry.action, entry.reason), (inspector, "Block", "suspected"))
		self.assertEqual(entry.owner, inspector)

	def test_an_auditor_reads_entries_and_a_pharmacy_does_not(self):
		frappe.set_user(factories.user("Auditor"))
		self.assertTrue(frappe.get_list("Audit Entry", filters={"name": self.entry.name}))
		frappe.set_user(factories.user_as_administrator("Pharmacy Manager"))
		self.assertRaises(frappe.PermissionError, frappe.get_list, "Audit Entry")
