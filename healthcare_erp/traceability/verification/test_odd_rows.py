"""A row that SQL planted in the ledger, with values that no entry point takes, breaks no answer to anybody."""

import frappe
from frappe.desk import query_report
from frappe.utils import now_datetime

from healthcare_erp.api import stock, traceability
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.tracing import report as trace_report

NO_TIMES = ("0001-01-01 00:00:00", "0000-00-00 00:00:00", None)
REPORTS = (
	"Stock by Facility",
	"Stock by Province",
	"Movements by Day",
	"Transfers Whose Ends Disagree",
	"Expiring Lots",
)


class TestOddRows(SiteTestCase):
	def setUp(self):
		self.holder, self.buyer = factories.wholesaler(), factories.pharmacy()
		self.lot = factories.lot()
		self.first = factories.record(self.holder, self.lot.name, "Import", 10).name

	def plant(self, **values) -> str:
		frappe.db.sql("SET SESSION sql_mode = ''")
		values = {"movement_type": "B2B Out", "direction": "Out", "quantity": 1, "balance_after": 9} | values
		return factories.plant(self.first, **values)

	def trace(self) -> dict:
		return traceability.get_full_trace(self.lot.name)

	def test_a_time_that_no_calendar_has_breaks_no_trace_and_no_file_of_it(self):
		for number, moment in enumerate(NO_TIMES):
			other = {"counterparty_type": "Pharmacy", "counterparty": self.buyer.name}
			self.plant(posting_datetime=moment, position_sequence=90 + number, **other)
		self.assertEqual(self.trace()["edges"][0]["first_at"].year, 1990)
		self.assertIn(self.lot.lot_number, trace_report.csv_text(self.trace()))
		self.assertIn(self.lot.lot_number, trace_report.html(self.trace()))

	def test_a_type_and_a_direction_that_nobody_knows_break_no_trace(self):
		self.plant(movement_type="Magic", direction="Sideways", position_sequence=90)
		self.plant(movement_type=None, direction=None, position_sequence=91)
		self.assertTrue(self.trace()["edges"])

	def test_reports_lists_and_balances_answer(self):
		other = {"counterparty_type": "Pharmacy", "counterparty": self.buyer.name}
		self.plant(posting_datetime=NO_TIMES[0], creation=NO_TIMES[0], **other)
		for report in REPORTS:
			with self.subTest(report):
				found = query_report.run(report, {"national_lot": self.lot.name}, ignore_prepared_report=True)
				self.assertIsInstance(found["result"], list)
		asked = {"facility_type": "Pharmacy", "facility": self.holder.name, "national_lot": self.lot.name}
		self.assertEqual(stock.get_balance(**asked)["balance"], 9)
		self.assertEqual(len(stock.get_movements(national_lot=self.lot.name)["movements"]), 2)
		rows = frappe.get_list(
			"Stock Movement", {"national_lot": self.lot.name}, ["name", "posting_datetime"]
		)
		self.assertEqual(len(rows), 2)

	def test_such_a_row_can_be_reversed(self):
		planted = self.plant(
			posting_datetime=NO_TIMES[0],
			position_sequence=2,
			reference_doctype="<svg onload=alert(1)>",
			reference_name="<svg onload=alert(1)>",
		)
		undo = {"direction": "In", "reversal_of": planted, "posting_datetime": now_datetime()}
		factories.record(self.holder, self.lot.name, "B2B Out", 1, **undo)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 10)
