"""Medicines that were registered in an older spelling keep their identity."""

import frappe

from healthcare_erp.patches import renew_registry_keys
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestRenewRegistryKeys(SiteTestCase):
	def older(self, key: str, strength: str, **values):
		"""A medicine as an older release left it."""
		medicine = factories.medicine(strength="1 mg", **values)
		medicine.db_set({"strength": strength, "registry_key": key}, update_modified=False)
		return medicine

	def key(self, medicine) -> str:
		return frappe.db.get_value("National Medicine", medicine.name, "registry_key")

	def test_a_key_in_the_older_spelling_is_renewed(self):
		medicine = self.older(factories.hash_(), "1000 mg + 200 mg + soit 1.2 g", registration_number="OLD-1")
		renew_registry_keys.execute()
		self.assertEqual(self.key(medicine), "old-1|1000mg+200mgsoit1.2g|capsule|b/100")
		self.assertEqual(
			frappe.get_doc("National Medicine", medicine.name).save().registry_key, self.key(medicine)
		)

	def test_a_key_that_another_medicine_has_is_left_to_it(self):
		holder = factories.medicine(strength="3 g", registration_number="OLD-2")
		twin = self.older("kept", "3 gr", registration_number="OLD-2", pack="B/1")
		twin.db_set("pack", "B/100", update_modified=False)
		renew_registry_keys.execute()
		self.assertEqual((self.key(holder), self.key(twin)), ("old-2|3g|capsule|b/100", "kept"))
