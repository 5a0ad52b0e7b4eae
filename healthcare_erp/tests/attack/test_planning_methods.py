"""Screens of ERPNext that tell stock beside those of the module Stock: a warehouse elsewhere stays unseen."""

import frappe

from healthcare_erp.core.settings import get_company
from healthcare_erp.tests import factories
from healthcare_erp.tests.attack.asking import StandingWorldCase, ask

METHOD = "/api/method/erpnext."
ASSET = "assets.doctype.asset_capitalization.asset_capitalization."
PLAN = "manufacturing.doctype.production_plan.production_plan."
HELD = 645_123


class TestPlanning(StandingWorldCase):
	@classmethod
	def build(cls):
		cls.mine, cls.lot = factories.stocked(20)
		cls.other = factories.wholesaler()
		entry = factories.stock_entry("Material Receipt", cls.lot, HELD, target=cls.other.warehouse)
		entry.submit()
		cls.item = entry.items[0].item_code
		cls.manager = factories.user("Pharmacy Manager", "Stock User", scope=("Pharmacy", cls.mine.name))
		cls.regulator = factories.user("National Admin", "Stock User")

	def call(self, method: str, user: str | None = None, /, **form):
		return ask(user or self.manager, "POST", METHOD + method, **form)

	def entry_points(self):
		warehouse, company = self.other.warehouse, get_company()
		args = {"item_code": self.item, "warehouse": warehouse, "company": company, "stock_qty": 1}
		args |= {"posting_date": "2099-01-01", "posting_time": "00:00:00"}
		plan = {"company": company, "for_warehouse": warehouse, "po_items": [{"item_code": self.item}]}
		yield f"{ASSET}get_warehouse_details", {"args": args}
		yield f"{ASSET}get_consumed_stock_item_details", {"args": args}
		yield f"{PLAN}get_bin_details", {"row": args, "company": company, "for_warehouse": warehouse}
		yield f"{PLAN}get_items_for_material_requests", {"doc": plan}
		yield f"{PLAN}get_items_for_material_requests", {"doc": {}, "warehouses": [{"warehouse": warehouse}]}
		yield f"{PLAN}download_raw_materials", {"doc": plan}
		yield (
			"startup.leaderboard.get_all_items",
			{"date_range": None, "company": company, "field": "available_stock_qty"},
		)

	def test_warehouse_elsewhere_is_refused(self):
		for method, form in self.entry_points():
			with self.subTest(method=method):
				answer = self.call(method, **form)
				self.assertEqual(
					(answer.status, answer.text.split()[0]), (403, "OutOfScopeError"), answer.text
				)

	def test_rows_of_it_are_left_out(self):
		form = {"row": {"item_code": self.item}, "company": get_company(), "all_warehouse": 1}
		method = f"{PLAN}get_bin_details"
		told = [row["warehouse"] for row in self.call(method, self.regulator, **form).value]
		self.assertIn(self.other.warehouse, told)
		self.assertNotIn(self.other.warehouse, self.call(method, **form).text)

	def test_search_for_a_warehouse_tells_no_quantity_of_it(self):
		filters = [["Bin", "item_code", "=", self.item]]
		form = {"doctype": "Warehouse", "txt": self.other.warehouse, "filters": filters}
		query = "controllers.queries.warehouse_query"
		direct = form | {"searchfield": "name", "start": 0, "page_len": 20}
		searched = form | {"query": f"erpnext.{query}"}
		search = "/api/method/frappe.desk.search.search_link"
		for answer in (self.call(query, **direct), ask(self.manager, "POST", search, **searched)):
			self.assertIn(self.other.warehouse, answer.text)
			self.assertNotIn(str(HELD), answer.text)
		self.assertIn(str(HELD), self.call(query, self.regulator, **direct).text)

	def test_free_space_is_told_of_ones_own_warehouse(self):
		frappe.db.set_value("Item", self.item, "is_stock_item", 1)
		rule = frappe.get_doc(
			{"doctype": "Putaway Rule", "name": factories.hash_(), "item_code": self.item}
			| {"warehouse": self.other.warehouse, "capacity": HELD + 1, "stock_capacity": HELD + 1}
		)
		rule.db_insert()
		method = "stock.doctype.putaway_rule.putaway_rule.get_available_putaway_capacity"
		self.assertEqual(self.call(method, rule=rule.name).status, 403)
		self.assertEqual(self.call(method, self.regulator, rule=rule.name).value, 1)

	def test_bundle_elsewhere_is_not_written(self):
		bundle = frappe.db.get_value("Serial and Batch Bundle", {"warehouse": self.other.warehouse})
		form = {"bundle_id": bundle, "batch_no": self.lot.batch}
		method = "stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.update_serial_or_batch"
		self.assertEqual(self.call(method, **form).status, 403)
