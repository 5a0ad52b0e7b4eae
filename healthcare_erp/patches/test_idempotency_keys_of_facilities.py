"""A site whose idempotency keys were unique in the whole country."""

from contextlib import redirect_stdout
from io import StringIO

import frappe

from healthcare_erp.core.guarantees import mending, state
from healthcare_erp.patches import idempotency_keys_of_facilities
from healthcare_erp.tests.case import SiteTestCase


class TestIdempotencyKeysOfFacilities(SiteTestCase):
	def tearDown(self):
		super().tearDown()
		mending.mend()

	def test_key_becomes_one_of_each_facility_and_outlives_the_change_of_the_doctype(self):
		frappe.db.sql_ddl(
			"""ALTER TABLE `tabStock Movement` DROP KEY idempotency_key,
			ADD UNIQUE KEY idempotency_key (idempotency_key, name)"""
		)
		with redirect_stdout(StringIO()) as said:
			idempotency_keys_of_facilities.execute()
		self.assertIn("key idempotency_key of tabStock Movement", said.getvalue())
		frappe.db.updatedb("Stock Movement")
		self.assertEqual(state.standing()["defects"], [])
