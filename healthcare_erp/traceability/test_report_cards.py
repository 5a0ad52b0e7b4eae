"""The cards and messages of reports: true of what is listed, or of what they say they count."""

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate

from healthcare_erp.api import registry
from healthcare_erp.overrides.frappe import boot
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

REPORTS = ("Stock by Facility", "Stock by Province", "Expiring Lots", "Transfers Whose Ends Disagree")


class ReportTestCase(SiteTestCase):
	"""One lot, 70 units of which lie at a wholesaler in the north and 30 at a health centre in the south."""

	def setUp(self):
		self.north, self.south = factories.province(), factories.province()
		self.lot = factories.lot(expires_in=10)
		self.medicine = self.lot.national_medicine
		self.wholesaler = factories.wholesaler(administrative_level=factories.commune(self.north).name)
		self.centre = factories.public_facility(administrative_level=self.south.name)
		factories.record(self.wholesaler, self.lot.name, "Import", 70)
		factories.record(self.centre, self.lot.name, "B2B In", 30)

	def manager(self, pharmacy):
		"""At work as the manager of a pharmacy."""
		return self.set_user(factories.user("Pharmacy Manager", scope=("Pharmacy", pharmacy.name)))

	def answer(self, name: str, **filters) -> dict:
		return run(name, filters=filters, ignore_prepared_report=True)

	def cards(self, name: str, **filters) -> dict[str, str]:
		summary = self.answer(name, **filters)["report_summary"] or []
		return {card["label"]: card["value"] for card in summary}

	def units(self, name: str, **filters) -> list[int]:
		return [row["units"] for row in self.answer(name, **filters)["result"] if isinstance(row, dict)]


class TestExpiringLots(ReportTestCase):
	def expiring(self, **filters) -> dict[str, str]:
		return self.cards("Expiring Lots", national_medicine=self.medicine, **filters)

	def test_expired_units_are_counted_whether_listed_or_not(self):
		factories.age(self.lot, add_days(getdate(), -5))
		for filters in ({}, {"with_expired": 1}, {"within_days": 1}):
			cards = self.expiring(**filters)
			self.assertEqual(cards["Expired Units on Hand"], "100", filters)
		self.assertEqual((self.expiring()["Lots"], self.expiring(with_expired=1)["Lots"]), ("0", "1"))

	def test_units_that_expire_soon_are_counted_whether_listed_or_not(self):
		cards = self.expiring(within_days=5)
		self.assertEqual((cards["Lots"], cards["Units That Expire in 30 Days"]), ("0", "100"))
		self.assertEqual(self.expiring()["Expired Units on Hand"], "0")

	def test_cards_are_of_the_province_and_medicine_that_were_asked_for(self):
		self.assertEqual(self.expiring(province=self.south.name)["Units That Expire in 30 Days"], "30")


class TestStockByFacility(ReportTestCase):
	name = "Stock by Facility"

	def test_the_type_of_facility_alone_is_obeyed(self):
		lot = {"national_lot": self.lot.name}
		self.assertEqual(self.units(self.name, facility_type="Pharmacy", **lot), [70])
		self.assertEqual(self.units(self.name, facility_type="Public Facility", **lot), [30])

	def test_facility_and_province_are_both_obeyed(self):
		place = {"facility_type": "Pharmacy", "facility": self.wholesaler.name}
		self.assertEqual(self.units(self.name, province=self.north.name, **place), [70])
		self.assertEqual(self.units(self.name, province=self.south.name, **place), [])

	def test_with_a_lot_its_medicine_and_status_are_obeyed_too(self):
		lot = {"national_lot": self.lot.name}
		self.assertEqual(self.units(self.name, national_medicine=factories.medicine().name, **lot), [])
		self.assertEqual(self.units(self.name, lot_status=["Recalled"], **lot), [])
		self.assertEqual(self.units(self.name, lot_status=["Active"], **lot), [70, 30])

	def test_a_lot_past_its_date_is_filtered_by_the_status_it_shows(self):
		factories.age(self.lot, add_days(getdate(), -5))
		self.assertEqual(self.units(self.name, national_medicine=self.medicine, lot_status=["Active"]), [])
		expired = self.answer(self.name, national_medicine=self.medicine, lot_status=["Expired"])["result"]
		self.assertEqual({row["status"] for row in expired if isinstance(row, dict)}, {"Expired"})

	def test_cards_count_what_is_not_listed_for_its_length(self):
		from healthcare_erp.traceability.report.stock_by_facility import stock_by_facility

		longest, stock_by_facility.MAX_ROWS = stock_by_facility.MAX_ROWS, 1
		self.addCleanup(setattr, stock_by_facility, "MAX_ROWS", longest)
		answer = self.answer(self.name, national_lot=self.lot.name)
		figures = {card["label"]: card["value"] for card in answer["report_summary"]}
		self.assertEqual(figures, {"Units on Hand": "100", "Facilities": "2", "Lots": "1"})
		self.assertIn("1 largest", answer["message"])


