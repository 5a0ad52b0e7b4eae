"""The demo: a believable country on a site, once, by the ledger's rules."""

import frappe
from frappe.tests.utils import FrappeTestCase

from healthcare_erp.setup import demo
from healthcare_erp.traceability import tracing
from healthcare_erp.traceability.verification import verify


class TestDemo(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.steps = []
		cls.counts = demo.load("small", progress=cls.steps.append)

	def test_it_loads_what_it_says(self):
		demo_rows = frappe.db.count("Stock Movement", {"idempotency_key": ("like", "SIM-%")})
		self.assertEqual((self.counts["loaded"], self.counts["movements"], demo_rows), (True, 5_000, 5_000))
		self.assertEqual(len(self.steps), 3)

	def test_its_ledger_is_clean(self):
		self.assertEqual(verify()["defects"], [])

	def test_the_recalled_lot_shows_the_diversion(self):
		lot, sender, receiver, _outlet = self.counts["diversion"]
		self.assertEqual(lot, self.counts["recalled_lot"])
		trace = tracing.get_trace(lot)
		doubted = {(e["source"], e["target"]) for e in trace["edges"] if e["unconfirmed"] > 0}
		self.assertIn((f"Pharmacy:{sender}", f"Pharmacy:{receiver}"), doubted)
		self.assertEqual(trace["lot"]["status"], "Recalled")

	def test_every_facility_has_its_warehouse_in_the_tree(self):
		orphans = frappe.db.sql(
			"""SELECT facility.name FROM `tabPharmacy` facility
			LEFT JOIN `tabWarehouse` own ON own.name = facility.warehouse AND own.healthcare_facility = facility.name
			LEFT JOIN `tabWarehouse` province ON province.name = own.parent_warehouse
				AND province.lft < own.lft AND province.rgt > own.rgt
			WHERE facility.status = 'Approved' AND province.name IS NULL"""
		)
		self.assertEqual(orphans, ())

	def test_a_second_load_adds_nothing(self):
		before = frappe.db.count("Stock Movement")
		self.assertFalse(demo.load("small", progress=lambda step: None)["loaded"])
		self.assertEqual(frappe.db.count("Stock Movement"), before)
