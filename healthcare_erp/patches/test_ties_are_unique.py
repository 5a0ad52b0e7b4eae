"""The upgrade that makes ties unique, on sites where they are not."""

import frappe

from healthcare_erp.core.guarantees import mending
from healthcare_erp.patches import ties_are_unique
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestTiesAreUnique(SiteTestCase):
	"""(Rows that no key would let in: the key is taken away for a while, which commits.)"""

	def setUp(self):
		self.pharmacies = [factories.pharmacy(approved=False).name for _count in range(2)]
		frappe.db.sql_ddl("DROP INDEX warehouse ON tabPharmacy")
		self.addCleanup(self.put_back)

	def put_back(self):
		self.give(None)
		mending.mend()

	def give(self, warehouse: str | None) -> None:
		frappe.db.sql("UPDATE tabPharmacy SET warehouse = %s WHERE name IN %s", (warehouse, self.pharmacies))

	def test_documents_that_share_a_value_are_named(self):
		self.give("Somebody's")
		with self.assertRaises(frappe.ValidationError) as refusal:
			ties_are_unique.execute()
		self.assertIn(
			f"Pharmacy, warehouse: Somebody's ({', '.join(self.pharmacies)})", str(refusal.exception)
		)

	def test_empty_texts_are_no_value(self):
		self.give("")
		ties_are_unique.execute()
		found = frappe.db.sql(
			"SELECT warehouse FROM tabPharmacy WHERE name IN %s", (self.pharmacies,), pluck=True
		)
		self.assertEqual(found, [None, None])
