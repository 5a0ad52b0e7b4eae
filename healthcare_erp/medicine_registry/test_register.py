"""Importing register files into the registry."""

import csv
import tempfile
from pathlib import Path

import frappe
from frappe.tests.utils import FrappeTestCase

from healthcare_erp.core.exceptions import InvalidRegisterError
from healthcare_erp.medicine_registry import register_report
from healthcare_erp.medicine_registry.register import import_file
from healthcare_erp.tests import factories

HEADER = "num_enregistrement,designation_commerciale,dci,dosage,forme,conditionnement,gtin,prix,statut_amm"
FIRST = "TEST-1,Glumac,Artéméther,20mg,comprimés,B/24,9504000059101,1200,1"
SECOND = "TEST-2,Astaph,Flucloxacilline,500 mg,gélule,B/12,,,1"
SAMPLE = Path(frappe.get_app_path("healthcare_erp")).resolve().parents[1] / "shared/data/register_sample.csv"


class TestRegisterImport(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.admin, cls.pharmacist = user_with("National Admin"), user_with("Pharmacy Manager")

	def setUp(self):
		frappe.db.savepoint("register_test")
		self.addCleanup(frappe.db.rollback, save_point="register_test")
		self.addCleanup(frappe.set_user, "Administrator")
		folder = tempfile.TemporaryDirectory()
		self.addCleanup(folder.cleanup)
		self.path = Path(folder.name) / "register.csv"
		frappe.set_user(self.admin)

	def given(self, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> None:
		self.path.write_text("\n".join([header, *rows]), encoding=encoding)

	def imported(self, *rows: str, **options) -> dict:
		"""Import these rows and return the counts."""
		self.given(*rows)
		self.report = import_file(self.path, **options)
		return counts(self.report)

	def rejected(self) -> list[dict]:
		with (self.path.parent / "register.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
			return list(csv.DictReader(file))

	def medicine(self, number: str = "TEST-1"):
		return frappe.get_doc("National Medicine", {"registration_number": number})

	def test_good_rows_become_medicines_and_a_second_import_adds_nothing(self):
		self.assertEqual(self.imported(FIRST, SECOND), {"created": 2})
		medicine = self.medicine()
		self.assertEqual(
			(medicine.strength, medicine.dosage_form, medicine.gtin), ("20 mg", "Comprimé", "09504000059101")
		)
		self.assertEqual(medicine.registry_key, "test-1|20mg|comprime|b/24")
		self.assertEqual(self.imported(FIRST, SECOND), {"unchanged": 2})
		self.assertFalse(self.report.rejected_path)

	def test_bad_rows_are_kept_with_reason_and_line_until_they_are_repaired(self):
		bad = 'TEST-3,"Two\nlines",INN,,,,123,dear,1'
		self.assertEqual(
			self.imported(FIRST, bad, ",Nameless,INN,,,,,,1", "TEST-4,Short"), {"created": 1, "rejected": 3}
		)
		rows = self.rejected()
		self.assertEqual([row["line"] for row in rows], ["3", "5", "6"])
		self.assertIn("123", rows[0]["reason"])
		self.assertIn("dear", rows[0]["reason"])
		self.assertEqual((rows[0]["designation_commerciale"], rows[2]["dci"]), ("Two\nlines", ""))
		self.assertEqual(self.report.rejected_path, self.path.with_name("register.rejected.csv"))
		self.assertEqual(self.imported(FIRST), {"unchanged": 1})
		self.assertFalse(self.path.with_name("register.rejected.csv").exists())

	def test_a_rejected_file_can_be_repaired_and_imported(self):
		self.imported(",Glumac,Artéméther,20mg,comprimés,B/24,,,1")
		repaired = self.path.with_name("register.rejected.csv")
		text = repaired.read_text(encoding="utf-8-sig").replace(",Glumac", "TEST-1,Glumac")
		repaired.write_text(text, encoding="utf-8-sig")
		self.assertEqual(counts(import_file(repaired)), {"created": 1})

	def test_a_changed_row_updates_and_keeps_the_price_history(self):
		self.imported(FIRST)
		self.assertEqual(
			self.imported(FIRST.replace("Glumac", "GLUMAC").replace("1200", "1 350.50")), {"updated": 1}
		)
		medicine = self.medicine()
		self.assertEqual((medicine.brand_name, medicine.authorised_price), ("GLUMAC", 1350.5))
		self.assertEqual([row.authorised_price for row in medicine.prices], [1200, 1350.5])

	def test_an_empty_cell_keeps_what_the_registry_has(self):
		self.imported(FIRST)
		self.medicine().update({"atc_code": "P01BF01"}).save()
		self.assertEqual(
			self.imported(FIRST.replace("9504000059101", "").replace("1200", "")), {"unchanged": 1}
		)
		self.assertEqual((self.medicine().atc_code, self.medicine().authorised_price), ("P01BF01", 1200))

	def test_a_register_may_block_but_not_unblock(self):
		self.imported(FIRST)
		self.assertEqual(
			self.imported(FIRST.removesuffix("1") + "suspendu", SECOND.removesuffix("1") + "0"),
			{"updated": 1, "created": 1},
		)
		self.assertEqual([self.medicine().status, self.medicine("TEST-2").status], ["Blocked", "Blocked"])
		entries = [(entry.action, entry.reason) for entry in factories.trail(self.medicine())]
		self.assertEqual(entries, [("Create", None), ("Block", "Blocked in the imported register, line 2")])
		self.assertEqual(self.imported(FIRST), {"unchanged": 1})
		self.assertEqual(self.medicine().status, "Blocked")
		self.assertEqual(self.report.notices["stays_blocked"], [2])

	def test_a_row_that_the_registry_refuses_does_not_stop_the_others(self):
		taken = SECOND.replace("B/12,,", "B/12,09504000059101,")
		too_long = FIRST.replace("TEST-1", "TEST-5").replace("Glumac", "G" * 141).replace("9504000059101", "")
		third = SECOND.replace("TEST-2", "TEST-6")
		self.assertEqual(self.imported(FIRST, taken, too_long, third), {"created": 2, "rejected": 2})
		self.assertEqual([row["line"] for row in self.rejected()], ["3", "4"])
		self.assertIn("Line 2 gives the GTIN 09504000059101", self.rejected()[0]["reason"])
		self.assertIn("Brand Name", self.rejected()[1]["reason"])
		self.assertLess(len(self.rejected()[1]["reason"]), 200)
		self.assertFalse(
			frappe.db.exists("National Medicine", {"registration_number": ["in", ["TEST-2", "TEST-5"]]})
		)

	def test_repeated_rows_are_accounted_for(self):
		self.assertEqual(self.imported(FIRST, FIRST), {"created": 1, "unchanged": 1})

	def test_a_contradiction_is_not_taken_on_the_next_run_either(self):
		other = FIRST.replace("Glumac", "Lumerax")
		self.assertEqual(self.imported(FIRST, SECOND, other), {"created": 1, "rejected": 2})
		self.assertIn("Line 4", self.rejected()[0]["reason"])
		again = self.path.with_name("register.rejected.csv")
		self.assertEqual(counts(import_file(again)), {"rejected": 2})
		text = again.read_text(encoding="utf-8-sig").splitlines()
		again.write_text("\n".join(line for line in text if "Glumac" not in line), encoding="utf-8-sig")
		self.assertEqual(counts(import_file(again)), {"created": 1})
		self.assertEqual(self.medicine().brand_name, "Lumerax")

	def test_a_dry_run_writes_nothing(self):
		before = frappe.db.count("National Medicine")
		self.assertEqual(self.imported(FIRST, "TEST-3,,,,,,,,", dry_run=True), {"created": 1, "rejected": 1})
		self.assertEqual(frappe.db.count("National Medicine"), before)
		self.assertEqual(list(self.path.parent.iterdir()), [self.path])
		self.assertIn("Dry run", next(register_report.lines(self.report)))

	def test_a_gtin_of_another_medicine_is_refused_naming_it(self):
		self.imported(FIRST)
		taken = SECOND.replace("B/12,,", "B/12,09504000059101,")
		self.assertEqual(self.imported(taken), {"rejected": 1})
		self.assertIn(f"belongs to {self.medicine().name} (Glumac 20 mg", self.rejected()[0]["reason"])

	def test_a_text_that_is_stored_escaped_is_not_changed_by_the_next_import(self):
		odd = FIRST.replace("Glumac", "Glu<b>mac & <x>Co").replace("B/24", "B/24 <y>")
		self.assertEqual(self.imported(odd), {"created": 1})
		self.assertIn("&lt;x&gt;", self.medicine().brand_name)
		self.assertEqual(self.imported(odd), {"unchanged": 1})
		self.assertEqual(self.imported(odd.replace("1200", "1300")), {"updated": 1})
		self.assertEqual(self.imported(odd.replace("1200", "1300")), {"unchanged": 1})

	def test_a_price_beyond_the_column_is_a_rejected_row(self):
		self.assertEqual(
			self.imported(FIRST.replace("1200", "1000000000000"), SECOND), {"created": 1, "rejected": 1}
		)
		self.assertIn("lies below 1000000000000", self.rejected()[0]["reason"])

	def test_files_of_spreadsheets_are_read_in_their_encoding(self):
		for encoding in ("cp1252", "cp850", "utf-8-sig", "utf-16"):
			with self.subTest(encoding):
				self.given(FIRST.replace(",", ";"), header=HEADER.replace(",", ";"), encoding=encoding)
				import_file(self.path)
				self.assertEqual(
					(self.medicine().inn, self.medicine().dosage_form), ("Artéméther", "Comprimé")
				)

	def test_where_rejected_rows_cannot_be_written_nothing_is_imported(self):
		self.path.with_name("register.rejected.csv").mkdir()
		self.given(FIRST)
		self.assertRaisesRegex(InvalidRegisterError, "Nothing was imported", import_file, self.path)
		self.assertFalse(frappe.db.exists("National Medicine", {"registration_number": "TEST-1"}))

	def test_a_wrong_file_is_refused_in_one_sentence_and_writes_nothing(self):
		before = frappe.db.count("National Medicine")
		contents = {
			"is empty": b" \n",
			"nor an XLSX workbook": b"PK\x03\x04\x00workbook",
			"known encoding": (HEADER + "\nété réglementé, protégé").encode("mac_roman"),
			"Accepted headers: registration_number / num_enregistrement": b"colour,size\nred,1\n",
			"quotation mark": (HEADER + '\n"TEST-1' + "x" * 200_000).encode(),
		}
		for said, content in contents.items():
			with self.subTest(said):
				self.path.write_bytes(content)
				self.assertRaisesRegex(InvalidRegisterError, said, import_file, self.path)
		self.path.unlink()
		self.assertRaisesRegex(InvalidRegisterError, "cannot be read", import_file, self.path)
		self.assertEqual(frappe.db.count("National Medicine"), before)

	def test_only_who_may_create_medicines_imports_them(self):
		frappe.set_user(self.pharmacist)
		self.given(FIRST)
		self.assertRaises(frappe.PermissionError, import_file, self.path)

	def test_the_report_names_counts_reasons_and_lines(self):
		self.imported(FIRST.replace("20mg", "0.02"), "TEST-3,,INN,,,,,,", "TEST-4,,INN,,,,,,")
		lines = list(register_report.lines(self.report))
		self.assertEqual(lines[0], "3 rows: 1 created, 0 updated, 0 unchanged, 2 rejected")
		self.assertEqual(lines[1], "  rejected 2 ×: A medicine needs its brand name.")
		self.assertTrue(any("number without a unit" in line and "(lines 2)" in line for line in lines))
		self.assertTrue(lines[-1].endswith("register.rejected.csv"))

	def test_the_real_register_is_imported_once(self):
		if not SAMPLE.exists():
			self.skipTest(f"REAL REGISTER ABSENT, NOT TESTED: {SAMPLE}")
		self.path.write_bytes(SAMPLE.read_bytes())
		first = counts(import_file(self.path))
		self.assertEqual(sum(first.values()), 220)
		self.assertNotIn("rejected", first)
		self.assertEqual(counts(import_file(self.path)), {"unchanged": 220})


def counts(report) -> dict:
	"""The report's counts that are not zero; their sum is the number of rows."""
	found = {name: getattr(report, name) for name in ("created", "updated", "unchanged")}
	found["rejected"] = len(report.rejected)
	assert sum(found.values()) == report.rows
	return {name: count for name, count in found.items() if count}


def user_with(role: str) -> str:
	email = f"{frappe.scrub(role)}@register.example"
	if not frappe.db.exists("User", email):
		user = frappe.get_doc(
			{"doctype": "User", "email": email, "first_name": role, "send_welcome_email": 0}
		)
		user.append("roles", {"role": role})
		user.insert(ignore_permissions=True)
	return email
