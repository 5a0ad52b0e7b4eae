"""Frappe's side entry points, one by one: what a user with one facility gets from each."""

from unittest.mock import patch

import frappe
from frappe.core.doctype.prepared_report.prepared_report import create_json_gz_file

from healthcare_erp.core import exceptions as errors
from healthcare_erp.overrides.whitelisted import query
from healthcare_erp.tests import factories
from healthcare_erp.tests.attack.asking import StandingWorldCase, ask

METHOD = "/api/method/"
SEARCH = "frappe.desk.search.search_widget"
CHART = "frappe.desk.doctype.dashboard_chart.dashboard_chart.get"
ALWAYS = "quantity` || `tabStock Movement`.`name"
DAILY = {
	"chart_type": "Sum",
	"document_type": "Stock Movement",
	"based_on": "creation",
	"value_based_on": "quantity",
}


class MethodCase(StandingWorldCase):
	"""A manager of a pharmacy with 20 units; another pharmacy has 77,001."""

	@classmethod
	def build(cls):
		cls.mine, cls.lot = factories.stocked(20)
		cls.other, _lot = factories.stocked(77_001)
		cls.row = frappe.db.get_value("Stock Movement", {"warehouse": cls.other.warehouse})
		cls.manager = factories.user("Pharmacy Manager", scope=("Pharmacy", cls.mine.name))
		cls.regulator = factories.user("National Admin")
		cls.citizen = factories.user()
		frappe.db.set_value("User", cls.citizen, "user_type", "Website User")

	def call(self, method: str, user: str | None = None, /, **form):
		return ask(user or self.manager, "POST", METHOD + method, **form)

	def assert_refused(self, answer, status: int = 403, error: str = "OutOfScopeError"):
		self.assertEqual((answer.status, answer.text.split()[0]), (status, error), answer.text)


class TestSearch(MethodCase):
	def test_ledger_is_not_searched_past_the_scope(self):
		form = {"txt": "", "page_length": 100_000, "ignore_user_permissions": 1, "as_dict": 1}
		columns = ["facility", "quantity", "balance_after", "unit_price", "idempotency_key"]
		found = self.call(SEARCH, doctype="Stock Movement", filter_fields=columns, **form).value
		self.assertEqual([(row["facility"], row["quantity"]) for row in found], [(self.mine.name, 20)])

	def test_seller_finds_a_buyer_by_name_place_and_standing_alone(self):
		form = {"doctype": "Pharmacy", "txt": self.other.facility_name, "ignore_user_permissions": 1}
		[found] = self.call(SEARCH, **form, as_dict=1, filter_fields=["warehouse", "gln"]).value
		self.assertEqual((found["name"], found["status"]), (self.other.name, "Approved"))
		self.assertFalse({"warehouse", "gln", "address_line"} & set(found))

	def test_fields_of_strangers_are_not_guessed_by_filters(self):
		form = {"doctype": "Pharmacy", "txt": "", "ignore_user_permissions": 1}
		guess = {"warehouse": ("like", f"%{self.other.name}%")}
		self.assertEqual(self.call(SEARCH, **form, filters=guess).value, [])

	def test_titles_are_told_to_staff_alone(self):
		form = {"doctype": "Pharmacy", "docname": self.other.name}
		title = "frappe.desk.search.get_link_title"
		self.assertEqual(self.call(title, **form).value, self.other.facility_name)
		self.assertEqual(self.call(title, self.citizen, **form).status, 403)

	def test_guarded_method_has_one_name(self):
		quantity = "erpnext.stock.doctype.stock_entry.stock_entry.get_batch_qty"
		self.assert_refused(self.call(quantity, batch_no="x"), 400, "InvalidRequestError")
		self.assert_refused(
			ask(self.manager, "POST", "/api/v2/method/Stock Entry/get_batch_qty"), 400, "InvalidRequestError"
		)
		search = self.call(SEARCH, doctype="x", txt=self.other.warehouse, query=quantity)
		self.assert_refused(search, 400, "InvalidRequestError")
		for entry_point in ("frappe.desk.treeview.get_all_nodes", "frappe.model.mapper.make_mapped_doc"):
			form = {"method": "frappe.client.get_count", "tree_method": "frappe.client.get_count"}
			answer = self.call(
				entry_point, **form, doctype="Stock Movement", label="x", parent="{}", source_name="x"
			)
			self.assert_refused(answer, 400, "InvalidRequestError")


