"""Each facility gives its own idempotency keys: nobody learns of another's, or takes one away."""

import frappe
from frappe.utils import add_to_date, now_datetime

from healthcare_erp.api import stock
from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.ledger import store
from healthcare_erp.traceability.stock import warehouses


class TestKeysOfFacilities(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(10)
		self.key = factories.hash_()

	def send(self, **values):
		request = factories.request(self.holder, self.lot.name, "Sale", 1, idempotency_key=self.key) | values
		[result] = stock.record_movements([request])
		return result

	def test_nobody_takes_anothers_key(self):
		"""Pharmacies that number their sales 1, 2, 3 ... meet in the ledger, also in one call."""
		other, lot = factories.stocked(10)
		theirs = factories.request(other, lot.name, "Sale", 3, idempotency_key=self.key)
		own = factories.request(self.holder, self.lot.name, "Sale", 1, idempotency_key=self.key)
		[first] = stock.record_movements([theirs])
		results = stock.record_movements([own, theirs])
		self.assertEqual([result.replayed for result in results], [False, True])
		self.assertEqual((self.send().name, first.name), (results[0].name, results[1].name))
		self.assertEqual(
			(factories.balance(self.holder, self.lot.name), factories.balance(other, lot.name)), (9, 7)
		)

	def test_one_key_at_two_warehouses_of_a_facility_is_a_conflict(self):
		quarantine = warehouses.add(self.holder, "Quarantine")
		one = factories.request(self.holder, self.lot.name, "Import", 1, idempotency_key=self.key)
		other = one | {"warehouse": quarantine}
		self.assertRefused(errors.IdempotencyConflictError, stock.record_movements, [one, other], status=409)
		stock.record_movements([one])
		self.assertRefused(errors.IdempotencyConflictError, stock.record_movements, [other], status=409)

	def test_long_keys_of_many_bytes_are_replayed(self):
		key = "\u0926" * 140
		self.assertEqual(self.send(idempotency_key=key).name, self.send(idempotency_key=key).name)

	def test_late_rows_are_marked_each_by_itself(self):
		"""One key at two facilities in one call: of the one the lot was stopped since."""
		other, lot = factories.stocked(10)
		earlier = add_to_date(now_datetime(), minutes=-1)
		lot.transition("Recall", "test")
		requests = [
			factories.request(place, batch, "Sale", 1, idempotency_key=self.key, posting_datetime=earlier)
			for place, batch in ((other, lot.name), (self.holder, self.lot.name))
		]
		names = [result.name for result in stock.record_movements(requests)]
		self.assertEqual([factories.movement(name).reported_late for name in names], [1, 0])

	def test_the_systems_own_keys_are_nobodys(self):
		for key in ("SLE-1", "sle-repost-1", "SIM-1"):
			self.assertRefused(errors.InvalidRequestError, self.send, idempotency_key=key, status=400)

	def test_keys_are_looked_up_by_the_unique_key_alone(self):
		"""Up to thousands of keys of many facilities: no scan, no rows of others."""
		[first] = stock.record_movements(
			[factories.request(self.holder, self.lot.name, "Sale", 1, idempotency_key=self.key)]
		)
		keys = [
			("Pharmacy", self.holder.name, self.key),
			("Pharmacy", self.holder.name, "none"),
			("Pharmacy", "P", "k"),
		]
		rows = store.rows_by_key(keys)
		self.assertEqual({key: row.name for key, row in rows.items()}, {keys[0]: first.name})
		plan = frappe.db.sql("EXPLAIN " + frappe.db.last_query, as_dict=True)
		read = [step for step in plan if step.table == "tabStock Movement"]
		self.assertEqual({step.key for step in read}, {"idempotency_key"})
		self.assertFalse([step for step in read if step.type in ("ALL", "index")])
