"""Registers as XLSX workbooks."""

import csv
import tempfile
from datetime import date, datetime
from pathlib import Path

import frappe
from frappe.tests.utils import FrappeTestCase
from openpyxl import Workbook

from healthcare_erp.core.exceptions import InvalidRegisterError
from healthcare_erp.medicine_registry.register import import_file
from healthcare_erp.medicine_registry.register_file import read_table
from healthcare_erp.medicine_registry.test_register import SAMPLE, counts

HEADER = ["num_enregistrement", "designation_commerciale", "dci", "dosage", "date_amm", "gtin", "prix"]


class TestRegisterWorkbook(FrappeTestCase):
	def setUp(self):
		frappe.db.savepoint("workbook_test")
		self.addCleanup(frappe.db.rollback, save_point="workbook_test")
		folder = tempfile.TemporaryDirectory()
		self.addCleanup(folder.cleanup)
		self.path = Path(folder.name) / "register.xlsx"

	def given(self, *rows: list, percent: str | None = None) -> None:
		"""A workbook with a title sheet, and a title row above these rows."""
		workbook = Workbook()
		workbook.active.append(["Registre national"])
		sheet = workbook.create_sheet("Liste")
		for row in (["Médicaments autorisés"], [], HEADER, *rows):
			sheet.append(row)
		if percent:
			sheet[percent].number_format = "0.00%"
		workbook.save(self.path)

	def medicine(self, number: str):
		return frappe.get_doc("National Medicine", {"registration_number": number})

	def test_a_workbook_is_imported_with_dates_and_numbers_as_they_are_meant(self):
		self.given(
			[
				"XLSX-1",
				"Glumac",
				"Artéméther\nLuméfantrine",
				"20 mg\n120 mg",
				date(2024, 3, 6),
				9504000059101,
				1250.5,
			],
			["XLSX-2", "Betastène", "Bétaméthasone", 0.0005, datetime(2022, 12, 31), None, 800],
			["XLSX-3", "Courte", "INN"],
			percent="D5",
		)
		self.assertEqual(counts(import_file(self.path)), {"created": 3})
		first, second = self.medicine("XLSX-1"), self.medicine("XLSX-2")
		self.assertEqual((first.strength, first.registration_date), ("20 mg + 120 mg", date(2024, 3, 6)))
		self.assertEqual((first.gtin, first.authorised_price), ("09504000059101", 1250.5))
		self.assertEqual((second.strength, second.registration_date), ("0.05%", date(2022, 12, 31)))
		self.assertEqual(counts(import_file(self.path)), {"unchanged": 3})

	def test_refused_rows_go_to_a_csv_file_with_their_row_in_the_sheet(self):
		self.given(["XLSX-1", "Glumac", "INN", "1 mg", "soon", None, None], ["XLSX-2", "Astaph", "INN"])
		report = import_file(self.path)
		self.assertEqual(counts(report), {"created": 1, "rejected": 1})
		with report.rejected_path.open(encoding="utf-8-sig", newline="") as file:
			[row] = csv.DictReader(file, delimiter=";")
		self.assertEqual((row["line"], row["num_enregistrement"]), ("4", "XLSX-1"))

	def test_a_workbook_without_a_register_or_broken_is_refused(self):
		workbook = Workbook()
		workbook.active.append(["colour", "size"])
		workbook.save(self.path)
		self.assertRaisesRegex(InvalidRegisterError, "Accepted headers", import_file, self.path)
		self.path.write_bytes(self.path.read_bytes()[:-200])
		self.assertRaisesRegex(InvalidRegisterError, "nor an XLSX workbook", import_file, self.path)

	def test_the_real_register_is_the_same_as_a_workbook(self):
		if not SAMPLE.exists():
			self.skipTest(f"REAL REGISTER ABSENT, NOT TESTED: {SAMPLE}")
		with SAMPLE.open(encoding="utf-8", newline="") as file:
			header, *rows = csv.reader(file)
		workbook = Workbook()
		for row in (header, *rows):
			workbook.active.append(row)
		workbook.save(self.path)
		self.assertEqual(
			[cells for _line, cells in read_table(self.path).rows],
			[cells for _line, cells in read_table(SAMPLE).rows],
		)
