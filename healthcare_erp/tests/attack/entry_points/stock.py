"""ERPNext's answers and reports about stock, and the app's own methods as they stand in the code."""

import ast
from collections.abc import Iterator

import frappe

from healthcare_erp.core.settings import get_company
from healthcare_erp.tests.attack.entry_points.generic import METHOD, EntryPoint, method
from healthcare_erp.tests.contracts import app_source as app

STOCK = "erpnext.stock."
BUNDLE = f"{STOCK}doctype.serial_and_batch_bundle.serial_and_batch_bundle."
COUNT = f"{STOCK}doctype.stock_reconciliation.stock_reconciliation."
DETAILS = f"{STOCK}get_item_details."
BATCH = f"{STOCK}doctype.batch.batch."
TODAY = {"posting_date": "2099-01-01", "posting_time": "00:00:00"}


def erpnext(world) -> Iterator[EntryPoint]:
	"""Each is asked for the warehouse elsewhere, for the group it is in, and for none."""
	warehouse = world.elsewhere.warehouse
	for where in (warehouse, world.group_elsewhere(), ""):
		yield from _answers(world, where)
	yield from _reports(world)
	# a guarded method that another one calls by its name, or that is reached through another module
	asked = {"doctype": world.lot.batch, "txt": warehouse, "searchfield": world.item}
	for name in (f"{BATCH}get_batch_qty", "erpnext.stock.doctype.stock_entry.stock_entry.get_batch_qty"):
		yield method("frappe.desk.search.search_widget", **asked, query=name)
		yield method(
			"frappe.desk.treeview.get_all_nodes",
			doctype=world.lot.batch,
			label="",
			parent=warehouse,
			tree_method=name,
		)
		yield method("frappe.model.mapper.make_mapped_doc", method=name, source_name=world.lot.batch)
		yield method(
			"frappe.model.mapper.map_docs", method=name, source_names=[world.lot.batch], target_doc=warehouse
		)
	yield method("erpnext.stock.doctype.stock_entry.stock_entry.get_batch_qty", batch_no=world.lot.batch)


def _answers(world, warehouse: str) -> Iterator[EntryPoint]:
	item, batch = world.item, world.lot.batch
	of_item = {"item_code": item, "warehouse": warehouse}
	of_batch = of_item | {"batch_no": batch}
	args = of_batch | {"company": get_company(), "doctype": "Stock Entry", "qty": 1} | TODAY
	yield method(f"{BATCH}get_batch_qty", **of_batch)
	yield method(f"{BATCH}get_batch_qty", batch_no=batch)
	yield method(f"{BATCH}get_batches_by_oldest", **of_item)
	yield method(f"{BATCH}get_pos_reserved_batch_qty", filters=of_batch)
	yield method(f"{STOCK}utils.get_stock_balance", **of_item, **TODAY)
	yield method(f"{STOCK}utils.get_latest_stock_qty", **of_item)
	yield method(f"{DETAILS}get_bin_details", **of_item, company=get_company(), include_child_warehouses=1)
	yield method(f"{DETAILS}get_projected_qty", **of_item)
	yield method(f"{DETAILS}get_batch_qty", **of_batch)
	yield method(f"{DETAILS}get_item_details", args=args)
	yield method(f"{STOCK}doctype.stock_entry.stock_entry.get_warehouse_details", args=args)
	yield method(f"{COUNT}get_items", **of_item, **TODAY, company=get_company())
	yield method(f"{COUNT}get_stock_balance_for", **of_batch, **TODAY)
	yield method(f"{BUNDLE}get_auto_data", **of_batch, has_batch_no=1, qty=9_999_999)
	yield method(f"{BUNDLE}get_serial_batch_ledgers", item_code=item, voucher_no=world.entry.name)
	yield method(
		f"{STOCK}doctype.quick_stock_balance.quick_stock_balance.get_stock_item_details",
		item=item,
		**of_item,
		date="2099-01-01",
	)
	yield method(f"{STOCK}dashboard.item_dashboard.get_data", **of_item)
	yield method(f"{STOCK}dashboard.warehouse_capacity_dashboard.get_data", **of_item)
	yield method("erpnext.accounts.doctype.pos_invoice.pos_invoice.get_stock_availability", **of_item)
	search = {"doctype": "Batch", "txt": "", "searchfield": "name", "start": 0, "page_len": 20}
	yield method("erpnext.controllers.queries.get_batch_no", **search, filters=of_item)
	yield method(
		"frappe.desk.search.search_link",
		doctype="Batch",
		txt="",
		query="erpnext.controllers.queries.get_batch_no",
		filters=of_item,
	)


def _reports(world) -> Iterator[EntryPoint]:
	dates = {"from_date": "2020-01-01", "to_date": "2099-01-01", "range": "Yearly", "company": get_company()}
	names = (
		"Available Batch Report",
		"Batch-Wise Balance History",
		"Item Price Stock",
		"Itemwise Recommended Reorder Level",
		"Stock Ageing",
		"Stock Balance",
		"Stock Ledger",
		"Stock Projected Qty",
		"Total Stock Summary",
		"Warehouse Wise Stock Balance",
		"Warehouse wise Item Balance Age and Value",
	)
	for name in names:
		for warehouse in (world.elsewhere.warehouse, world.group_elsewhere(), ""):
			filters = dates | {
				"warehouse": warehouse,
				"item_code": world.item,
				"show_warehouse_wise_stock": 1,
			}
			asked = {"report_name": name, "filters": filters, "ignore_prepared_report": "true"}
			yield method("frappe.desk.query_report.run", **asked)
			yield method(
				"frappe.desk.query_report.export_query", **asked, file_format_type="CSV", visible_idx=[]
			)


def own_methods(world) -> Iterator[EntryPoint]:
	"""The app's methods, found in the code, asked for what belongs elsewhere."""
	given = _arguments(world)
	for path in app.python_files():
		for function in ast.walk(app.tree(path)):
			if not _is_whitelisted(function):
				continue
			dotted = ".".join([app.APP, *path.relative_to(app.PACKAGE).with_suffix("").parts, function.name])
			verb = frappe.allowed_http_methods_for_whitelisted_func[frappe.get_attr(dotted)][0]
			names = [argument.arg for argument in function.args.args]
			form = {name: given[name] for name in names if name in given}
			yield EntryPoint(dotted, verb, METHOD + dotted, form)
			if "facility" in form:
				yield EntryPoint(
					dotted, verb, METHOD + dotted, form | {"facility": f"Pharmacy:{form['facility']}"}
				)


def _is_whitelisted(function) -> bool:
	decorators = getattr(function, "decorator_list", ())
	return any(ast.unparse(decorator).startswith("frappe.whitelist(") for decorator in decorators)


def _arguments(world) -> dict:
	place, lot = world.elsewhere, world.lot
	movement = {
		"facility_type": place.doctype,
		"facility": place.name,
		"national_lot": lot.name,
		"movement_type": "Sale",
		"quantity": 1,
	}
	return movement | {
		"action": "Suspend",
		"administrative_level": place.administrative_level,
		"batch_no": lot.batch,
		"doctype": place.doctype,
		"filters": "[]",
		"item_code": world.item,
		"level_name": "Attacked",
		"lot": lot.name,
		"medicine": lot.national_medicine,
		"movements": [movement],
		"name": place.name,
		"names": [place.name],
		"national_medicine": lot.national_medicine,
		"parent": place.administrative_level,
		"purpose": "Quarantine",
		"qty": 1,
		"reason": "attack",
		"warehouse": place.warehouse,
	}
