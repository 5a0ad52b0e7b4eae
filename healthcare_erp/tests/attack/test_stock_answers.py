"""ERPNext's stock: of a facility's warehouse only to those whose scope holds it; of any other as ERPNext decides."""

import frappe

from healthcare_erp.core.exceptions import OutOfScopeError
from healthcare_erp.core.settings import get_company
from healthcare_erp.tests import factories
from healthcare_erp.tests.attack.asking import StandingWorldCase, ask

BATCH = "erpnext.stock.doctype.batch.batch."
BIN = "erpnext.stock.get_item_details.get_bin_details"
RUN = "frappe.desk.query_report.run"
VALUE = "erpnext.stock.dashboard_chart_source.warehouse_wise_stock_value.warehouse_wise_stock_value"
TODAY = {"posting_date": "2099-01-01", "posting_time": "00:00:00"}


class StockCase(StandingWorldCase):
	"""5 units of a lot in the manager's pharmacy, 71 in another, 300 in a warehouse of no facility."""

	@classmethod
	def build(cls):
		cls.lot = factories.lot()
		cls.mine, cls.other = factories.wholesaler(), factories.wholesaler()
		cls.store = factories.make("Warehouse", warehouse_name=factories.hash_(), company=get_company()).name
		cls.item = cls.receive(5, cls.mine.warehouse).items[0].item_code
		cls.entry = cls.receive(71, cls.other.warehouse)
		cls.receive(300, cls.store)
		cls.manager = factories.user("Pharmacy Manager", "Stock User", scope=("Pharmacy", cls.mine.name))
		cls.storekeeper = factories.user("Stock User", "Stock Manager")
		cls.auditor = factories.user("Auditor", "Stock User")

	@classmethod
	def receive(cls, quantity: int, warehouse: str):
		entry = factories.stock_entry("Material Receipt", cls.lot, quantity, target=warehouse)
		entry.submit()
		return entry

	def call(self, user: str, method: str, /, **form):
		return ask(user, "POST", f"/api/method/{method}", **form)

	def report(self, user: str, name: str, warehouse: str | None = None):
		filters = {
			"company": get_company(),
			"from_date": "2020-01-01",
			"to_date": "2099-01-01",
			"warehouse": warehouse,
		}
		if name == "Stock Ageing":
			filters["range"] = "30, 60, 90"
		return self.call(
			user,
			RUN,
			report_name=name,
			filters=filters,
			ignore_prepared_report="true",
		)


class TestAnswers(StockCase):
	def test_batch_is_counted_where_one_may_see_it(self):
		where = {
			self.manager: {self.mine.warehouse: 5.0, self.store: 300.0},
			self.storekeeper: {self.store: 300.0},
			self.auditor: {self.mine.warehouse: 5.0, self.other.warehouse: 71.0, self.store: 300.0},
		}
		for user, expected in where.items():
			rows = self.call(user, f"{BATCH}get_batch_qty", batch_no=self.lot.batch).value
			self.assertEqual({row["warehouse"]: row["qty"] for row in rows}, expected)

	def test_warehouse_of_another_facility_is_refused(self):
		of_item = {"item_code": self.item, "warehouse": self.other.warehouse}
		asked = {
			f"{BATCH}get_batch_qty": of_item | {"batch_no": self.lot.batch},
			"erpnext.stock.utils.get_stock_balance": of_item,
			"erpnext.stock.utils.get_latest_stock_qty": of_item,
			BIN: of_item,
			"erpnext.stock.doctype.stock_entry.stock_entry.get_warehouse_details": {"args": of_item | TODAY},
			"erpnext.accounts.doctype.pos_invoice.pos_invoice.get_stock_availability": of_item,
		}
		for method, form in asked.items():
			with self.subTest(method=method):
				for user in (self.manager, self.storekeeper):
					self.assertEqual(self.call(user, method, **form).status, 403)
				self.assertIn("71", self.call(self.auditor, method, **form).text)

	def test_group_holds_the_warehouses_below_it(self):
		group = frappe.db.get_value("Warehouse", self.other.warehouse, "parent_warehouse")
		form = {"item_code": self.item, "warehouse": group, "include_child_warehouses": 1}
		self.assertEqual(self.call(self.manager, BIN, **form).status, 403)

	def test_sum_of_all_warehouses_is_for_those_who_see_them_all(self):
		latest = "erpnext.stock.utils.get_latest_stock_qty"
		self.assertEqual(self.call(self.manager, latest, item_code=self.item).status, 403)
		self.assertEqual(self.call(self.auditor, latest, item_code=self.item).value, 376)
		form = {"item_code": self.item, "warehouse": self.store, "company": get_company()}
		self.assertEqual(self.call(self.storekeeper, BIN, **form).value["actual_qty"], 300)
		self.assertIsNone(self.call(self.storekeeper, BIN, **form).value["company_total_stock"])
		self.assertEqual(self.call(self.auditor, BIN, **form).value["company_total_stock"], 376)

	def test_batches_are_found_without_the_units_of_others(self):
		form = {"doctype": "Batch", "txt": "", "query": "erpnext.controllers.queries.get_batch_no"}
		of_item = {"item_code": self.item}
		found = self.call(self.manager, "frappe.desk.search.search_link", **form, filters=of_item)
		self.assertIn(self.lot.batch, found.text)
		self.assertNotIn("376", found.text)
		mine = of_item | {"warehouse": self.mine.warehouse}
		found = self.call(self.manager, "frappe.desk.search.search_link", **form, filters=mine)
		self.assertIn("5.0", found.text)


