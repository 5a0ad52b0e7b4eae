# Copyright (c) 2026, healthcare_erp maintainers and Contributors
# See license.txt

import frappe
from frappe.model.rename_doc import rename_doc
from frappe.utils import getdate
from pymysql.err import IntegrityError

from healthcare_erp.core import exceptions as errors
from healthcare_erp.patches import medicine_status_of_lots
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

GTIN = "08901234567890"


class TestCodes(SiteTestCase):
	def test_atc_code_of_each_level_is_taken(self):
		for code in ("J", "J01", "J01C", "J01CA", "J01CA04", " j01ca04 ", "", None):
			expected = (code or "").strip().upper() or None
			self.assertEqual(factories.medicine(atc_code=code).atc_code, expected)

	def test_what_is_no_atc_code_is_refused(self):
		for code in ("E01", "J0", "J1", "J01CA0", "J01CA044", "JJ1", "01J", "J01-CA04"):
			with self.subTest(code):
				self.assertRefused(errors.InvalidMedicineError, factories.medicine, atc_code=code, status=400)

	def test_gtin_is_stored_with_fourteen_digits(self):
		self.assertEqual(factories.medicine(gtin="8901234567890").gtin, GTIN)

	def test_gtin_with_a_wrong_check_digit_is_refused(self):
		for gtin in ("8901234567891", "123", "gtin", "00000000000000"):
			self.assertRefused(errors.InvalidMedicineError, factories.medicine, gtin=gtin, status=400)

	def test_gtin_is_of_one_medicine(self):
		factories.medicine(gtin=GTIN)
		self.assertRefused(frappe.UniqueValidationError, factories.medicine, gtin=GTIN[1:])

	def test_same_registration_strength_form_and_pack_is_the_same_medicine(self):
		first = factories.medicine(registration_number="R 1", strength="500 mg", pack="B/100")
		said = self.assertRefused(
			errors.InvalidMedicineError,
			factories.medicine,
			registration_number="r1",
			strength="500MG",
			pack="b/100",
		)
		self.assertIn(first.name, said)
		factories.medicine(registration_number="R 1", strength="250 mg", pack="B/100")

	def test_registry_key_is_unique_in_the_database(self):
		doc = factories.medicine()
		row = frappe.db.get_value(doc.doctype, doc.name, "*", as_dict=True) | {"name": factories.hash_()}
		with self.assertRaises(IntegrityError):
			frappe.db.bulk_insert(doc.doctype, fields=list(row), values=[tuple(row.values())])


