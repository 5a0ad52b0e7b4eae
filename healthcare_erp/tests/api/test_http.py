"""The ledger over HTTP: routes, verbs, statuses and named errors as a client meets them. Commits its fixtures."""

import frappe

from healthcare_erp.tests import factories, web
from healthcare_erp.tests.case import SiteTestCase

RESOURCE = "/api/resource/Stock Movement"
METHOD = "/api/method/healthcare_erp.api."


class TestHttp(SiteTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.holder, cls.lot = factories.stocked(1_000)
		manager = factories.user("Pharmacy Manager", scope=("Pharmacy", cls.holder.name))
		cls.manager = web.login(manager)
		cls.regulator = web.login(factories.user("National Admin"))
		cls.stranger = web.login(factories.user("Pharmacy Manager"))
		frappe.db.commit()

	def sale(self, **values) -> dict:
		return factories.request(self.holder, self.lot.name, "Sale", 1) | values

	def send(self, verb, path, headers=None, **options) -> web.Answer:
		answer = web.request(verb, path, headers or self.manager, **options)
		frappe.db.rollback()
		return answer

	def assert_answer(self, answer, status, error=None) -> None:
		self.assertEqual((answer.status, answer.error), (status, error), answer.body)

	def balance(self) -> int:
		return factories.balance(self.holder, self.lot.name)

	def test_post_method_records_and_answers_with_the_row(self):
		before = self.balance()
		answer = self.send("POST", f"{METHOD}stock.record_movement", json=self.sale(quantity=2))
		self.assert_answer(answer, 200)
		self.assertEqual(answer.body["message"]["balance_after"], before - 2)
		self.assertEqual(self.balance(), before - 2)

	def test_post_as_a_form_records(self):
		before = self.balance()
		self.assert_answer(self.send("POST", f"{METHOD}stock.record_movement", data=self.sale()), 200)
		rows = frappe.as_json([self.sale(), self.sale()])
		self.assert_answer(
			self.send("POST", f"{METHOD}stock.record_movements", data={"movements": rows}), 200
		)
		self.assertEqual(self.balance(), before - 3)

	def test_post_resource_goes_through_the_same_entry_point(self):
		before = self.balance()
		answer = self.send("POST", RESOURCE, json=self.sale(balance_after=5_000))
		self.assert_answer(answer, 200)
		row = factories.movement(answer.body["data"]["name"])
		self.assertEqual((row.balance_after, answer.body["data"]["balance_after"]), (before - 1, before - 1))
		self.assertEqual(row.idempotency_key, answer.body["data"]["idempotency_key"])

	def test_a_bad_row_rolls_the_whole_request_back(self):
		before = self.balance()
		rows = [self.sale(), self.sale(quantity=0)]
		answer = self.send("POST", f"{METHOD}stock.record_movements", json={"movements": rows})
		self.assert_answer(answer, 400, "InvalidQuantityError")
		self.assertEqual(self.balance(), before)

	def test_named_errors_and_statuses(self):
		cases = (
			({"quantity": 5_000}, 409, "InsufficientStockError"),
			({"national_lot": "no lot"}, 404, "UnknownLotError"),
			({"facility": "PHA-0"}, 404, "UnknownFacilityError"),
			({"movement_type": "Gift"}, 400, "UnknownMovementTypeError"),
			({"quantity": "1.5"}, 400, "InvalidQuantityError"),
			({"posting_datetime": "2999-01-01"}, 400, "PostingInFutureError"),
		)
		before = self.balance()
		for values, status, error in cases:
			for path in (RESOURCE, f"{METHOD}stock.record_movement"):
				with self.subTest(path=path, **values):
					self.assert_answer(self.send("POST", path, json=self.sale(**values)), status, error)
		self.assertEqual(self.balance(), before)

	def test_malformed_lists_are_refused(self):
		for movements in ("[", "null", "5", []):
			answer = self.send("POST", f"{METHOD}stock.record_movements", json={"movements": movements})
			self.assert_answer(answer, 400, "InvalidRequestError")

	def test_not_a_number_in_json_is_refused(self):
		body = frappe.as_json(self.sale()).replace('"quantity": 1', '"quantity": 1, "unit_price": NaN')
		headers = self.manager | {"Content-Type": "application/json"}
		answer = self.send("POST", RESOURCE, headers, data=body)
		self.assert_answer(answer, 400, "InvalidPriceError")

	def test_put_and_delete_are_refused(self):
		name = frappe.db.get_value(
			"Stock Movement", {"national_lot": self.lot.name, "movement_type": "Import"}
		)
		for headers in (self.manager, self.regulator):
			for verb in ("PUT", "DELETE"):
				answer = self.send(verb, f"{RESOURCE}/{name}", headers, json={"quantity": 5})
				self.assertIn(answer.status, (403, 409), answer.body)
		self.assertEqual(factories.movement(name).quantity, 1_000)

	def test_writing_by_get_and_reading_by_post_are_refused(self):
		before = self.balance()
		answer = self.send("GET", f"{METHOD}stock.record_movement", query_string=self.sale())
		self.assert_answer(answer, 403, "PermissionError")
		asked = {"facility_type": "Pharmacy", "facility": self.holder.name, "national_lot": self.lot.name}
		answer = self.send("POST", f"{METHOD}stock.get_balance", json=asked)
		self.assert_answer(answer, 403, "PermissionError")
		self.assertEqual(self.balance(), before)

	def test_guests_are_refused(self):
		guest = {"Accept": "application/json"}
		for verb, path in (
			("POST", f"{METHOD}stock.record_movement"),
			("POST", RESOURCE),
			("GET", RESOURCE),
			("GET", f"{METHOD}stock.get_movements"),
			("GET", f"{METHOD}traceability.trace_batch"),
			("POST", f"{METHOD}transitions.apply"),
		):
			with self.subTest(path=path, verb=verb):
				answer = self.send(verb, path, guest, **({"json": self.sale()} if verb == "POST" else {}))
				self.assertEqual(answer.status, 403, answer.body)

	def test_a_stranger_is_out_of_scope(self):
		before = self.balance()
		for path in (RESOURCE, f"{METHOD}stock.record_movement"):
			answer = self.send("POST", path, self.stranger, json=self.sale())
			self.assert_answer(answer, 403, "OutOfScopeError")
		answer = self.send("GET", RESOURCE, self.stranger)
		self.assert_answer(answer, 200)
		self.assertEqual(answer.body["data"], [])
		name = frappe.db.get_value("Stock Movement", {"national_lot": self.lot.name})
		self.assertEqual(self.send("GET", f"{RESOURCE}/{name}", self.stranger).status, 403)
		self.assertEqual(self.balance(), before)

	def test_balance_movements_and_trace_are_read(self):
		asked = {"facility_type": "Pharmacy", "facility": self.holder.name, "national_lot": self.lot.name}
		answer = self.send("GET", f"{METHOD}stock.get_balance", query_string=asked)
		self.assertEqual(answer.body["message"]["balance"], self.balance())
		asked = {"national_lot": self.lot.name, "page_length": "1"}
		page = self.send("GET", f"{METHOD}stock.get_movements", query_string=asked).body["message"]
		self.assertEqual(len(page["movements"]), 1)
		answer = self.send("GET", f"{METHOD}traceability.trace_batch", query_string={"lot": self.lot.name})
		self.assertEqual(answer.body["message"]["totals"]["on_hand"], self.balance())

	def test_status_changed_by_put_needs_its_reason(self):
		answer = self.send(
			"PUT", f"/api/resource/National Lot/{self.lot.name}", self.regulator, json={"status": "Blocked"}
		)
		self.assert_answer(answer, 400, "ReasonRequiredError")
		answer = self.send(
			"PUT", f"/api/resource/National Lot/{self.lot.name}", self.regulator, json={"status": "Gone"}
		)
		self.assert_answer(answer, 400, "InvalidTransitionError")
		self.assertEqual(frappe.db.get_value("National Lot", self.lot.name, "status"), "Active")

	def test_bulk_recall_is_all_or_none(self):
		good, recalled = factories.lot(), factories.lot()
		recalled.transition("Recall", "test")
		frappe.db.commit()
		body = {
			"doctype": "National Lot",
			"names": [good.name, recalled.name],
			"action": "Recall",
			"reason": "test",
		}
		answer = self.send("POST", f"{METHOD}transitions.apply_to_many", self.regulator, json=body)
		self.assert_answer(answer, 400, "InvalidTransitionError")
		self.assertEqual(frappe.db.get_value("National Lot", good.name, "status"), "Active")
		answer = self.send(
			"POST", f"{METHOD}transitions.apply_to_many", self.regulator, json=body | {"names": [good.name]}
		)
		self.assert_answer(answer, 200)
		self.assertEqual(frappe.db.get_value("National Lot", good.name, "status"), "Recalled")

	def test_a_refusal_and_its_words_come_in_the_language_that_is_asked_for(self):
		sale = self.sale(movement_type="Return", direction="Sideways")
		for language, said in (("en", "only In, Out"), ("fr", "seulement Entrée, Sortie")):
			headers = self.manager | {"Accept-Language": language}
			answer = self.send("POST", f"{METHOD}stock.record_movement", headers, json=sale)
			self.assert_answer(answer, 400, "InvalidDirectionError")
			message = frappe.parse_json(frappe.parse_json(answer.body["_server_messages"])[0])
			self.assertIn(said, message["message"])