class TestQueries(MethodCase):
	def test_filter_cannot_end_the_permission(self):
		for filters in ([[ALWAYS, "!=", "x"]], [["Stock Movement", ALWAYS, "!=", "x"]], {ALWAYS: "x"}):
			form = {"filters": filters, "fields": ["quantity"]}
			for path in ("/api/resource/Stock Movement", "/api/v2/document/Stock Movement"):
				self.assert_refused(ask(self.manager, "GET", path, **form), 400, "InvalidRequestError")
			grouped = self.call(
				"frappe.desk.listview.get_group_by_count",
				doctype="Stock Movement",
				current_filters=filters,
				field="quantity",
			)
			self.assert_refused(grouped, 400, "InvalidRequestError")

	def test_column_cannot_hold_a_query(self):
		query = "(select max(quantity) from `tabStock Movement`)"
		for field in (f"name+{query} as x", f"greatest(name, {query})"):
			answer = ask(self.manager, "GET", "/api/resource/National Lot", fields=[field])
			self.assert_refused(answer, 400, "InvalidRequestError")
		columns = [f"name`, {query} as `x"]
		answer = self.call(SEARCH, doctype="National Lot", txt="", filter_fields=columns)
		self.assert_refused(answer, 400, "InvalidRequestError")

	def test_name_of_a_table_is_no_query(self):
		named = {
			"fields": ["`tabCredit Union`.`name`", "select"],
			"order_by": "`tabCredit Union`.`idx` desc",
		}
		with patch.object(frappe.db, "exists", return_value=True):  # a DocType of that name
			query.check(named)
		with self.assertRaises(errors.InvalidRequestError):
			query.check(named)

	def test_links_are_not_followed_to_what_one_may_not_see(self):
		followed = {"doctype": "Stock Movement", "fields": ["name", "reversal_of.quantity"]}
		self.assert_refused(self.call("frappe.client.get_list", **followed))
		self.assert_refused(self.call("frappe.desk.reportview.get", **followed))
		self.assert_refused(
			ask(self.manager, "GET", "/api/resource/Stock Movement", fields=followed["fields"])
		)
		self.assertEqual(self.call("frappe.client.get_list", self.regulator, **followed).status, 200)

	def test_count_is_of_what_one_may_see(self):
		count = "frappe.client.get_count"
		for facility, units in ((self.mine, 1), (self.other, 0)):
			form = {"doctype": "Stock Movement", "filters": {"facility": facility.name}}
			self.assertEqual(self.call(count, **form).value, units)
			self.assertEqual(self.call(count, self.regulator, **form).value, 1)
			self.assertEqual(self.call(count, self.citizen, **form).status, 403)

	def test_connections_do_not_count_what_one_may_not_see(self):
		form = {"doctype": "National Lot", "name": self.lot.name, "items": ["Stock Movement"]}
		counted = self.call("frappe.desk.notifications.get_open_count", **form).value
		self.assertEqual(counted["count"]["external_links_found"], [])

	def test_methods_that_look_at_every_row_are_for_those_who_may(self):
		every = {"doctype": "Pharmacy", "filters": "[]", "type": "coordinates"}
		self.assert_refused(self.call("frappe.geo.utils.get_coords", **every))
		states = {"doctype": "Stock Movement", "workflow_state_field": "quantity", "states": ["x"]}
		method = "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count"
		self.assert_refused(self.call(method, **states))
		self.assertEqual(self.call(method, self.regulator, **states).status, 200)

	def test_other_doctypes_answer_as_ever(self):
		form = {"doctype": "Role", "filters": {"name": "Inspector"}}
		self.assertEqual(self.call("frappe.client.get_count", **form).value, 1)
		self.assertEqual(self.call("frappe.client.get_count", self.citizen, **form).value, 1)
		title = {"doctype": "Role", "docname": "Inspector"}
		self.assertEqual(self.call("frappe.desk.search.get_link_title", **title).value, "Inspector")


class TestCharts(MethodCase):
	def test_heatmap_is_for_those_who_see_every_row(self):
		heatmap = DAILY | {"name": "x", "type": "Heatmap", "filters_json": "[]"}
		for user in (self.manager, self.citizen):
			self.assert_refused(self.call(CHART, user, chart=heatmap, no_cache=1))
		self.assertEqual(self.call(CHART, self.regulator, chart=heatmap, no_cache=1).status, 200)

	def test_answer_is_not_kept_for_the_next_user(self):
		chart = factories.make(
			"Dashboard Chart",
			chart_name=f"Chart {factories.hash_()}",
			type="Line",
			timespan="Last Month",
			time_interval="Daily",
			filters_json="[]",
			**DAILY,
		)
		sums = [
			max(self.call(CHART, user, chart_name=chart.name).value["datasets"][0]["values"])
			for user in (self.regulator, self.manager)
		]
		self.assertGreaterEqual(sums[0], 77_021)
		self.assertEqual(sums[1], 20)