class TestDocuments(StockCase):
	def warehouses(self, user: str, doctype: str, field: str = "warehouse", **options) -> set[str]:
		frappe.set_user(user)
		rows = frappe.get_list(doctype, filters={"item_code": self.item}, pluck=field, **options)
		frappe.set_user("Administrator")
		return set(rows)

	def test_rows_of_stock_are_those_of_the_scope(self):
		mine, store, other = self.mine.warehouse, self.store, self.other.warehouse
		of_entries = {"parent_doctype": "Stock Entry"}
		for user, expected in (
			(self.manager, {mine, store}),
			(self.storekeeper, {store}),
			(self.auditor, {mine, store, other}),
		):
			with self.subTest(user=frappe.get_roles(user)):
				for doctype in ("Bin", "Stock Ledger Entry", "Serial and Batch Bundle"):
					self.assertEqual(self.warehouses(user, doctype), expected)
				found = self.warehouses(user, "Stock Entry Detail", "t_warehouse", **of_entries)
				self.assertEqual(found, expected)

	def test_voucher_of_another_facility_is_neither_read_nor_saved(self):
		name = self.entry.name
		for user, status in ((self.manager, 403), (self.storekeeper, 403), (self.auditor, 200)):
			self.assertEqual(ask(user, "GET", f"/api/resource/Stock Entry/{name}").status, status)
			row = f"/api/resource/Stock Entry Detail/{self.entry.items[0].name}"
			self.assertEqual(ask(user, "GET", row).status, status)
			printed = {"doc": "Stock Entry Detail", "name": self.entry.items[0].name}
			self.assertEqual(
				self.call(user, "frappe.www.printview.get_html_and_style", **printed).status, status
			)
			listed = ask(user, "GET", "/api/resource/Stock Entry", filters={"name": name})
			self.assertEqual(name in listed.text, status == 200)
		changed = ask(self.storekeeper, "PUT", f"/api/resource/Stock Entry/{name}", remarks="x")
		self.assertEqual(changed.status, 403)

	def test_draft_for_the_warehouse_of_another_facility_is_not_begun(self):
		"""It could be neither read again nor submitted."""
		for warehouse, status in ((self.other.warehouse, 403), (self.store, 200)):
			entry = factories.stock_entry("Material Receipt", self.lot, 1, target=warehouse)
			draft = entry.as_dict(no_default_fields=True) | {"doctype": "Stock Entry"}
			answer = self.call(self.storekeeper, "frappe.client.insert", doc=frappe.as_json(draft))
			self.assertEqual(answer.status, status, answer.text)

	def test_transfer_is_read_at_both_ends(self):
		there = factories.stock_entry(
			"Material Transfer", self.lot, 1, source=self.other.warehouse, target=self.mine.warehouse
		)
		self.assertTrue(frappe.has_permission("Stock Entry", doc=there, user=self.manager))
		frappe.set_user(self.manager)
		self.assertIn(there.name, frappe.get_list("Stock Entry", pluck="name"))


