"""Columns of a client's own making: a query hidden in one is refused at every list, the Desk's own pass."""

import frappe

from healthcare_erp.tests import factories
from healthcare_erp.tests.attack.asking import StandingWorldCase, ask

METHOD = "/api/method/"
SECRET = "max(quantity) from `tabStock Movement`"
HIDDEN = tuple(
	f"greatest(idx,({text})) as x"
	for text in (
		f"/*!50000select*/ {SECRET}",
		f"/*M!50000select*/ {SECRET}",
		f"/*!100100select*/ {SECRET}",
		"values(5)",
		"table `tabDefaultValue`",
	)
)
CONDITION = "name is not null or 1"


class TestColumns(StandingWorldCase):
	@classmethod
	def build(cls):
		cls.mine, cls.lot = factories.stocked(20)
		cls.manager = factories.user("Pharmacy Manager", scope=("Pharmacy", cls.mine.name))

	def lists(self, **form):
		"""A list of lots over each route that takes columns."""
		for path in ("resource", "v1/resource", "v2/document"):
			yield ask(self.manager, "GET", f"/api/{path}/National Lot", **form)
		for method in ("client.get_list", "desk.reportview.get", "desk.reportview.get_list"):
			yield ask(self.manager, "POST", f"{METHOD}frappe.{method}", doctype="National Lot", **form)

	def assert_unreadable(self, answer):
		self.assertEqual((answer.status, answer.text.split()[0]), (400, "InvalidRequestError"), answer.text)

	def test_query_in_a_comment_is_no_column(self):
		for text in HIDDEN:
			for argument in ({"fields": [text]}, {"fields": ["name"], "order_by": text[:-5]}):
				for answer in self.lists(**argument):
					with self.subTest(argument=argument):
						self.assert_unreadable(answer)

	def test_nor_is_it_a_value_a_group_or_the_field_of_a_calendar(self):
		lot = {"doctype": "National Lot"}
		for text in HIDDEN:
			for name, form in (
				("client.get_value", lot | {"fieldname": [text], "filters": {"name": ("is", "set")}}),
				("client.get_value", lot | {"fieldname": {text: "x"}}),
				("client.get_list", lot | {"fields": ["name"], "group_by": text[:-5]}),
				("client.get_list", lot | {"filters": [text, "name"], "fields": ["name"]}),
				(
					"desk.calendar.get_events",
					lot | {"start": "2020-01-01", "end": "2020-01-01", "field_map": {"start": text}},
				),
				("desk.form.utils.get_next", lot | {"value": self.lot.name, "prev": 0, "sort_field": text}),
			):
				with self.subTest(method=name, text=text):
					self.assert_unreadable(ask(self.manager, "POST", f"{METHOD}frappe.{name}", **form))

	def test_nor_is_it_in_a_card_or_a_chart(self):
		for text in HIDDEN:
			card = {"document_type": "National Lot", "function": "Sum", "aggregate_function_based_on": text}
			chart = {
				"document_type": "National Lot",
				"chart_type": "Sum",
				"based_on": text,
				"filters_json": "[]",
			}
			for name, form in (
				("number_card.number_card.get_result", {"doc": card, "filters": []}),
				(
					"number_card.number_card.get_percentage_difference",
					{"doc": card, "filters": [], "result": 1},
				),
				("dashboard_chart.dashboard_chart.get", {"chart": chart}),
				(
					"dashboard_chart.dashboard_chart.get",
					{"chart": chart | {"based_on": "creation", "value_based_on": text}},
				),
			):
				with self.subTest(method=name, text=text):
					self.assert_unreadable(
						ask(self.manager, "POST", f"{METHOD}frappe.desk.doctype.{name}", **form)
					)

	def test_nor_is_it_in_the_saved_columns_of_a_report(self):
		column = {"fieldname": HIDDEN[0], "doctype": "National Lot", "link_field": "lot"}
		report = factories.make(
			"Report",
			report_name=f"Columns {factories.hash_()}",
			report_type="Custom Report",
			reference_report="Stock by Facility",
			ref_doctype="Stock Movement",
			is_standard="No",
			json=frappe.as_json({"columns": [column], "filters": {}}),
		)
		run = {"report_name": report.name, "filters": {}}
		self.assert_unreadable(ask(self.manager, "POST", f"{METHOD}frappe.desk.query_report.run", **run))

	def test_filter_is_no_bare_condition(self):
		grouped = {"doctype": "Stock Movement", "current_filters": [CONDITION], "field": "facility"}
		answer = ask(self.manager, "POST", f"{METHOD}frappe.desk.listview.get_group_by_count", **grouped)
		self.assert_unreadable(answer)

	def test_columns_of_the_desk_are_answered(self):
		view = {
			"doctype": "National Lot",
			"fields": ["`tabNational Lot`.`name`", "`tabNational Lot`.`_user_tags`"],
			"order_by": "`tabNational Lot`.`modified` desc",
			"filters": [],
		}
		grouped = view | {
			"fields": ["`tabNational Lot`.`status`"],
			"group_by": "`tabNational Lot`.`status`",
			"aggregate_function": "count",
			"aggregate_on_field": "name",
			"aggregate_on_doctype": "National Lot",
			"order_by": "_aggregate_column desc",
		}
		counted = {
			"doctype": "National Lot",
			"fields": ["count(name) as total"],
			"filters": {"name": self.lot.name},
		}
		for name, form in (
			("desk.reportview.get", view),
			("desk.reportview.get_list", view),
			("desk.reportview.get", grouped),
			("desk.reportview.get_count", {"doctype": "National Lot", "fields": [], "distinct": "false"}),
			("client.get_list", counted),
		):
			with self.subTest(method=name):
				self.assertEqual(ask(self.manager, "POST", f"{METHOD}frappe.{name}", **form).status, 200)

	def test_words_that_are_no_columns_are_left_alone(self):
		filters = {"group_by": "Group by Voucher (Consolidated)", "based_on": "Item Group"}
		form = {"report_name": "Stock by Facility", "filters": filters}
		self.assertEqual(
			ask(self.manager, "POST", f"{METHOD}frappe.desk.query_report.run", **form).status, 200
		)
