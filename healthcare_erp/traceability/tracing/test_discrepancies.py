"""Transfers whose ends do not agree: the same in the trace, in the site's list and in the exported bundle."""

import tempfile
from pathlib import Path

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate, now_datetime

from healthcare_erp.bundle import answers
from healthcare_erp.bundle import discrepancies as bundle_discrepancies
from healthcare_erp.bundle import tracing as bundle_tracing
from healthcare_erp.bundle.read import Bundle
from healthcare_erp.tests import factories, vouchers
from healthcare_erp.tests.mirror_case import MirrorTestCase
from healthcare_erp.traceability import export, tracing
from healthcare_erp.traceability.tracing import report as trace_report

REPORT = "Transfers Whose Ends Disagree"


def edges_of(edges: list[dict]) -> list[tuple]:
	"""What the ends of each edge wrote, as site and bundle must both tell it."""
	keys = ("source", "target", "kind", "document", "sent", "received", "unconfirmed", "movements")
	return sorted(tuple(str(edge[key]) for key in keys) for edge in edges)


class DisagreementTestCase(MirrorTestCase):
	"""The wholesaler delivers under delivery notes, a pharmacy receives under receipts of its own."""

	def setUp(self):
		super().setUp()
		self.buyer = factories.pharmacy()
		self.customer = vouchers.customer(self.buyer)
		self.supplier = vouchers.supplier(self.holder)

	def deliver(self, quantity: int, **values):
		return vouchers.delivery_note(self.lot, quantity, self.place, self.customer, **values).submit()

	def receive(self, quantity: int, **values):
		place = self.buyer.warehouse
		return vouchers.purchase_receipt(self.lot, quantity, place, self.supplier, **values).submit()

	def unconfirmed(self) -> int:
		return tracing.get_trace(self.lot.name)["totals"]["unconfirmed"]

	def rows(self, **filters) -> list[dict]:
		answer = run(REPORT, filters=filters, ignore_prepared_report=True)
		return [row for row in answer["result"] if isinstance(row, dict)]

	def listed(self, **filters) -> list[tuple]:
		rows = self.rows(**{"national_lot": self.lot.name} | filters)
		return [(row["document"], row["sent"], row["received"], row["difference"]) for row in rows]


class TestVouchers(DisagreementTestCase):
	def test_a_delivery_received_in_two_parts_is_confirmed(self):
		note = self.deliver(50)
		self.receive(30)
		self.assertEqual(self.unconfirmed(), 20)
		self.assertEqual(self.listed(), [(note.name, 50, 30, 20)])
		self.receive(20)
		self.assertEqual(self.unconfirmed(), 0)
		self.assertEqual(self.listed(), [])

	def test_of_a_short_delivery_the_missing_units_are_unconfirmed(self):
		note = self.deliver(50)
		self.receive(45)
		self.assertEqual(self.unconfirmed(), 5)
		self.assertEqual(self.listed(), [(note.name, 50, 45, 5)])

	def test_a_receipt_typed_before_its_delivery_note_is_confirmed(self):
		receipt = self.receive(50)
		self.assertEqual(self.listed(), [(receipt.name, 0, 50, -50)])
		note = self.deliver(50)
		found = tracing.get_trace(self.lot.name)
		self.assertEqual((found["totals"]["unconfirmed"], found["totals"]["on_hand"]), (0, 100))
		self.assertEqual(self.listed(), [])
		[edge] = [edge for edge in found["edges"] if edge["target"] == f"Pharmacy:{self.buyer.name}"]
		self.assertEqual((edge["document"], edge["sent"], edge["received"]), (note.name, 50, 50))

	def test_several_documents_a_day_are_confirmed_in_sum(self):
		for quantity in (10, 20, 30):
			self.deliver(quantity)
		for quantity in (25, 25, 10):
			self.receive(quantity)
		self.assertEqual(self.unconfirmed(), 0)

	def test_a_cancelled_receipt_confirms_nothing(self):
		note = self.deliver(50)
		self.receive(50).reload().cancel()
		self.assertEqual(self.unconfirmed(), 50)
		self.assertEqual(self.listed(), [(note.name, 50, 0, 50)])

	def test_a_trace_up_to_a_moment_has_what_had_arrived_by_then(self):
		days = [add_days(now_datetime(), -day) for day in (3, 2, 1)]
		send = {"counterparty_type": "Pharmacy", "counterparty": self.buyer.name}
		take = {"counterparty_type": "Pharmacy", "counterparty": self.holder.name}
		factories.record(self.holder, self.lot.name, "Import", 50, posting_datetime=days[0])
		for facility, kind, quantity, ends, day in (
			(self.holder, "B2B Out", 50, send | {"reference_name": "N-1"}, days[0]),
			(self.buyer, "B2B In", 30, take | {"reference_name": "R-1"}, days[1]),
			(self.buyer, "B2B In", 20, take | {"reference_name": "R-2"}, days[2]),
		):
			values = ends | {"reference_doctype": "B2B Order", "posting_datetime": day}
			factories.record(facility, self.lot.name, kind, quantity, **values)
		seen = [tracing.get_trace(self.lot.name, as_of=day)["totals"]["unconfirmed"] for day in days]
		self.assertEqual(seen, [50, 20, 0])

	def test_the_bundle_tells_of_the_same_ledger_what_the_site_tells(self):
		self.deliver(30)
		self.receive(20)
		self.deliver(10)
		self.receive(25)
		self.deliver(20)
		self.receive(9)
		site = tracing.get_trace(self.lot.name)
		with tempfile.TemporaryDirectory() as folder:
			export.export(Path(folder) / "ledger")
			with Bundle(Path(folder) / "ledger") as bundle:
				found = bundle_tracing.trace_lot(bundle, self.lot.name)
				listed = bundle_discrepancies.disagreeing_transfers(bundle)
		self.assertEqual((site["totals"]["unconfirmed"], found.totals), (6, site["totals"]))
		self.assertEqual(edges_of(answers.traced(found, None)["edges"]), edges_of(site["edges"]))
		self.assertEqual(
			[row["sent"] - row["received"] for row in listed if row["lot"] == self.lot.name],
			[row["difference"] for row in self.rows(national_lot=self.lot.name)],
		)


