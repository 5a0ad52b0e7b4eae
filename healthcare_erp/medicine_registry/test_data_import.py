"""Frappe's own Data Import on the registry's DocTypes: the controllers' rules hold for each row."""

import frappe
from frappe.core.doctype.data_import.importer import Importer
from frappe.tests.utils import FrappeTestCase

from healthcare_erp.tests import factories

HEADER = ("Brand Name", "INN", "ATC Code", "Registration Number", "Strength", "Dosage Form")


class TestDataImport(FrappeTestCase):
	def run_import(self, doctype: str, rows: list[tuple]) -> list[dict]:
		"""Import rows (the first one is the header); returns the log, a dict for each row."""
		content = "\n".join(",".join(map(str, row)) for row in rows)
		file = factories.make("File", file_name=f"{factories.hash_()}.csv", content=content, is_private=1)
		job = factories.make(
			"Data Import",
			reference_doctype=doctype,
			import_type="Insert New Records",
			import_file=file.file_url,
		)
		Importer(doctype, data_import=job).import_data()
		return frappe.get_all(
			"Data Import Log",
			filters={"data_import": job.name},
			fields=["success", "docname", "messages"],
			order_by="log_index",
		)

	def test_medicines_come_in_and_a_bad_row_is_refused_by_name(self):
		number = factories.hash_()
		good, bad = self.run_import(
			"National Medicine",
			[
				HEADER,
				("Amoxil", "Amoxicillin", "j01ca04", number, "500 mg", "Capsule"),
				("Nonsense", "Nothing", "X99", factories.hash_(), "1 mg", "Tablet"),
			],
		)
		self.assertTrue(good.success)
		self.assertEqual(
			frappe.db.get_value("National Medicine", good.docname, ["atc_code", "registration_number"]),
			("J01CA04", number),
		)
		self.assertFalse(bad.success)
		self.assertIn("X99", bad.messages)

	def test_medicines_come_in_as_the_registers_import_writes_them(self):
		number = factories.hash_()
		header = (*HEADER, "Category", "Country of Manufacture", "Authorised Price")
		row = ("Amoxil", "AMOXICILLINE", "j01ca04", number, "500mg", "gélules", "Générique", "76", 1200)
		dear = ("Amoxil", "Amoxicilline", "", factories.hash_(), "1 mg", "Gel", "", "", 10**12)
		good, bad = self.run_import("National Medicine", [header, row, dear])
		medicine = frappe.get_doc("National Medicine", good.docname)
		self.assertEqual(
			(medicine.inn, medicine.strength, medicine.dosage_form, medicine.category),
			("Amoxicilline", "500 mg", "Gélule", "Generic"),
		)
		self.assertFalse(medicine.manufacturer_country)
		self.assertFalse(bad.success)
		self.assertIn("1000000000000", bad.messages)

	def test_movements_come_in_through_the_ledgers_way_in(self):
		holder, lot = factories.stocked(10)
		header = ("Movement Type", "Quantity", "Facility Type", "Facility", "Lot")
		sale = ("Sale", 4, holder.doctype, holder.name, lot.name)
		first, second, third = self.run_import("Stock Movement", [header, sale, sale, sale])
		self.assertEqual([first.success, second.success, third.success], [1, 1, 0])
		self.assertEqual(factories.balance(holder, lot.name), 2)
