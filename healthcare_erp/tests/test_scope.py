"""One facility's manager and another's stock."""

import frappe

from healthcare_erp import exceptions as errors
from healthcare_erp.api import stock, traceability
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestOutsideTheScope(SiteTestCase):
	"""A manager of one facility against another's: nothing written, nothing seen."""

	def setUp(self):
		self.lot = factories.lot()
		self.inside, self.outside = factories.wholesaler(), factories.wholesaler()
		self.rows = {
			place.name: factories.record(place, self.lot.name, "Import", 10).name
			for place in (self.inside, self.outside)
		}
		scope = ("Pharmacy", self.inside.name)
		frappe.set_user(factories.user_as_administrator("Pharmacy Manager", scope=scope))

	def sale(self, **values) -> dict:
		return factories.request(self.outside, self.lot.name, "Sale", 1) | values

	def refused(self, call, *args, **kwargs) -> None:
		self.assertRefused(errors.OutOfScopeError, call, *args, status=403, **kwargs)

	def test_recording_for_another_is_refused_on_every_path(self):
		self.refused(stock.record_movement, **self.sale())
		own = factories.request(self.inside, self.lot.name, "Sale", 1)
		self.refused(stock.record_movements, [own, self.sale()])
		doc = {"doctype": "Stock Movement", **self.sale()}
		self.refused(frappe.get_doc(doc).insert)
		doc["warehouse"] = self.inside.warehouse
		self.assertRefused(errors.InvalidRequestError, frappe.get_doc(doc).insert, status=400)
		own_with_theirs = own | {"warehouse": self.outside.warehouse}
		self.assertRefused(errors.InvalidRequestError, stock.record_movement, status=400, **own_with_theirs)
		self.assertEqual(factories.balance(self.inside, self.lot.name), 10)
		self.assertEqual(factories.balance(self.outside, self.lot.name), 10)

	def test_reversing_anothers_movement_is_refused(self):
		name = self.rows[self.outside.name]
		reversal = {"movement_type": "Import", "quantity": 10, "direction": "Out", "reversal_of": name}
		self.refused(stock.record_movement, **self.sale(**reversal))
		own = factories.request(self.inside, self.lot.name, **reversal)
		self.assertRefused(errors.InvalidReversalError, stock.record_movement, status=409, **own)

	def test_replaying_anothers_key_is_refused(self):
		key = factories.movement(self.rows[self.outside.name]).idempotency_key
		self.refused(stock.record_movement, **self.sale(idempotency_key=key))

	def test_a_voucher_on_anothers_warehouse_is_refused(self):
		user = frappe.session.user
		frappe.set_user("Administrator")
		frappe.get_doc("User", user).add_roles("Stock User")
		frappe.set_user(user)
		receive = "Material Receipt"
		own = factories.stock_entry(receive, self.lot, 5, target=self.inside.warehouse)
		own.submit()
		self.assertEqual(factories.balance(self.inside, self.lot.name), 15)
		anothers = factories.stock_entry(receive, self.lot, 5, target=self.outside.warehouse)
		self.refused(anothers.submit)
		frappe.set_user("Administrator")
		self.assertEqual(factories.balance(self.outside, self.lot.name), 10)

	def test_a_lot_shows_ones_own_units(self):
		self.assertEqual(frappe.get_doc("National Lot", self.lot.name).on_hand, 10)

	def test_anothers_stock_is_not_seen(self):
		self.refused(stock.get_balance, "Pharmacy", self.outside.name, self.lot.name)
		self.refused(stock.suggest_lots, self.outside.warehouse, self.lot.national_medicine, 1)
		rows = stock.get_movements(national_lot=self.lot.name)["movements"]
		self.assertEqual([row.facility for row in rows], [self.inside.name])
		self.assertEqual(stock.get_movements(warehouse=self.outside.warehouse)["movements"], [])

	def test_trace_shows_ones_own_part(self):
		found = traceability.trace_batch(self.lot.name)
		facilities = {node["facility"] for node in found["nodes"] if not node["outside"]}
		self.assertEqual(facilities, {self.inside.name})
		self.assertEqual(found["totals"]["on_hand"], 10)
		walked = traceability.get_full_trace(self.lot.name, facility=f"Pharmacy:{self.outside.name}")
		self.assertEqual(walked["nodes"], [])

	def test_somebody_without_any_scope_sees_nothing(self):
		frappe.set_user(factories.user_as_administrator("Pharmacy Manager"))
		self.assertEqual(stock.get_movements(national_lot=self.lot.name)["movements"], [])
		self.assertEqual(frappe.get_list("Stock Movement"), [])
		self.assertEqual(traceability.trace_batch(self.lot.name)["nodes"], [])
		self.refused(stock.get_balance, "Pharmacy", self.inside.name, self.lot.name)
		self.refused(stock.record_movement, **factories.request(self.inside, self.lot.name, "Sale", 1))
