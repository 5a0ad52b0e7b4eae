"""A wholesaler whose books and ledger hold the same units of a lot: where the suites of the mirror begin."""

import frappe

from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability import tracing
from healthcare_erp.traceability.books import comparison
from healthcare_erp.traceability.stock import holdings


class MirrorTestCase(SiteTestCase):
	"""A wholesaler that took 100 units into its books through a Purchase Receipt."""

	def setUp(self):
		frappe.flags.dont_execute_stock_reposts = True  # `vouchers.repost` does
		self.holder = factories.wholesaler()
		self.place = self.holder.warehouse
		self.lot = factories.lot(importer=self.holder.name)
		self.receipt = vouchers.purchase_receipt(self.lot, 100, self.place).submit()

	def tearDown(self):
		frappe.flags.dont_execute_stock_reposts = False
		super().tearDown()

	def recorded(self, voucher=None) -> list[tuple]:
		"""(type, direction, quantity, facility, counterparty) of a voucher's movements, in order."""
		filters = {"national_lot": self.lot.name}
		if voucher:
			filters |= {"reference_doctype": voucher.doctype, "reference_name": voucher.name}
		rows = frappe.get_all("Stock Movement", filters=filters, fields="*", order_by="creation")
		return [(r.movement_type, r.direction, r.quantity, r.facility, r.counterparty) for r in rows]

	def assert_books_agree(self, *facilities) -> None:
		"""Both books have the same units."""
		for facility in (self.holder, *facilities):
			units = vouchers.stock_in_books(self.lot, facility.warehouse)
			self.assertEqual(factories.balance(facility, self.lot.name), units)
		self.assertEqual(self.differences(), [])

	def differences(self) -> list[dict]:
		"""What verify-books says of the lot."""
		found = comparison.compare()["differences"]
		return [difference for difference in found if difference["national_lot"] == self.lot.name]

	def assert_held(self, units: int, place=None) -> None:
		"""The lot's units in the ledger and in ERPNext."""
		place = place or self.place
		head = holdings.get_balance(place, self.lot.name)["balance"]
		self.assertEqual((head, vouchers.stock_in_books(self.lot, place)), (units, units))

	def assert_not_submitted(self, error, voucher, status: int) -> str:
		"""Refused, as a request would be: nothing of it stays. Returns the refusal's text."""
		frappe.db.savepoint("draft")
		text = self.assertRefused(error, voucher.submit, status=status)
		frappe.db.rollback(save_point="draft")
		return text

	def stop(self, action: str = "Recall") -> None:
		self.lot.reload().transition(action, "test")

	def assert_undone(self, voucher, units: int = 100) -> None:
		"""Cancelled: reversals stand against the movements, and no trace of them is left."""
		voucher.reload().cancel()
		rows = frappe.get_all(
			"Stock Movement", filters={"reference_name": voucher.name}, fields=["name", "reversal_of"]
		)
		undone = {row.reversal_of for row in rows if row.reversal_of}
		self.assertEqual(undone, {row.name for row in rows if not row.reversal_of})
		self.assertTrue(undone)
		edges = tracing.get_trace(self.lot.name)["edges"]
		self.assertNotIn(voucher.name, [edge["document"] for edge in edges])
		self.assertEqual(factories.balance(self.holder, self.lot.name), units)
