"""Entries of before say who wrote them."""

import frappe
from pymysql.err import OperationalError

from healthcare_erp.core.guarantees import state
from healthcare_erp.patches import actor_of_audit_entries
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

INSPECTOR = "inspector@test.healthcare-erp.example"


class TestActorOfAuditEntries(SiteTestCase):
	def older(self) -> str:
		"""A correction as an older release wrote it."""
		values = {
			"name": factories.hash_(),
			"owner": INSPECTOR,
			"reference_doctype": "National Lot",
			"reference_name": factories.hash_(),
			"action": "Correct",
			"field": "quantity_imported",
			"before": "1500",
			"after": "15000",
		}
		frappe.db.bulk_insert("Audit Entry", fields=list(values), values=[tuple(values.values())])
		return values["name"]

	def test_the_user_of_an_older_entry_is_who_did_it(self):
		name = self.older()
		actor_of_audit_entries.execute()
		entry = frappe.get_doc("Audit Entry", name)
		self.assertEqual((entry.actor, entry.before, entry.after), (INSPECTOR, "1500", "15000"))
		self.assertEqual(state.standing()["defects"], [])
		self.assertRaises(OperationalError, frappe.db.set_value, "Audit Entry", name, "actor", "Guest")
