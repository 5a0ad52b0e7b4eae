"""Corrections: the one way to change a fixed field, by the regulator, with a reason, both values kept."""

import json
from contextlib import contextmanager

import frappe
from frappe.utils import add_days, getdate

from healthcare_erp import tasks
from healthcare_erp.api.corrections import correct
from healthcare_erp.core import exceptions as errors
from healthcare_erp.domain.fixed_fields import FIXED, correctable
from healthcare_erp.domain.vocabulary import LotStatus
from healthcare_erp.medicine_registry import items
from healthcare_erp.tests import factories, web
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together
from healthcare_erp.tests.fixed_fields.case import FixedFieldsCase, gln
from healthcare_erp.traceability.export import QUERIES
from healthcare_erp.traceability.verification import verify as verification

REASON = "the importer's declaration was misread"


@contextmanager
def acting(user: str):
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user("Administrator")


def trail(doc) -> list[tuple]:
	"""(before, after, reason, who) of a document's corrections, oldest first."""
	return [
		(json.loads(entry.before), json.loads(entry.after), entry.reason, entry.actor)
		for entry in factories.trail(doc)
		if entry.action == "Correct"
	]


class CorrectionTestCase(SiteTestCase):
	def setUp(self):
		self.admin = factories.user("National Admin")

	def correct(self, doc, reason: str | None = REASON, **values) -> list[dict]:
		with acting(self.admin):
			return correct(doc.doctype, doc.name, values, reason)["changes"]

	def refused(self, error, doc, http_status: int | None, reason: str | None = REASON, **values) -> str:
		"""The refusal's text; the document and its trail are as before."""
		before = frappe.get_doc(doc.doctype, doc.name).as_dict()
		frappe.db.savepoint("before_correction")
		text = self.assertRefused(error, lambda: self.correct(doc, reason, **values), status=http_status)
		frappe.db.rollback(save_point="before_correction")
		after = frappe.get_doc(doc.doctype, doc.name).as_dict()
		self.assertEqual(frappe.as_json(after), frappe.as_json(before))
		self.assertFalse(trail(doc))
		return text


