"""Requests that Frappe cannot read, over HTTP: a named 400 where it answered 500. Commits its fixtures."""

import json

import frappe

from healthcare_erp.tests import factories, web
from healthcare_erp.tests.case import SiteTestCase

METHOD, LOTS = "/api/method/", "/api/resource/National Lot"


class RequestTestCase(SiteTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.lot = factories.lot()
		cls.headers = web.login("Administrator")
		frappe.db.commit()

	def send(self, verb: str, path: str, body="", **options) -> web.Answer:
		text = body if isinstance(body, str) else json.dumps(body)
		headers = self.headers | {"Content-Type": "application/json"}
		answer = web.request(verb, path, headers, data=text, **options)
		frappe.db.rollback()
		return answer

	def assert_refused(self, answer: web.Answer, says: str = "") -> None:
		self.assertEqual((answer.status, answer.error), (400, "InvalidRequestError"), answer.body)
		self.assertIn(says, answer.body["_server_messages"])


class TestBodies(RequestTestCase):
	def test_a_body_that_is_no_json(self):
		for body in ("{", "[" * 100_000, '{"quantity": ' + "9" * 5_000 + "}"):
			answer = self.send("POST", f"{METHOD}healthcare_erp.api.stock.record_movement", body)
			self.assert_refused(answer, "no JSON")

	def test_a_text_that_no_database_stores(self):
		for body in ({"lot": "\ud800"}, {"lot": "a\x00"}):
			self.assert_refused(
				self.send("POST", f"{METHOD}healthcare_erp.api.registry.lot_stock", body), "lot"
			)
			self.assert_refused(
				self.send("POST", f"{METHOD}frappe.client.get_list", body | {"doctype": "Pharmacy"})
			)

	def test_requests_to_others_are_left_alone(self):
		answer = self.send(
			"POST", f"{METHOD}frappe.client.get_count", {"doctype": "ToDo", "filters": ["a", "b"]}
		)
		self.assertNotEqual(answer.error, "InvalidRequestError")


class TestQuestions(RequestTestCase):
	def test_a_list_whose_filters_fields_or_order_cannot_be_read(self):
		for asked in ({"filters": '["a", "b"]'}, {"filters": "{"}, {"fields": "["}, {"or_filters": "[[]]"}):
			with self.subTest(asked):
				self.assert_refused(self.send("GET", LOTS, query_string=asked))
				body = {"doctype": "National Lot"} | asked
				self.assert_refused(self.send("POST", f"{METHOD}frappe.client.get_list", body))

	def test_a_period_that_is_none(self):
		period = [["posting_datetime", "between", ["2000-01-01 x", "2030-01-01"]]]
		query = {"filters": json.dumps(period)}
		self.assert_refused(self.send("GET", "/api/resource/Stock Movement", query_string=query))

	def test_a_list_that_can_be_read_is_answered(self):
		asked = {
			"filters": json.dumps({"name": self.lot.name}),
			"fields": '["name", "status"]',
			"order_by": "name desc",
		}
		answer = self.send("GET", LOTS, query_string=asked)
		self.assertEqual(
			(answer.status, answer.body["data"]), (200, [{"name": self.lot.name, "status": "Active"}])
		)

	def test_a_map_s_filters(self):
		path = f"{METHOD}healthcare_erp.api.registry.facility_coordinates"
		for filters in (
			["a", "b"],
			[None],
			[["no_such_field", "=", 1]],
			[["status", None, "x"]],
			[["status", "=", {}]],
		):
			self.assert_refused(self.send("POST", path, {"doctype": "Pharmacy", "filters": filters}))
		for filters in ([["status", "=", "Approved"]], [["Pharmacy", "status", "in", ["Approved"]]], "[]"):
			answer = self.send("POST", path, {"doctype": "Pharmacy", "filters": filters})
			self.assertEqual(answer.status, 200, answer.body)


class TestReports(RequestTestCase):
	def run_report(self, report: str, filters) -> web.Answer:
		body = {"report_name": report, "filters": filters}
		return self.send("POST", f"{METHOD}frappe.desk.query_report.run", body)

	def test_a_filter_of_another_kind(self):
		cases = (
			("Movements by Day", {"from_date": "garbage"}),
			("Movements by Day", {"to_date": "9999-12-31"}),
			("Movements by Day", {"to_date": 20260101}),
			("Movements by Day", {"by": ["movement_type"]}),
			("Expiring Lots", {"within_days": 2**31}),
			("Expiring Lots", {"within_days": 10**30}),
			("Expiring Lots", {"within_days": 1e308}),
			("Expiring Lots", {"within_days": "٣"}),
			("Expiring Lots", {"with_expired": "maybe"}),
			("Expiring Lots", {"province": {"a": 1}}),
			("Stock by Facility", {"facility_type": "Pharmacy", "facility": ["descendants of", "x"]}),
			("Stock by Facility", {"lot_status": [{"a": 1}]}),
			("Transfers Whose Ends Disagree", {"from_date": "2026-02-30"}),
			("Transfers Whose Ends Disagree", {"national_medicine": [["a"]]}),
			("Stock by Province", ["x"]),
			("Stock by Province", "{"),
		)
		for report, filters in cases:
			with self.subTest(report=report, filters=filters):
				self.assert_refused(self.run_report(report, filters))

	def test_filters_of_their_kinds_are_answered(self):
		for report, filters in (
			(
				"Movements by Day",
				{"from_date": "2026-01-01", "to_date": "2026-01-31T23:00:00-05:00", "by": "direction"},
			),
			("Expiring Lots", {"within_days": "400", "with_expired": 1, "with_empty": True}),
			("Stock by Facility", {"lot_status": '["Recalled"]', "province": ""}),
			("Stock by Facility", {"lot_status": "Recalled"}),
			("Transfers Whose Ends Disagree", {"national_lot": self.lot.name, "from_date": None}),
			("Stock by Province", None),
		):
			with self.subTest(report=report):
				self.assertEqual(self.run_report(report, filters).status, 200)

	def test_a_report_that_nobody_asked_over_http_says_what_is_wrong(self):
		"""Of one that raises, Frappe thinks that it is slow, and puts it in the background for everybody."""
		report = frappe.get_doc("Report", "Movements by Day")
		_columns, rows, message = report.execute_script_report({"from_date": "garbage"})
		self.assertEqual(rows, [])
		self.assertIn("from_date", message)


class TestDocuments(RequestTestCase):
	def test_a_value_of_another_type_is_refused_through_every_entry_point(self):
		name = factories.pharmacy().name
		frappe.db.commit()
		for field, value in (
			("latitude", "south"),
			("latitude", "1_0"),
			("latitude", [1]),
			("gln", {"a": 1}),
			("facility_name", "\ud800"),
			("address_line", "r" * 70_000),
			("docstatus", 1),
			("idx", "x"),
			("save", "a method"),
			("life_cycle", {"initial": "Approved"}),
		):
			doc = {"doctype": "Pharmacy", "name": name, field: value}
			entry_points = (
				("PUT", f"/api/resource/Pharmacy/{name}", {field: value}),
				("POST", "/api/resource/Pharmacy", {field: value}),
				("POST", f"{METHOD}frappe.client.insert", {"doc": doc}),
				("POST", f"{METHOD}frappe.client.insert_many", {"docs": [doc]}),
			)
			for verb, path, body in entry_points:
				with self.subTest(field=field, path=path):
					self.assert_refused(self.send(verb, path, body))

	def test_a_parameter_of_frappe_s_own_is_no_field_of_a_new_document(self):
		for path in ("/api/resource/Pharmacy", "/api/v2/document/Pharmacy"):
			for name in ("parent_doc", "as_dict"):
				answer = self.send("POST", path, {"facility_name": "A", name: 1})
				self.assertEqual(answer.status, 400)
				self.assertIn(f"A document has no field {name}", str(answer.body))

	def test_a_row_for_a_field_that_holds_none(self):
		place = {"parenttype": "National Medicine", "parent": self.lot.national_medicine}
		for field in ("status", "life_cycle", "nothing"):
			row = {"doctype": "National Medicine Price", "parentfield": field, "authorised_price": 1, **place}
			self.assert_refused(self.send("POST", f"{METHOD}frappe.client.insert", {"doc": row}))

	def test_numbers_of_lots_and_medicines(self):
		medicine = self.lot.national_medicine
		for quantity in ("1e400", "٣", 2**31, "1_0", 1.5):
			lot = {
				"national_medicine": medicine,
				"lot_number": factories.hash_(),
				"expiry_date": "2030-01-01",
			}
			self.assert_refused(self.send("POST", LOTS, lot | {"quantity_imported": quantity}))
		for price in ("NaN", "٣", 10**400, "999999999999.9999999999", 1e300, "1e999"):
			answer = self.send(
				"PUT", f"/api/resource/National Medicine/{medicine}", {"authorised_price": price}
			)
			self.assertEqual(answer.status, 400, answer.body)
			self.assertIn(answer.error, ("InvalidRequestError", "InvalidMedicineError"))

	def test_texts_that_stand_for_numbers_and_numbers_for_texts_are_taken(self):
		number = str(int(factories.hash_(), 36) % 10**8 + 1)
		lot = {
			"national_medicine": self.lot.national_medicine,
			"lot_number": int(number),
			"expiry_date": "2030-01-01",
		}
		answer = self.send("POST", LOTS, lot | {"quantity_imported": "12"})
		self.assertEqual(answer.status, 200, answer.body)
		self.assertEqual(
			(answer.body["data"]["lot_number"], answer.body["data"]["quantity_imported"]), (number, 12)
		)