class TestRemarks(MethodCase):
	"""The buttons of every form: on a row of the ledger they end in a refusal that has a name."""

	def remarks(self, name: str) -> list:
		one = {"doctype": "Stock Movement", "name": name}
		comment = {"reference_doctype": "Stock Movement", "reference_name": name, "content": "x"}
		return [
			("frappe.desk.like.toggle_like", one | {"add": "Yes"}),
			("frappe.desk.doctype.tag.tag.add_tag", {"dt": "Stock Movement", "dn": name, "tag": "x"}),
			("frappe.desk.form.assign_to.add", one | {"assign_to": [self.manager]}),
			("frappe.share.add", one | {"user": self.citizen, "read": 1}),
			("frappe.desk.form.utils.add_comment", comment | {"comment_email": "x", "comment_by": "x"}),
			("frappe.core.doctype.communication.email.make", one | {"content": "x", "subject": "x"}),
		]

	def test_row_that_one_sees_cannot_be_remarked_on(self):
		mine = frappe.db.get_value("Stock Movement", {"warehouse": self.mine.warehouse})
		for method, form in self.remarks(mine):
			answer = self.call(method, "Administrator", **form)
			with self.subTest(method=method):
				self.assert_refused(answer, 409, "ImmutableRecordError")

	def test_row_outside_the_scope_is_refused_as_such(self):
		for method, form in self.remarks(self.row):
			with self.subTest(method=method):
				self.assertEqual(self.call(method, **form).status, 403)


class TestReports(MethodCase):
	REPORT = "Stock by Facility"

	def prepared(self, owner: str):
		"""A prepared report of a user, with its result."""
		doc = frappe.get_doc({"doctype": "Prepared Report", "report_name": self.REPORT, "filters": "{}"})
		doc.insert(ignore_permissions=True)
		doc.db_set({"owner": owner, "status": "Completed"})
		create_json_gz_file({"columns": [], "result": [[77_001]]}, doc.doctype, doc.name, self.REPORT)
		return doc

	def test_what_was_prepared_for_another_stays_there(self):
		doc = self.prepared(self.regulator)
		frappe.get_doc("User", self.manager).add_roles("Prepared Report User")
		listed = ask(self.manager, "GET", "/api/resource/Prepared Report", filters={"name": doc.name})
		self.assertNotIn(doc.name, listed.text)
		download = "frappe.core.doctype.prepared_report.prepared_report.download_attachment"
		self.assertNotIn("77001", self.call(download, dn=doc.name).text)
		self.assertEqual(self.call("frappe.client.get", doctype=doc.doctype, name=doc.name).status, 403)

	def test_result_of_another_is_not_run_by_its_name_or_user(self):
		doc = self.prepared(self.regulator)
		frappe.db.set_value("Report", self.REPORT, "prepared_report", 1)
		frappe.clear_document_cache("Report", self.REPORT)
		self.addCleanup(frappe.clear_document_cache, "Report", self.REPORT)
		run = {"report_name": self.REPORT}
		named = self.call("frappe.desk.query_report.run", **run, filters={"prepared_report_name": doc.name})
		self.assert_refused(named)
		as_other = self.call("frappe.desk.query_report.run", **run, filters={}, user=self.regulator)
		self.assertNotIn("77001", as_other.text)

	def test_mailed_report_is_run_as_its_user(self):
		mailed = {"report": self.REPORT, "email_to": "x@example.com", "format": "CSV", "frequency": "Daily"}
		mailed |= {"doctype": "Auto Email Report", "filters": "{}", "no_of_rows": 500}
		frappe.get_doc("User", self.manager).add_roles("Report Manager")
		insert = {"doc": mailed | {"user": self.regulator}}
		self.assert_refused(self.call("frappe.client.insert", **insert))
		doc = frappe.get_doc(mailed | {"user": self.manager, "report_type": "Script Report"}).insert()
		content = doc.get_report_content()
		self.assertIn(self.mine.name, content)
		self.assertNotIn(self.other.name, content)
		self.assertEqual(frappe.session.user, "Administrator")
