import frappe

from healthcare_erp.core import exceptions
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestLicenceFeeRate(SiteTestCase):
	def setUp(self):
		frappe.set_user(factories.user_as_administrator("National Admin"))

	def in_force(self):
		rate = factories.licence_fee_rate()
		rate.transition("Put in Force")
		return rate

	def test_is_named_by_kind_and_year(self):
		rate = factories.licence_fee_rate(year=2998)
		self.assertEqual((rate.name, rate.status), ("Retailer-2998", "Draft"))

	def test_a_kind_has_one_rate_a_year(self):
		rate = factories.licence_fee_rate()
		frappe.clear_messages()  # of what was provided for it
		text = self.assertRefused(
			exceptions.DuplicateFeeRateError, factories.licence_fee_rate, year=rate.year, status=409
		)
		self.assertIn(rate.name, text)
		self.assertEqual(len(frappe.get_message_log()), 1)
		factories.licence_fee_rate(kind="Wholesaler", year=rate.year)

	def test_each_kind_of_facility_has_its_rate(self):
		meta = frappe.get_meta("Licence Fee Rate")
		for kind in filter(None, meta.get_options("kind").split("\n")):
			pharmacy = kind in ("Wholesaler", "Retailer")
			facility_type = "Pharmacy" if pharmacy else "Public Facility"
			self.assertTrue(factories.licence_fee_rate(kind=kind, facility_type=facility_type).name)
			with self.assertRaises(exceptions.InvalidFeeRateError):
				other = "Public Facility" if pharmacy else "Pharmacy"
				factories.licence_fee_rate(kind=kind, facility_type=other)

	def test_no_year_and_no_amount_that_cannot_be(self):
		for values in (
			{"year": 226},
			{"year": 20266},
			{"amount": 0},
			{"amount": -1},
			{"amount": "0.0000000001"},
		):
			with self.subTest(values):
				self.assertRefused(
					exceptions.InvalidFeeRateError, factories.licence_fee_rate, status=400, **values
				)

	def test_an_amount_is_at_most_what_the_column_holds(self):
		most = factories.licence_fee_rate(amount="999999999999")
		most.reload()
		self.assertEqual(most.amount, 999_999_999_999)
		for amount in (10**12, "1e30"):
			with self.assertRaises(exceptions.InvalidRequestError):
				factories.licence_fee_rate(amount=amount)

	def test_a_draft_takes_another_amount_and_keeps_its_name(self):
		rate = factories.licence_fee_rate()
		rate.update({"amount": 60_000}).save()
		for field, value in (("year", 2001), ("kind", "Wholesaler"), ("facility_type", "Public Facility")):
			with self.subTest(field):
				doc = frappe.get_doc("Licence Fee Rate", rate.name).update({field: value})
				self.assertRefused(exceptions.FixedFieldError, doc.save, status=409)

	def test_in_force_nothing_of_it_changes(self):
		rate = self.in_force()
		rate.reload()
		rate.update({"amount": "50000.00"}).save()  # the same amount, written otherwise
		for field, value in (("amount", 1), ("year", 2001), ("kind", "Wholesaler")):
			with self.subTest(field):
				doc = frappe.get_doc("Licence Fee Rate", rate.name).update({field: value})
				self.assertRefused(exceptions.FixedFieldError, doc.save, status=409)

	def test_is_withdrawn_with_a_reason_and_the_trail_has_it(self):
		rate = self.in_force()
		self.assertRefused(exceptions.ReasonRequiredError, rate.transition, "Withdraw")
		rate.transition("Withdraw", "A new law")
		actions = [(entry.action, entry.to_status, entry.reason) for entry in factories.trail(rate)]
		self.assertEqual(
			sorted(actions[1:]), [("Put in Force", "In Force", None), ("Withdraw", "Withdrawn", "A new law")]
		)
		self.assertEqual(rate.allowed_transitions(), [])
		self.assertRefused(exceptions.ImmutableRecordError, rate.delete, ignore_permissions=True)

	def test_only_a_national_admin_of_the_whole_country_moves_it(self):
		rate = factories.licence_fee_rate()
		province = ("Administrative Level", factories.province().name)
		frappe.set_user(factories.user_as_administrator("National Admin", scope=province))
		doc = frappe.get_doc("Licence Fee Rate", rate.name)
		self.assertEqual(doc.allowed_transitions(), [])
		self.assertRefused(exceptions.OutOfScopeError, doc.transition, "Put in Force", status=403)
		frappe.set_user(factories.user_as_administrator("Inspector"))
		self.assertRefused(exceptions.TransitionNotPermittedError, doc.transition, "Put in Force", status=403)
