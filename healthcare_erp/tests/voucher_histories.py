"""Random histories of ERPNext vouchers: what their users do to each other's books, in any order and at any time."""

from collections import Counter
from datetime import timedelta

import frappe
from erpnext.controllers.sales_and_purchase_return import make_return_doc
from frappe.utils import now_datetime
from hypothesis import strategies as st

from healthcare_erp.tests import factories, vouchers
from healthcare_erp.traceability.stock import warehouses

KINDS = (
	"receive",
	"deliver",
	"supply",
	"invoice",
	"transfer",
	"put_apart",
	"issue",
	"count",
	"give_back",
	"cancel",
	"amend",
	"repost",
	"recall",
)
# (what, which lot, which facility, units, hours ago: 0 is now)
steps = st.tuples(
	st.sampled_from(KINDS[:-1] * 3 + KINDS[-1:]),
	st.integers(0, 1),
	st.integers(0, 1),
	st.integers(1, 40),
	st.sampled_from((0, 0, 0, 5, 30, 70)),
)


class World:
	"""A wholesaler with a quarantine store, a pharmacy, and two lots of one medicine."""

	def __init__(self):
		self.facilities = [factories.wholesaler(), factories.pharmacy()]
		self.quarantine = warehouses.add(self.facilities[0], "Quarantine")
		medicine = factories.medicine().name
		self.lots = [factories.lot(medicine, importer=self.facilities[0].name) for _number in range(2)]
		self.patient, self.maker = vouchers.customer(), vouchers.supplier()
		self.customers = [vouchers.customer(facility) for facility in self.facilities]
		start = vouchers.at(now_datetime() - timedelta(hours=100))
		for lot in self.lots:
			vouchers.purchase_receipt(lot, 100, self.facilities[0].warehouse, self.maker, **start).submit()


class History:
	"""Does steps in a world; a step that ERPNext or the ledger refuses leaves nothing behind."""

	def __init__(self, world: World):
		self.world = world
		self.submitted: list[tuple[str, str]] = []
		self.done: Counter = Counter()

	def step(self, kind: str, lot: int, facility: int, units: int, hours: int) -> None:
		self.lot, self.units = self.world.lots[lot], units
		self.place = self.world.facilities[facility].warehouse
		self.other = self.world.facilities[1 - facility].warehouse
		self.customer = self.world.customers[1 - facility]
		self.when = vouchers.at(now_datetime() - timedelta(hours=hours)) if hours else {}
		frappe.db.savepoint("step")
		try:
			getattr(self, kind)()
			self.done[kind] += 1
		except frappe.ValidationError:
			frappe.db.rollback(save_point="step")
			self.done["refused"] += 1
		frappe.clear_messages()

	def submit(self, voucher) -> None:
		voucher.submit()
		self.submitted.append((voucher.doctype, voucher.name))

	def receive(self) -> None:
		self.submit(
			vouchers.purchase_receipt(self.lot, self.units, self.place, self.world.maker, **self.when)
		)

	def deliver(self) -> None:
		self.submit(vouchers.delivery_note(self.lot, self.units, self.place, self.world.patient, **self.when))

	def supply(self) -> None:
		self.submit(vouchers.delivery_note(self.lot, self.units, self.place, self.customer, **self.when))

	def invoice(self) -> None:
		self.submit(vouchers.sales_invoice(self.lot, self.units, self.place, self.world.patient, **self.when))

	def transfer(self) -> None:
		self.move(self.place, self.other)

	def put_apart(self) -> None:
		self.move(self.world.facilities[0].warehouse, self.world.quarantine)

	def move(self, source: str, target: str) -> None:
		self.submit(
			vouchers.stock_entry("Material Transfer", self.lot, self.units, source, target, **self.when)
		)

	def issue(self) -> None:
		self.submit(vouchers.stock_entry("Material Issue", self.lot, self.units, self.place, **self.when))

	def count(self) -> None:
		self.submit(vouchers.stock_reconciliation(self.lot, self.units, self.place, **self.when))

	def give_back(self) -> None:
		doctype, name = self.last("Delivery Note", "Purchase Receipt")
		back = make_return_doc(doctype, name)
		row = back.items[0]
		row.qty = -min(self.units, -row.qty)
		if doctype == "Purchase Receipt":
			row.received_qty = row.qty
		self.submit(back.insert())

	def cancel(self) -> None:
		doctype, name = self.chosen()
		frappe.get_doc(doctype, name).cancel()
		self.submitted.remove((doctype, name))

	def amend(self) -> None:
		doctype, name = self.chosen()
		voucher = frappe.get_doc(doctype, name)
		voucher.cancel()
		amended = frappe.copy_doc(voucher)
		amended.amended_from, amended.docstatus = name, 0
		row = amended.items[0]
		row.update({"qty": self.units, "batch_no": self.lot.batch, "use_serial_batch_fields": 1})
		row.update({"serial_and_batch_bundle": None, "current_serial_and_batch_bundle": None})
		self.submit(amended.insert())
		self.submitted.remove((doctype, name))

	def repost(self) -> None:
		vouchers.repost()

	def recall(self) -> None:
		self.lot.reload().transition("Recall", "test")

	def chosen(self) -> tuple[str, str]:
		if not self.submitted:
			frappe.throw("nothing to cancel")
		return self.submitted[self.units % len(self.submitted)]

	def last(self, *doctypes: str) -> tuple[str, str]:
		found = [voucher for voucher in self.submitted if voucher[0] in doctypes]
		if not found:
			frappe.throw("nothing to return")
		return found[-1]