class TestPart(ReportTestCase):
	def test_reports_of_a_part_say_so(self):
		with self.manager(self.wholesaler):
			for name in (*REPORTS, "Movements by Day"):
				self.assertIn(self.wholesaler.name, self.answer(name)["message"], name)
			self.assertEqual(self.cards("Stock by Facility")["Units on Hand"], "70")

	def test_without_a_scope_no_card_shows_a_zero(self):
		with self.set_user(factories.user("Pharmacy Manager")):
			for name in (*REPORTS, "Movements by Day"):
				answer = self.answer(name)
				self.assertEqual((answer["result"], answer.get("chart")), ([], None), name)
				self.assertIn("Ask an administrator", answer["message"], name)
				self.assertFalse(answer["report_summary"], name)

	def test_the_country_is_no_part(self):
		with self.set_user(factories.user("Inspector")):
			for name in REPORTS:
				self.assertNotIn("You see", self.answer(name)["message"] or "")

	def test_desk_knows_the_part_from_the_start(self):
		for roles, scope, seen in (
			(["Pharmacy Manager"], ("Pharmacy", self.wholesaler.name), (False, 1)),
			(["Pharmacy Manager"], None, (False, 0)),
			(["Inspector"], None, (True, 0)),
		):
			info = frappe._dict()
			with self.set_user(factories.user(*roles, scope=scope)):
				boot.tell_desk(info)
			part = info.healthcare_visible_part
			self.assertEqual((part["all"], len(part["granted"])), seen)
		info = frappe._dict()
		with self.set_user(factories.user("Cashier")):
			boot.tell_desk(info)
		self.assertNotIn("healthcare_visible_part", info)


class TestNumberCards(ReportTestCase):
	def test_cards_show_every_digit_and_the_unit_of_what_they_count(self):
		factories.record(self.wholesaler, self.lot.name, "Import", 500_000)
		self.lot.transition("Block", "complaint")
		with self.manager(self.wholesaler):
			card = registry.stopped_units()
			self.assertEqual((card["value"], card["text"]), (500_070, "500,070 units"))
			name = card["route"][1]
			listed = run(name, filters=card["route_options"], ignore_prepared_report=True)["report_summary"]
			self.assertEqual(listed[0]["value"], "500,070")

	def test_without_a_scope_cards_tell_no_zero(self):
		with self.set_user(factories.user("Pharmacy Manager")):
			for card in (registry.stopped_units(), registry.movements_today()):
				self.assertEqual((card["value"], card["text"]), (None, "not visible to you"))
				self.assertIsNone(card["route"])

	def test_lot_stock_says_which_part_it_is_of(self):
		self.assertIsNone(registry.lot_stock(self.lot.name)["scope"]["text"])
		with self.manager(self.wholesaler):
			found = registry.lot_stock(self.lot.name)
			self.assertEqual(found["units"], 70)
			self.assertIn(self.wholesaler.name, found["scope"]["text"])
			self.assertEqual(frappe.get_doc("National Lot", self.lot.name).on_hand, 70)
		with self.set_user(factories.user("Pharmacy Manager")):
			self.assertIsNone(registry.lot_stock(self.lot.name)["units"])
			self.assertIsNone(frappe.get_doc("National Lot", self.lot.name).on_hand)