class TestPrice(SiteTestCase):
	def setUp(self):
		self.medicine = factories.medicine(authorised_price=100)

	def prices(self) -> list[tuple]:
		rows = frappe.get_doc("National Medicine", self.medicine.name).prices
		return [(row.authorised_price, row.changed_by) for row in rows]

	def change(self, user: str, **values):
		frappe.set_user(user)
		doc = frappe.get_doc("National Medicine", self.medicine.name).update(values)
		try:
			doc.save()
		finally:
			frappe.set_user("Administrator")

	def test_each_change_is_kept_with_who_and_when(self):
		admin = factories.user("National Admin")
		for price in (120, 120, 90.5):
			self.change(admin, authorised_price=price)
		self.assertEqual(self.prices(), [(100, "Administrator"), (120, admin), (90.5, admin)])
		last = frappe.get_doc("National Medicine", self.medicine.name).prices[-1]
		self.assertEqual(last.effective_from.date(), getdate())

	def test_history_cannot_be_forged_or_dropped(self):
		admin = factories.user("National Admin")
		forged = [{"authorised_price": 1, "changed_by": "Guest", "effective_from": "2001-01-01"}]
		for prices in (forged, []):
			self.change(admin, prices=prices)
			self.assertEqual(self.prices(), [(100, "Administrator")])
		self.change(admin, prices=forged, authorised_price=110)
		self.assertEqual(self.prices(), [(100, "Administrator"), (110, admin)])

	def test_history_of_a_new_medicine_cannot_be_forged(self):
		forged = [{"authorised_price": 1, "changed_by": "Guest", "effective_from": "2001-01-01"}]
		doc = factories.medicine(prices=forged, authorised_price=0)
		self.assertEqual(frappe.get_doc(doc.doctype, doc.name).prices, [])

	def test_nobody_else_changes_the_price(self):
		for role in ("Inspector", "Analyst", "Pharmacy Manager"):
			with self.subTest(role):
				self.assertRefused(
					frappe.PermissionError, self.change, factories.user(role), authorised_price=1, status=403
				)

	def test_the_role_is_asked_also_where_permissions_are_not(self):
		frappe.set_user(factories.user("Inspector"))
		doc = frappe.get_doc("National Medicine", self.medicine.name)
		doc.authorised_price = 1
		self.assertRefused(errors.PriceChangeNotPermittedError, doc.save, ignore_permissions=True, status=403)

	def test_negative_price_is_refused(self):
		self.assertRefused(errors.InvalidMedicineError, factories.medicine, authorised_price=-1, status=400)

	def test_price_that_the_column_cannot_hold_is_refused_by_name(self):
		said = self.assertRefused(errors.InvalidMedicineError, factories.medicine, authorised_price=1e12)
		self.assertIn("1000000000000", said)
		self.assertEqual(
			factories.medicine(authorised_price=999_999_999_999).authorised_price, 999_999_999_999
		)


class TestLifeCycle(SiteTestCase):
	def test_blocking_and_authorizing_need_a_reason_and_leave_their_entries(self):
		medicine = factories.medicine()
		self.assertRefused(errors.ReasonRequiredError, medicine.transition, "Block", status=400)
		medicine.transition("Block", "withdrawn")
		medicine.transition("Authorize", "cleared")
		reasons = [entry.reason for entry in factories.trail(medicine)]
		self.assertEqual(reasons, [None, "withdrawn", "cleared"])

	def test_lots_bear_the_status_of_their_medicine(self):
		medicine, other = factories.medicine(), factories.lot()
		lot = factories.lot(medicine.name)
		for action, status in (("Block", "Blocked"), ("Authorize", "Authorized"), ("Block", "Blocked")):
			medicine.reload().transition(action, "test")
			self.assertEqual(lot.reload().medicine_status, status)
		self.assertEqual(other.reload().medicine_status, "Authorized")

	def test_nobody_else_writes_the_status_of_the_medicine_into_a_lot(self):
		lot = factories.lot()
		frappe.get_doc("National Medicine", lot.national_medicine).transition("Block", "test")
		lot.reload().medicine_status = "Authorized"
		lot.save()
		self.assertEqual(lot.reload().medicine_status, "Blocked")

	def test_lots_of_before_get_the_status_of_their_medicine(self):
		lot = factories.lot()
		frappe.db.set_value("National Medicine", lot.national_medicine, "status", "Blocked")
		medicine_status_of_lots.execute()
		self.assertEqual(lot.reload().medicine_status, "Blocked")

	def test_medicine_is_never_deleted_or_renamed(self):
		medicine = factories.medicine()
		self.assertRefused(
			errors.ImmutableRecordError, frappe.delete_doc, medicine.doctype, medicine.name, status=409
		)
		self.assertRefused(
			errors.ImmutableRecordError,
			rename_doc,
			medicine.doctype,
			medicine.name,
			"OTHER",
			show_alert=False,
		)

	def test_a_duplicate_made_in_desk_starts_its_own_life(self):
		first = factories.medicine()
		factories.lot(first.name)
		first.reload().transition("Block", "test")
		copy = frappe.copy_doc(first, ignore_no_copy=False)
		copy.registration_number = factories.hash_()
		copy.insert()
		self.assertEqual((copy.status, copy.item), ("Authorized", None))