class TestReports(StockCase):
	def rows(self, user: str, name: str) -> dict:
		"""The warehouses that a report told of without being asked for one -> their units."""
		answer = self.report(user, name).value
		self.assertFalse(answer["add_total_row"])
		self.assertIsNone(answer["chart"])
		units = ("bal_qty", "actual_qty")
		return {row["warehouse"]: next(row[key] for key in units if key in row) for row in answer["result"]}

	def test_reports_on_stock_keep_to_a_warehouse_of_the_scope(self):
		for name in ("Stock Ledger", "Stock Balance", "Stock Projected Qty"):
			with self.subTest(report=name):
				self.assertEqual(self.report(self.manager, name, self.other.warehouse).status, 403)
				self.assertEqual(self.report(self.manager, name, self.mine.warehouse).status, 200)
				self.assertEqual(self.report(self.auditor, name).status, 200)

	def test_report_opens_with_the_rows_of_the_scope(self):
		for name in ("Stock Ledger", "Stock Balance", "Stock Projected Qty"):
			with self.subTest(report=name):
				found = self.rows(self.manager, name)
				self.assertEqual((found[self.mine.warehouse], found[self.store]), (5, 300))
				self.assertNotIn(self.other.warehouse, found)
				self.assertFalse(
					{self.mine.warehouse, self.other.warehouse} & set(self.rows(self.storekeeper, name))
				)

	def test_report_that_adds_warehouses_up_opens_empty_and_says_why(self):
		for name in ("Stock Ageing", "Stock Analytics", "Available Batch Report"):
			answer = self.report(self.manager, name).value
			with self.subTest(report=name):
				self.assertEqual(answer["result"], [])
				self.assertIn("choose a warehouse", answer["message"])
		self.assertTrue(self.report(self.auditor, "Stock Ageing").value["result"])

	def test_sums_over_warehouses_are_not_told_by_filters_or_columns(self):
		run = {"report_name": "Stock Ledger", "ignore_prepared_report": "true"}
		filters = {"company": get_company(), "from_date": "2020-01-01", "to_date": "2099-01-01"}
		of_batch = self.call(self.manager, RUN, **run, filters=filters | {"batch_no": self.lot.batch})
		self.assertEqual(of_batch.value["result"], [])
		column = {"fieldname": "warehouse-Item", "doctype": "Item", "insert_after_index": 1}
		column |= {"id": "warehouse", "link_field": {"fieldname": "item_code", "names": []}}
		added = self.call(self.manager, RUN, **run, filters=filters, custom_columns=[column])
		self.assertNotIn("71", str(added.value["result"]))
		exported = "frappe.desk.query_report.export_query"
		form = run | {"file_format_type": "CSV", "visible_idx": [], "filters": filters}
		self.assertEqual(self.call(self.manager, exported, **form).status, 403)

	def test_custom_report_is_judged_by_its_own_filters(self):
		saved = {"filters": {"warehouse": self.other.warehouse, "company": get_company()}, "columns": []}
		saved["filters"] |= {"from_date": "2020-01-01", "to_date": "2099-01-01"}
		custom = factories.make(
			"Report",
			report_name=f"Mine {factories.hash_()}",
			report_type="Custom Report",
			reference_report="Stock Ledger",
			ref_doctype="Stock Ledger Entry",
			is_standard="No",
			json=frappe.as_json(saved),
		)
		self.assertEqual(self.report(self.manager, custom.name, self.mine.warehouse).status, 403)

	def test_report_of_a_company_without_facilities_is_erpnexts_own(self):
		company = factories.make(
			"Company", company_name=f"Stores {factories.hash_()}", default_currency="XAF", country="Gabon"
		).name
		filters = {"company": company, "from_date": "2020-01-01", "to_date": "2099-01-01"}
		for name in ("Stock Ageing", "Warehouse Wise Stock Balance"):
			form = {"report_name": name, "filters": filters | {"range": "30, 60, 90"}}
			self.assertEqual(self.call(self.storekeeper, RUN, **form).status, 200)

	def test_report_without_stock_is_erpnexts_own(self):
		self.assertEqual(self.report(self.storekeeper, "Item Prices").status, 200)

	def test_mailed_report_on_stock_keeps_to_the_scope(self):
		mailed = {"doctype": "Auto Email Report", "report": "Stock Projected Qty", "user": self.manager}
		mailed |= {"email_to": "x@example.com", "format": "CSV", "frequency": "Daily", "no_of_rows": 500}
		doc = frappe.get_doc(mailed | {"filters": "{}", "report_type": "Script Report"}).insert()
		self.assertRefused(OutOfScopeError, doc.run_method, "get_report_content", status=403)

	def test_report_that_knows_no_warehouse_is_refused(self):
		refused = self.report(self.manager, "Warehouse Wise Stock Balance", self.mine.warehouse)
		self.assertEqual(refused.status, 403)
		self.assertIn("cannot be limited", refused.text)


class TestWorkspace(StockCase):
	def test_chart_of_stock_value_opens_with_the_warehouses_of_the_scope(self):
		frappe.db.set_value(
			"Bin", {"warehouse": self.other.warehouse}, "stock_value", 1e9
		)  # it shows the ten largest
		chart = f"{VALUE}.get"
		seen = {
			user: set(self.call(user, chart, filters={"company": get_company()}).value["labels"])
			for user in (self.auditor, self.storekeeper, self.manager)
		}
		self.assertIn(self.other.warehouse, seen[self.auditor])
		self.assertNotIn(self.other.warehouse, seen[self.storekeeper] | seen[self.manager])
