"""What a facility may do without a licence in force, and who imports, on every way into the ledger."""

from datetime import timedelta
from functools import partial
from unittest.mock import patch

import frappe
from frappe.utils import now_datetime

from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.guarantees import locks
from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.ledger import intake
from healthcare_erp.traceability.stock import warehouses
from healthcare_erp.traceability.verification.verify import verify

# movement type, direction -> whether a facility without a licence in force records it
STOPPED = {
	("Import", "In"): False,
	("B2B In", "In"): False,
	("B2B Out", "Out"): False,
	("Sale", "Out"): False,
	("Adjustment", "In"): False,
	("Adjustment", "Out"): True,
	("Return", "In"): True,
	("Return", "Out"): True,
	("Recall Removal", "Out"): True,
}


def insert(request: dict):
	"""As `/api/resource`, Desk and Data Import do."""
	return frappe.get_doc({"doctype": "Stock Movement", **request}).insert()


class LicenceCase(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(100)

	def suspend(self, ago: timedelta = timedelta()) -> None:
		with patch("healthcare_erp.core.audit.writer.now_datetime", return_value=now_datetime() - ago):
			self.holder.reload().transition("Suspend", "inspected")

	def request(self, movement_type: str, quantity: int = 1, **values) -> dict:
		return factories.request(self.holder, self.lot.name, movement_type, quantity, **values)

	def record(self, movement_type: str, quantity: int = 1, **values):
		return factories.record_all([self.request(movement_type, quantity, **values)])[0]


class TestStopped(LicenceCase):
	def test_only_what_leaves_the_trade_goes_on(self):
		self.suspend()
		for (movement_type, direction), allowed in STOPPED.items():
			for way in (lambda request: factories.record_all([request]), insert):
				request = self.request(movement_type, direction=direction)
				with self.subTest(movement_type, direction=direction):
					if allowed:
						way(request)
					else:
						self.assertRefused(errors.FacilityNotLicensedError, way, request, status=409)

	def test_units_are_put_apart_inside_the_facility(self):
		self.suspend()
		apart = warehouses.add(self.holder, "Quarantine")
		move = partial(self.request, "Internal Transfer", 5)
		factories.record_all([move(direction="Out"), move(direction="In", warehouse=apart)])
		self.assertEqual(factories.balance(self.holder, self.lot.name), 95)
		self.assertRefused(errors.FacilityNotLicensedError, self.record, "Sale", warehouse=apart)

	def test_goods_under_way_come_home_and_no_more_of_them(self):
		self.record("B2B Out", 10)
		self.suspend()
		home = {"counterparty_type": "Pharmacy", "counterparty": self.holder.name}
		self.assertEqual(self.record("B2B In", 10, **home).balance_after, 100)
		self.assertRefused(errors.FacilityNotLicensedError, self.record, "B2B In", **home)

	def test_what_was_recorded_is_undone(self):
		sale = self.record("Sale", 5)
		self.suspend()
		undone = self.record("Sale", 5, direction="In", reversal_of=sale.name)
		self.assertEqual(undone.balance_after, 100)

	def test_it_goes_on_once_reinstated_and_never_once_illegal(self):
		self.suspend()
		self.assertRefused(errors.FacilityNotLicensedError, self.record, "Sale")
		self.holder.transition("Reinstate", "cleared")
		self.record("Sale")
		self.holder.transition("Suspend", "inspected")
		self.holder.transition("Declare Illegal", "closed")
		self.assertRefused(errors.FacilityNotLicensedError, self.record, "Sale")
		self.record("Return", direction="Out")

	def test_a_sale_from_before_is_reported_late_and_one_from_after_is_not(self):
		self.suspend(timedelta(hours=2))
		before, after = (now_datetime() - timedelta(hours=hours) for hours in (3, 1))
		row = factories.movement(self.record("Sale", 5, posting_datetime=before).name)
		self.assertEqual((row.reported_late, row.balance_after), (1, 95))
		self.assertRefused(errors.FacilityNotLicensedError, self.record, "Sale", posting_datetime=after)


class TestImporters(LicenceCase):
	def test_only_wholesalers_and_central_stores_import(self):
		for made, imports in (
			(factories.pharmacy(), False),
			(factories.public_facility(), False),
			(factories.public_facility(public_facility_type="National Hospital"), False),
			(factories.public_facility(public_facility_type="Central Store"), True),
			(factories.wholesaler(), True),
		):
			lot = factories.lot()
			bring_in = partial(factories.record, made, lot.name, "Import", 5)
			with self.subTest(made.name):
				if imports:
					self.assertEqual(bring_in().balance_after, 5)
				else:
					self.assertRefused(errors.FacilityNotLicensedError, bring_in, status=409)

	def test_a_corrected_kind_counts_at_once(self):
		retailer, lot = factories.pharmacy(), factories.lot()
		bring_in = partial(factories.record, retailer, lot.name, "Import", 5)
		self.assertRefused(errors.FacilityNotLicensedError, bring_in)
		retailer.reload().correct({"pharmacy_type": "Wholesaler"}, "a wrong form")
		self.assertEqual(bring_in().balance_after, 5)


class TestVouchers(LicenceCase):
	def test_erpnext_s_vouchers_obey(self):
		vouchers.purchase_receipt(self.lot, 20, self.holder.warehouse).submit()
		self.suspend()
		place = self.holder.warehouse
		for allowed, draft in (
			(False, vouchers.purchase_receipt(self.lot, 5, place)),
			(False, vouchers.delivery_note(self.lot, 5, place)),
			(False, vouchers.sales_invoice(self.lot, 5, place, update_stock=1)),
			(False, vouchers.stock_entry("Material Receipt", self.lot, 5, target=place)),
			(True, vouchers.stock_entry("Material Issue", self.lot, 5, source=place)),
		):
			with self.subTest(draft.doctype, type=draft.get("stock_entry_type")):
				frappe.db.savepoint("before_voucher")  # ERPNext leaves its own rows where a handler refuses
				if allowed:
					draft.submit()
				else:
					self.assertRefused(errors.FacilityNotLicensedError, draft.submit, status=409)
					frappe.db.rollback(save_point="before_voucher")


class TestLocks(LicenceCase):
	def test_a_movement_that_comes_after_a_suspension_is_refused_whatever_its_snapshot(self):
		frappe.db.commit()
		sale = partial(ledger.record_now, intake.parse([self.request("Sale")]))

		def suspended_meanwhile():
			frappe.db.get_value("Pharmacy", self.holder.name, "status")  # the snapshot is taken
			together(partial(frappe.get_doc("Pharmacy", self.holder.name).transition, "Suspend", "inspected"))
			return sale()

		[outcome] = together(suspended_meanwhile)
		self.assertIsInstance(outcome, errors.FacilityNotLicensedError)
		frappe.db.rollback()

	def test_a_suspension_waits_for_a_movement_that_is_being_written(self):
		frappe.db.commit()
		self.record("Sale")
		suspend = partial(frappe.get_doc("Pharmacy", self.holder.name).transition, "Suspend", "inspected")
		[outcome] = together(suspend)
		self.assertIsInstance(outcome, frappe.QueryTimeoutError)
		frappe.db.rollback()

	def test_what_the_ledger_reads_of_a_facility_follows_it_and_is_mended(self):
		self.assertEqual(locks.outdated(), [])
		frappe.db.sql(
			"UPDATE stock_movement_locks SET facility_status = 'Illegal' WHERE warehouse = %s",
			self.holder.warehouse,
		)
		place = self.holder.warehouse
		self.assertEqual(locks.outdated(), [(place, "Wholesaler, Approved", "Wholesaler, Illegal")])
		found = [defect["subject"] for defect in verify()["defects"] if defect["code"] == "licence_outdated"]
		self.assertEqual(found, [f"Warehouse {place}"])
		locks.provide([self.holder.warehouse])
		self.assertEqual(locks.outdated(), [])
