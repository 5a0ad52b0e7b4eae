"""Vouchers that lose a race for locks, in ERPNext's own queries too: a named 409 over HTTP, and nothing half written."""

from functools import partial
from threading import Thread

import frappe

from healthcare_erp.tests import factories, vouchers, web
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together

METHOD = "/api/method/"
_WAITING = "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'UPDATE%tabBin%' AND id <> CONNECTION_ID()"


class TestLostRaces(SiteTestCase):
	def setUp(self):
		self.holder, self.buyer, self.lot = factories.wholesaler(), factories.wholesaler(), factories.lot()
		for place in (
			self.holder.warehouse,
			self.buyer.warehouse,
		):  # (ERPNext's first Bin of an Item has a race of its own)
			vouchers.purchase_receipt(self.lot, 10, place).submit()
		self.headers = web.login("Administrator")
		frappe.db.commit()

	def transfer(self, quantity: int) -> str:
		places = (self.holder.warehouse, self.buyer.warehouse)
		name = factories.stock_entry("Material Transfer", self.lot, quantity, *places).name
		frappe.db.commit()
		return name

	def submit(self, name: str) -> web.Answer:
		return web.request("PUT", f"/api/resource/Stock Entry/{name}", self.headers, json={"docstatus": 1})

	def sell(self) -> web.Answer:
		request = factories.request(self.holder, self.lot.name, "Sale", 1)
		return web.request(
			"POST", f"{METHOD}healthcare_erp.api.stock.record_movement", self.headers, json=request
		)

	def test_a_deadlock_in_a_voucher_is_a_named_409(self):
		"""The voucher holds its warehouses and waits for ERPNext's Bin; who holds the Bin wants the warehouse."""
		name, answers = self.transfer(1), []
		frappe.db.sql(
			"UPDATE `tabDocField` SET idx = idx + 1"
		)  # many rows: the one who wrote less is given up
		frappe.db.sql("SELECT name FROM `tabBin` WHERE warehouse = %s FOR UPDATE", self.holder.warehouse)
		request = Thread(
			target=partial(_into, answers, (frappe.local.site, frappe.local.sites_path), self.submit, name)
		)
		request.start()
		while request.is_alive() and not frappe.db.sql(_WAITING)[0][0]:
			pass
		frappe.db.sql(
			"SELECT * FROM stock_movement_locks WHERE warehouse = %s FOR UPDATE", self.holder.warehouse
		)
		frappe.db.rollback()
		request.join()
		self.assertEqual((answers[0].status, answers[0].error), (409, "LedgerBusyError"), answers[0].body)
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value("Stock Entry", name, "docstatus"), 0)
		self.assertEqual(factories.movements_of(self.lot.name, reference_name=name), ())
		self.assertEqual(self.submit(name).status, 200)

	def test_vouchers_and_the_api_race_for_the_last_units(self):
		names = [self.transfer(2) for _number in range(4)]
		calls = [partial(self.submit, name) for name in names] + [self.sell] * 4
		answers = together(*calls)
		for answer in answers:
			self.assertIn(getattr(answer, "status", answer), (200, 409, 417), answer)
			if answer.status == 409:
				self.assertIn(answer.error, ("LedgerBusyError", "InsufficientStockError"))
		frappe.db.rollback()
		sold = sum(answer.status == 200 for answer in answers[4:])
		moved = sum(2 for name in names if frappe.db.get_value("Stock Entry", name, "docstatus") == 1)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 10 - sold - moved)


def _into(answers: list, where: tuple[str, str], call, *args) -> None:
	site, sites_path = where
	frappe.init(site, sites_path=sites_path)
	answers.append(call(*args))
