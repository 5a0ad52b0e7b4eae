"""The demo: a believable country on a site, once, by the ledger's rules."""

import frappe
from frappe.query_builder.functions import Max
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_to_date, get_datetime, now_datetime

from healthcare_erp.commands import load_demo
from healthcare_erp.domain.medicine_registry import lots, medicines
from healthcare_erp.domain.simulation.imports import how_many_lots, how_many_medicines
from healthcare_erp.setup import demo
from healthcare_erp.traceability import tracing
from healthcare_erp.traceability.verification.verify import verify


class TestDemo(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.before = verify(limit=100_000)["defects"]  # of other tests' rows, which stay
		cls.steps = []
		cls.counts = demo.load("small", progress=cls.steps.append)
		cls.loaded_at = now_datetime()

	def test_it_loads_what_it_says(self):
		demo_rows = frappe.db.count("Stock Movement", {"idempotency_key": ("like", "SIM-%")})
		self.assertEqual((self.counts["loaded"], self.counts["movements"], demo_rows), (True, 5_000, 5_000))
		self.assertEqual(len(self.steps), 3)

	def test_its_ledger_is_clean(self):
		after = verify(limit=100_000)["defects"]
		self.assertEqual([defect for defect in after if defect not in self.before], [])

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

	def test_nothing_lies_in_the_future(self):
		ledger = frappe.qb.DocType("Stock Movement")
		last = frappe.qb.from_(ledger).select(Max(ledger.posting_datetime), Max(ledger.creation)).run()[0]
		self.assertLessEqual(max(last), self.loaded_at)
		self.assertGreater(min(last), add_to_date(self.loaded_at, days=-2))
		self.assertFalse(frappe.db.exists("Audit Entry", {"happened_at": (">", self.loaded_at)}))

	def test_every_transition_that_needs_a_reason_has_one(self):
		entries = frappe.get_all(
			"Audit Entry",
			filters={"action": ("!=", "Correct"), "to_status": (">", "")},
			fields=["reference_doctype", "action", "from_status", "to_status", "reason"],
		)
		cycles = {"National Lot": lots.LIFE_CYCLE, "National Medicine": medicines.LIFE_CYCLE}
		for entry in entries:
			if entry.reference_doctype in cycles:
				meant = cycles[entry.reference_doctype].between(entry.from_status, entry.to_status)
				self.assertEqual((meant.action, meant.needs_reason), (entry.action, bool(entry.reason)))
		self.assertLessEqual({"Block", "Unblock", "Recall", "Authorize"}, {entry.action for entry in entries})

	def test_the_recalled_lot_says_why(self):
		self.assertTrue(frappe.db.get_value("National Lot", self.counts["recalled_lot"], "status_reason"))

	def test_only_orders_of_the_last_days_have_not_arrived_at_all(self):
		traces = [tracing.get_trace(lot) for lot in frappe.get_all("National Lot", pluck="name", limit=0)]
		recent = add_to_date(self.loaded_at, days=-10)
		doubted = [edge for trace in traces for edge in trace["edges"] if edge["unconfirmed"] > 0]
		under_way = [edge for edge in doubted if get_datetime(edge["first_at"]) > recent]
		self.assertLess(len(under_way), 30)
		self.assertTrue(all(edge["received"] for edge in doubted if edge not in under_way))

	def test_its_help_says_what_it_loads(self):
		text = " ".join(load_demo.help.split())
		for scale, (facilities, movements) in demo.SCALES.items():
			medicines = how_many_medicines(how_many_lots(movements))
			self.assertIn(
				f"{scale}: {facilities:,} facilities, {medicines} medicines and {movements:,} movements", text
			)

	def test_a_second_load_adds_nothing(self):
		before = frappe.db.count("Stock Movement")
		self.assertFalse(demo.load("small", progress=lambda step: None)["loaded"])
		self.assertEqual(frappe.db.count("Stock Movement"), before)