class TestCorrection(CorrectionTestCase):
	def test_both_values_the_reason_and_the_person_are_kept(self):
		lot = factories.lot(quantity_imported=1500)
		changes = self.correct(lot, quantity_imported="15000")
		self.assertEqual(changes, [{"field": "quantity_imported", "before": "1500", "after": "15000"}])
		self.assertEqual(lot.reload().quantity_imported, 15_000)
		self.assertEqual(
			trail(lot), [({"quantity_imported": 1500}, {"quantity_imported": 15000}, REASON, self.admin)]
		)

	def test_a_recalled_lot_is_corrected_too_and_keeps_its_reason(self):
		lot = factories.lot()
		lot.transition("Recall", "glass in the vials")
		self.correct(lot, quantity_imported=9)
		lot.reload()
		self.assertEqual((lot.status, lot.status_reason), ("Recalled", "glass in the vials"))

	def test_fields_that_belong_together_are_corrected_at_once(self):
		lot = factories.lot(importer=factories.wholesaler().name)
		store = factories.public_facility(public_facility_type="Central Store")
		self.correct(lot, importer_type="Public Facility", importer=store.name)
		lot.reload()
		self.assertEqual((lot.importer_type, lot.importer), ("Public Facility", store.name))
		[(before, after, *_why)] = trail(lot)
		self.assertEqual((set(before), set(after)), ({"importer_type", "importer"},) * 2)

	def test_the_batch_follows_its_lots_dates(self):
		lot = factories.lot(manufacture_date=add_days(getdate(), -90))
		made, expires = add_days(getdate(), -60), add_days(getdate(), 700)
		self.correct(lot, manufacture_date=str(made), expiry_date=str(expires))
		dates = frappe.db.get_value("Batch", lot.batch, ["manufacturing_date", "expiry_date"])
		self.assertEqual(dates, (made, expires))

	def test_the_warehouses_follow_their_facility(self):
		old, new = factories.province(), factories.province()
		pharmacy = factories.pharmacy(administrative_level=factories.commune(old).name)
		place = factories.commune(new).name
		self.correct(pharmacy, administrative_level=place)
		warehouse = frappe.get_doc("Warehouse", pharmacy.reload().warehouse)
		group = frappe.get_doc("Warehouse", warehouse.parent_warehouse)
		self.assertEqual((warehouse.administrative_level, group.administrative_level), (place, new.name))

	def test_the_lots_follow_their_medicine(self):
		lot = factories.lot()
		medicine = frappe.get_doc("National Medicine", lot.national_medicine)
		key = medicine.registry_key
		self.correct(medicine, strength="250 mg")
		self.assertNotEqual(medicine.reload().registry_key, key)
		self.assertEqual(lot.reload().medicine_title, medicine.medicine_title)
		self.assertIn("250 mg", lot.medicine_title)

	def test_the_item_in_erpnext_bears_the_corrected_texts_but_not_where_somebody_wrote_others(self):
		item = frappe.get_doc("Item", items.ensure_item(factories.medicine(strength="1 g").name))
		medicine = frappe.get_doc("National Medicine", {"item": item.name})
		self.correct(medicine, strength="250 mg")
		item.reload()
		self.assertEqual(item.item_name, medicine.reload().medicine_title)
		self.assertIn("250 mg", item.description)
		frappe.db.set_value("Item", item.name, "description", "As on our price list")
		self.correct(medicine, strength="500 mg")
		item.reload()
		self.assertIn("500 mg", item.item_name)
		self.assertEqual(item.description, "As on our price list")

	def test_a_lot_that_expired_by_a_wrong_date_is_in_trade_again(self):
		holder, lot = factories.stocked(5)
		factories.age(lot, add_days(getdate(), -3))
		tasks.expire_lots()
		self.correct(lot, expiry_date=str(add_days(getdate(), 300)))
		self.assertEqual(lot.reload().status, "Active")
		self.assertFalse(frappe.db.get_value("Batch", lot.batch, "disabled"))
		factories.record(holder, lot.name, "Sale", 1)

	def test_each_correctable_field_is_corrected(self):
		"""With values of other documents of the same kind."""
		twins = {
			"Pharmacy": (factories.pharmacy, {"pharmacy_type": "Wholesaler"}),
			"Public Facility": (factories.public_facility, {"public_facility_type": "Dispensary"}),
			"National Lot": (factories.lot, {"quantity_imported": 7}),
			"National Medicine": (
				factories.medicine,
				{"strength": "1 g", "pack": "B/7", "dosage_form": "Gel"},
			),
		}
		self.assertEqual(set(twins), {doctype for doctype in FIXED if correctable(doctype)})
		for doctype, (make, values) in twins.items():
			doc = make()
			for field, value in (values | self.new_values(doctype)).items():
				with self.subTest(doctype=doctype, field=field):
					[change] = self.correct(doc, **{field: value})
					self.assertEqual((change["field"], change["after"]), (field, str(value)))
					self.assertEqual(str(doc.reload().get(field)), str(value))

	def new_values(self, doctype: str) -> dict:
		if doctype == "National Medicine":
			return {"registration_number": factories.hash_()}
		if doctype == "National Lot":
			made, expires = add_days(getdate(), -9), add_days(getdate(), 99)
			return {
				"manufacture_date": str(made),
				"expiry_date": str(expires),
				"importer": factories.wholesaler().name,
			}
		customer = factories.make("Customer", customer_name=factories.hash_()).name
		supplier = factories.make("Supplier", supplier_name=factories.hash_()).name
		place = factories.province().name
		return {"gln": gln(), "customer": customer, "supplier": supplier, "administrative_level": place}

	def test_corrections_are_no_changes_of_status(self):
		"""The trail of statuses, which late reports are judged by, knows nothing of them."""
		holder, lot = factories.stocked(5)
		self.correct(lot, quantity_imported=2_000_000)
		lot.reload().transition("Block", "suspected")
		yesterday = add_days(frappe.utils.now_datetime(), -1)
		self.assertRefused(
			errors.LotNotTradableError, factories.record, holder, lot.name, "Sale", 1, status=409
		)
		factories.record(holder, lot.name, "Sale", 1, posting_datetime=yesterday)
		statuses = [row[-2] for row in frappe.db.sql(QUERIES["lot_events"]) if row[0] == lot.name]
		self.assertEqual(statuses, [LotStatus.BLOCKED])
		self.assertIn("ok", verification.verify())


