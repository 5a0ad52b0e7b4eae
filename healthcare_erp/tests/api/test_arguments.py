"""Arguments of the app's methods: what is missing, of another type or unreadable is refused by name; times have zones."""

from datetime import timedelta, timezone

import frappe
from frappe.utils import add_to_date, now_datetime

from healthcare_erp.api import facilities, registry, stock, trace_export, traceability, transitions
from healthcare_erp.api.parsing import MAX_DEPTH, as_list
from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.settings import site_zone
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

NO_TIMES = ("garbage", "9999-12-31", "0001-01-01", "2026-02-30", "2026-01-01T00:00:00+99:00")
FAR_AWAY = timezone(timedelta(hours=-9))


class TestTimes(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(10)
		self.sold_at = add_to_date(now_datetime(), hours=-1).replace(microsecond=0)
		factories.record(self.holder, self.lot.name, "Sale", 3, posting_datetime=self.sold_at)

	def elsewhere(self, **shift) -> str:
		"""The sale's moment (and a shift) as a clock far away shows it."""
		moment = add_to_date(self.sold_at, **shift).replace(tzinfo=site_zone())
		return moment.astimezone(FAR_AWAY).isoformat()

	def dispensed(self, as_of: str) -> int:
		return traceability.get_full_trace(self.lot.name, as_of=as_of)["totals"]["dispensed"]

	def test_a_trace_as_of_a_moment_with_an_offset_knows_the_moment(self):
		self.assertEqual(self.dispensed(self.elsewhere(minutes=1)), 3)
		self.assertEqual(self.dispensed(self.elsewhere(minutes=-1)), 0)

	def test_movements_from_and_to_moments_with_an_offset(self):
		def found(**times) -> int:
			movements = stock.get_movements(national_lot=self.lot.name, movement_type="Sale", **times)[
				"movements"
			]
			return len(movements)

		before, after = self.elsewhere(minutes=-1), self.elsewhere(minutes=1)
		self.assertEqual(found(from_datetime=before, to_datetime=after), 1)
		self.assertEqual((found(from_datetime=after), found(to_datetime=before)), (0, 0))

	def test_what_is_no_time_is_refused_by_every_method(self):
		lot = self.lot.name
		calls = {
			"as_of": (traceability.get_full_trace, trace_export.download_csv, trace_export.download_pdf),
			"from_datetime": (stock.get_movements,),
			"to_datetime": (stock.get_movements,),
		}
		for field, methods in calls.items():
			for method in methods:
				named = {} if method is stock.get_movements else {"lot": lot}
				for value in NO_TIMES:
					with self.subTest(field=field, method=method.__name__, value=value):
						said = self.assertRefused(
							errors.InvalidRequestError, method, **named, **{field: value}, status=400
						)
						self.assertIn(field, said)


class TestArguments(SiteTestCase):
	def refused(self, field: str, method, **arguments) -> None:
		said = self.assertRefused(errors.InvalidRequestError, method, **arguments, status=400)
		self.assertIn(field, said)

	def test_a_missing_argument_is_named(self):
		self.refused("movement_type", stock.record_movement)
		self.refused("national_lot", stock.get_balance, facility_type="Pharmacy", facility="PHA-0")
		self.refused("lot", traceability.trace_batch)
		self.refused("action", transitions.apply, doctype="Pharmacy", name="PHA-0")

	def test_an_argument_of_another_type_is_named(self):
		for value in (["x"], {"a": 1}, None, 5):
			self.refused("lot", traceability.trace_batch, lot=value)
		self.refused("page_length", stock.get_movements, page_length="many")
		self.refused("purpose", facilities.add_warehouse, facility_type="Pharmacy", facility="x", purpose=[])

	def test_a_text_that_no_database_stores_is_named(self):
		for value in ("\ud800", "a\x00b"):
			self.refused("lot", traceability.trace_batch, lot=value)
			self.refused("movements", stock.record_movements, movements=[{"facility": value}])
			self.refused("JSON", stock.record_movements, movements=frappe.as_json([{value: 1}]))

	def test_what_is_nested_too_deep_is_refused(self):
		for text in ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "[" * 100_000):
			self.assertRefused(errors.InvalidRequestError, as_list, text, status=400)

	def test_types_are_still_converted(self):
		page = stock.get_movements(page_length="1")
		self.assertLessEqual(len(page["movements"]), 1)
		self.assertEqual(registry.active_lots(filters="[]")["route"], ["List", "National Lot"])
