"""Texts and times of movements at the ledger's way in: what could harm a reader or a trace later is refused by name."""

from frappe.utils import add_days, add_to_date, getdate, now_datetime

from healthcare_erp.api import stock
from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

SCRIPT = "<svg onload=alert(1)>"


class TestTexts(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(10)

	def sale(self, **values) -> dict:
		return factories.request(self.holder, self.lot.name, "Sale", 1) | values

	def record(self, **values):
		[result] = stock.record_movements([self.sale(**values)])
		return factories.movement(result.name)

	def refused(self, error, **values):
		return self.assertRefused(error, self.record, status=400, **values)

	def test_markup_is_stored_in_no_text_of_the_ledger(self):
		for field in ("reference_doctype", "reference_name", "idempotency_key", "late_reason"):
			for text in (SCRIPT, "a\x00b", "a\x1b[2J", "\ud800"):
				with self.subTest(field=field, text=ascii(text)):
					self.refused(
						errors.InvalidRequestError, **{"reference_doctype": "B2B Order", field: text}
					)
		self.refused(
			errors.InvalidRequestError, reference_doctype='" onmouseover="alert(1)', reference_name="X"
		)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 10)

	def test_a_plain_name_is_taken_whether_or_not_it_is_a_document(self):
		row = self.record(reference_doctype="B2B Order", reference_name="BL-2026/03:17#4_a.b")
		self.assertEqual((row.reference_doctype, row.reference_name), ("B2B Order", "BL-2026/03:17#4_a.b"))

	def test_the_name_of_a_document_that_exists_is_taken_as_it_is(self):
		customer = factories.make("Customer", customer_name=f"Dépôt & Fils {factories.hash_()}").name
		self.assertEqual(
			self.record(reference_doctype="Customer", reference_name=customer).reference_name, customer
		)
		other = {"reference_doctype": "Customer", "reference_name": f"{customer} 2"}
		self.refused(errors.InvalidRequestError, **other)
		self.refused(errors.InvalidRequestError, reference_doctype="No Such Type", reference_name=customer)
		self.refused(errors.InvalidRequestError, reference_doctype="System Settings", reference_name="a b")

	def test_keys_of_existing_clients_are_taken(self):
		for key in ("3f2b6c1e-7f0b-4bb5-9d0f-2f1b8b6a0c11", "a:b", "till-3/2026-03-01/000123", "o'hara"):
			key += factories.hash_()
			self.assertEqual(self.record(idempotency_key=key).idempotency_key, key)

	def test_lists_in_a_refusal_are_escaped(self):
		said = self.assertRefused(
			errors.InvalidDirectionError,
			errors.throw,
			"direction_missing",
			movement_type="Sale",
			allowed=[SCRIPT],
		)
		self.assertNotIn("<svg", said)


class TestTimes(SiteTestCase):
	def setUp(self):
		self.holder, self.lot = factories.stocked(10)

	def import_at(self, moment, **values) -> None:
		lot = factories.lot(**values)
		factories.record(self.holder, lot.name, "Import", 5, posting_datetime=moment)

	def test_nothing_moves_before_its_lot_was_made(self):
		made = add_days(getdate(), -10)
		late = add_to_date(now_datetime(), days=-11)
		said = self.assertRefused(
			errors.InvalidPostingTimeError, self.import_at, str(late), manufacture_date=made, status=400
		)
		self.assertIn(str(made), said)
		self.import_at(f"{made} 00:00:00", manufacture_date=made)

	def test_nothing_moves_before_the_first_day(self):
		for moment in (
			"0001-01-01",
			"0999-01-01",
			"1969-12-31",
			"1989-12-31 23:59:59",
			"0001-01-01T00:00:00-12:00",
		):
			self.assertRefused(errors.InvalidPostingTimeError, self.import_at, moment, status=400)
		self.import_at("1990-01-01")

	def test_a_number_is_read_in_ascii_and_within_bounds(self):
		for quantity in ("1_0", "٣", "1e400", "9" * 1_000_000, [1], {"a": 1}):
			request = factories.request(self.holder, self.lot.name, "Sale", quantity)
			said = self.assertRefused(
				errors.InvalidQuantityError, stock.record_movements, [request], status=400
			)
			self.assertLess(len(said), 300)
		for price in ("1_0", "٣", "1e400", 10**400, "999999999999.9999999999", "9" * 1_000_000, [1]):
			request = factories.request(self.holder, self.lot.name, "Sale", 1, unit_price=price)
			said = self.assertRefused(errors.InvalidPriceError, stock.record_movements, [request], status=400)
			self.assertLess(len(said), 300)