class TestRefusals(CorrectionTestCase):
	def setUp(self):
		super().setUp()
		self.lot = factories.lot(quantity_imported=1500)

	def test_other_roles_correct_nothing(self):
		for role in ("Inspector", "Analyst", "Pharmacy Manager", "System Manager"):
			self.admin = factories.user_as_administrator(role)
			expected = errors.CorrectionNotPermittedError if role == "Inspector" else frappe.PermissionError
			with self.subTest(role):
				self.refused(expected, self.lot, 403, quantity_imported=9)

	def test_a_national_admin_with_a_scope_corrects_nothing(self):
		pharmacy = factories.pharmacy()
		for scope in (("Administrative Level", pharmacy.administrative_level), ("Pharmacy", pharmacy.name)):
			self.admin = factories.user("National Admin", scope=scope)
			with self.subTest(scope):
				self.refused(errors.CorrectionNotPermittedError, self.lot, 403, quantity_imported=9)
				self.refused(
					errors.CorrectionNotPermittedError,
					pharmacy,
					403,
					administrative_level=factories.province().name,
				)

	def test_a_reason_is_given(self):
		for reason in (None, "", "  "):
			self.refused(errors.ReasonRequiredError, self.lot, 400, reason, quantity_imported=9)
		self.refused(errors.InvalidRequestError, self.lot, 400, "x" * 70_000, quantity_imported=9)

	def test_what_is_fixed_for_good_is_not_corrected(self):
		for field in ("batch", "status", "status_reason", "lot_number", "medicine_status", "owner", "flags"):
			with self.subTest(field):
				text = self.refused(
					errors.FixedFieldError, self.lot, 409, **{field: "x", "quantity_imported": 9}
				)
				self.assertIn(field, text)
		self.refused(errors.FixedFieldError, factories.pharmacy(), 409, warehouse="x")

	def test_values_pass_the_documents_own_checks(self):
		for values in (
			{"quantity_imported": "1e400"},
			{"quantity_imported": -1},
			{"quantity_imported": 2**31},
			{"expiry_date": "31/12/2030"},
			{"importer": ["PHA-1"]},
		):
			with self.subTest(values):
				self.refused(errors.InvalidRequestError, self.lot, 400, **values)
		self.refused(errors.InvalidLotError, self.lot, 400, manufacture_date=str(add_days(getdate(), 1)))
		self.refused(errors.InvalidLotError, self.lot, 400, expiry_date=None)
		self.refused(frappe.LinkValidationError, self.lot, None, importer="PHA-NONE")
		self.refused(errors.InvalidFacilityError, factories.pharmacy(), 400, gln="123")

	def test_a_medicine_does_not_become_another(self):
		first, second = factories.medicine(strength="1 g"), factories.medicine(strength="2 g")
		self.correct(second, registration_number=first.registration_number)
		self.assertRefused(errors.InvalidMedicineError, self.correct, second, strength="1 g", status=400)

	def test_what_changes_nothing_is_no_correction(self):
		self.refused(errors.InvalidRequestError, self.lot, 400, quantity_imported=1500)
		self.refused(errors.InvalidRequestError, self.lot, 400)

	def test_other_documents_have_nothing_to_correct(self):
		for doctype in ("User", "Batch", "Stock Movement", "Audit Entry", "Administrative Level", "None"):
			with self.subTest(doctype):
				self.assertRefused(
					errors.InvalidRequestError, correct, doctype, "x", {"a": 1}, REASON, status=400
				)

	def test_the_form_offers_what_its_user_may_correct(self):
		for role, offered in (("National Admin", correctable("National Lot")), ("Inspector", [])):
			with acting(factories.user_as_administrator(role)):
				doc = frappe.get_doc("National Lot", self.lot.name)
				doc.onload()
				self.assertEqual(doc.get_onload("correctable"), offered)


class TestAtOnce(FixedFieldsCase):
	def test_of_two_at_once_the_second_sees_what_the_first_left(self):
		lot = factories.lot(quantity_imported=1500)
		frappe.db.commit()
		values = (1600, 1700)
		calls = [
			lambda value=value: correct(lot.doctype, lot.name, {"quantity_imported": value}, REASON)
			for value in values
		]
		outcomes = together(*calls)
		frappe.db.rollback()
		self.assertEqual([type(outcome) for outcome in outcomes], [dict, dict])
		(first_before, first_after, *_), (second_before, second_after, *_) = trail(lot)
		self.assertEqual((first_before, first_after), ({"quantity_imported": 1500}, second_before))
		self.assertEqual({*first_after.values(), *second_after.values()}, {1600, 1700})
		self.assertEqual({"quantity_imported": lot.reload().quantity_imported}, second_after)

	def test_over_the_web(self):
		lot = factories.lot(quantity_imported=1500)
		headers = {role: web.login(factories.user(role)) for role in ("National Admin", "Inspector")}
		frappe.db.commit()
		path = "/api/method/healthcare_erp.api.corrections.correct"
		sent = {
			"doctype": lot.doctype,
			"name": lot.name,
			"values": {"quantity_imported": 9},
			"reason": REASON,
		}
		answer = web.request("POST", path, headers["Inspector"], json=sent)
		self.assertEqual((answer.status, answer.error), (403, "CorrectionNotPermittedError"))
		answer = web.request("POST", path, headers["National Admin"], json=sent | {"values": "[1]"})
		self.assertEqual((answer.status, answer.error), (400, "InvalidRequestError"))
		answer = web.request("POST", path, headers["National Admin"], json=sent | {"name": "NONE"})
		self.assertEqual(answer.status, 404)
		answer = web.request("POST", path, headers["National Admin"], json=sent)
		self.assertEqual((answer.status, answer.body["message"]["changes"][0]["before"]), (200, "1500"))