class TestReport(DisagreementTestCase):
	def setUp(self):
		super().setUp()
		self.note = self.deliver(50)
		self.receive(45)

	def test_the_row_names_lot_ends_and_document(self):
		[row] = self.rows(national_lot=self.lot.name)
		shown = {
			key: row[key] for key in ("sender", "sender_name", "receiver", "receiver_name", "document_type")
		}
		expected = {
			"sender": self.holder.name,
			"sender_name": self.holder.facility_name,
			"receiver": self.buyer.name,
			"receiver_name": self.buyer.facility_name,
			"document_type": "Delivery Note",
		}
		self.assertEqual(shown, expected)
		self.assertEqual((row["medicine_title"], row["first_date"]), (self.lot.medicine_title, getdate()))

	def test_the_whole_country_is_listed_without_a_filter(self):
		self.assertIn(self.note.name, [row["document"] for row in self.rows()])

	def test_filters_narrow_to_either_end_and_to_the_days(self):
		today = getdate()
		other = factories.pharmacy()
		row = [(self.note.name, 50, 45, 5)]
		for facility in (self.holder, self.buyer):
			place = {"facility_type": "Pharmacy", "facility": facility.name}
			self.assertEqual(self.listed(**place), row)
			self.assertEqual(self.listed(province=facility.administrative_level), row)
		self.assertEqual(self.listed(facility_type="Pharmacy", facility=other.name), [])
		self.assertEqual(self.listed(province=other.administrative_level), [])
		self.assertEqual(self.listed(from_date=str(today), to_date=str(today)), row)
		self.assertEqual(self.listed(from_date=str(add_days(today, 1))), [])
		self.assertEqual(self.listed(to_date=str(add_days(today, -1))), [])
		self.assertEqual(self.listed(national_lot=None, national_medicine=self.lot.national_medicine), row)

	def test_an_end_outside_the_scope_is_no_doubt(self):
		roles = ("Pharmacy Manager",)
		one_end = factories.user(*roles, scope=("Pharmacy", self.buyer.name))
		both_ends = factories.user(*roles, scope=("Pharmacy", self.buyer.name))
		factories.make("User Permission", user=both_ends, allow="Pharmacy", for_value=self.holder.name)
		with self.set_user(one_end):
			self.assertEqual(self.listed(), [])
			self.assertEqual(self.rows(), [])
		with self.set_user(both_ends):
			self.assertEqual(self.listed(), [(self.note.name, 50, 45, 5)])

	def test_the_list_is_open_to_those_who_read_stock_only(self):
		with self.set_user(factories.user("Inspector")):
			self.assertEqual(self.listed(), [(self.note.name, 50, 45, 5)])
		with self.set_user(factories.user("Cashier")):
			self.assertRaises(frappe.PermissionError, self.rows)

	def test_the_printed_trace_shows_no_doubt_that_the_trace_does_not(self):
		"""Who sees only the receiver's movements was shown its receipts in red, as never sent."""
		with self.set_user(factories.user("Pharmacy Manager", scope=("Pharmacy", self.buyer.name))):
			found = tracing.get_trace(self.lot.name)
			page = trace_report.html(found)
		self.assertEqual(found["totals"]["unconfirmed"], 0)
		self.assertNotIn('class="alarm"', page)
		self.assertIn('class="alarm"', trace_report.html(tracing.get_trace(self.lot.name)))
