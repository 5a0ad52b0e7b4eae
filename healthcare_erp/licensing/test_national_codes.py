"""National codes: given on the first approval, in order, without gaps, and never changed."""

from functools import partial

import frappe

from healthcare_erp.api import transitions
from healthcare_erp.core import exceptions as errors
from healthcare_erp.patches import national_codes_of_the_approved as patch
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together


class TestNationalCodes(SiteTestCase):
	def setUp(self):
		self.letters = factories.hash_()
		self.province = factories.province()
		self.province.db_set("code", f"BI-{self.letters}")

	def codes(self, doctype: str = "Pharmacy") -> list[str]:
		places = frappe.get_all(
			"Administrative Level",
			{"lft": (">=", self.province.lft), "rgt": ("<=", self.province.reload().rgt)},
			pluck="name",
		)
		filters = {"administrative_level": ("in", places)}
		return frappe.get_all(doctype, filters, pluck="national_code", order_by="national_code")

	def test_each_type_of_a_province_counts_from_one(self):
		commune = factories.commune(self.province).name
		for place in (self.province.name, commune, commune):
			factories.pharmacy(administrative_level=place)
		factories.public_facility(administrative_level=commune)
		self.assertEqual(self.codes(), [f"PH-{self.letters}-{number:04d}" for number in (1, 2, 3)])
		self.assertEqual(self.codes("Public Facility"), [f"PF-{self.letters}-0001"])

	def test_a_facility_that_waits_or_is_rejected_has_none_and_leaves_no_gap(self):
		waiting = factories.pharmacy(approved=False, administrative_level=self.province.name)
		rejected = factories.pharmacy(approved=False, administrative_level=self.province.name)
		rejected.transition("Reject", "no licence")
		self.assertEqual([waiting.reload().national_code, rejected.reload().national_code], [None, None])
		approved = factories.pharmacy(administrative_level=self.province.name)
		self.assertEqual(approved.reload().national_code, f"PH-{self.letters}-0001")

	def test_an_approval_that_is_undone_gives_its_number_back(self):
		frappe.db.savepoint("before_approval")
		factories.pharmacy(administrative_level=self.province.name)
		frappe.db.rollback(save_point="before_approval")
		factories.pharmacy(administrative_level=self.province.name)
		self.assertEqual(self.codes(), [f"PH-{self.letters}-0001"])

	def test_it_stays_when_the_facility_comes_back_moves_and_is_closed(self):
		pharmacy = factories.pharmacy(administrative_level=self.province.name)
		code = pharmacy.reload().national_code
		for action in ("Suspend", "Reinstate"):
			pharmacy.transition(action, "inspected")
		pharmacy.correct({"administrative_level": factories.province().name}, "it moved")
		pharmacy.transition("Suspend", "inspected")
		pharmacy.transition("Declare Illegal", "closed")
		self.assertEqual(pharmacy.reload().national_code, code)

	def test_nobody_writes_it(self):
		for doc in (factories.pharmacy(), factories.public_facility(approved=False)):
			doc.national_code = "PH-XX-0007"
			self.assertRefused(errors.FixedFieldError, doc.save, status=409)

	def test_those_approved_before_there_were_codes_have_theirs_in_the_order_of_approval(self):
		made = [
			factories.pharmacy(approved=False, administrative_level=self.province.name) for _count in range(4)
		]
		first, last, second, waiting = made
		for doc in (first, second, last):
			doc.transition("Approve", "documents complete")
			doc.db_set("national_code", None)
		frappe.db.delete("Series", {"name": ("like", f"%-{self.letters}-")})
		patch.execute()
		patch.execute()
		for number, doc in enumerate((first, second, last), 1):
			self.assertEqual(doc.reload().national_code, f"PH-{self.letters}-{number:04d}")
		self.assertIsNone(waiting.reload().national_code)
		self.assertIn(last.national_code, factories.trail(last)[-1].after)

	def test_approved_at_once_none_has_the_code_of_another_and_none_is_left_out(self):
		other = factories.province().name
		names = [
			factories.pharmacy(approved=False, administrative_level=place).name
			for _count in range(6)
			for place in (self.province.name, other)
		]
		frappe.db.commit()
		approve = partial(transitions.apply, "Pharmacy", action="Approve", reason="documents complete")
		outcomes = together(*(partial(approve, name) for name in names))
		frappe.db.rollback()
		self.assertEqual([outcome for outcome in outcomes if isinstance(outcome, Exception)], [])
		self.assertEqual(self.codes(), [f"PH-{self.letters}-{number:04d}" for number in range(1, 7)])
		self.assertEqual(len(set(frappe.get_all("Pharmacy", {"name": ("in", names)}, pluck="warehouse"))), 12)
