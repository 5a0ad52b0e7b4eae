"""ERPNext's other screens that tell stock: production plans, assets, the leader board, put-away, the search for a warehouse."""

import frappe

from healthcare_erp.overrides.whitelisted.query import parsed
from healthcare_erp.overrides.whitelisted.replacing import pass_on, replaces
from healthcare_erp.overrides.whitelisted.stock import scope as stock_scope
from healthcare_erp.overrides.whitelisted.stock.answers import judged, limited

_STOCK_FIGURES = frozenset({"available_stock_qty", "available_stock_value"})

asset_warehouse = replaces(
	"erpnext.assets.doctype.asset_capitalization.asset_capitalization.get_warehouse_details"
)(judged)
asset_items = replaces(
	"erpnext.assets.doctype.asset_capitalization.asset_capitalization.get_consumed_stock_item_details"
)(judged)
plan_bins = replaces("erpnext.manufacturing.doctype.production_plan.production_plan.get_bin_details")(judged)
expired_batches = replaces("erpnext.stock.doctype.stock_entry.stock_entry.get_expired_batch_items")(judged)


@replaces("erpnext.manufacturing.doctype.production_plan.production_plan.get_items_for_material_requests")
def plan_items(own, given):
	"""A plan names its warehouses in the document, and others in rows of their own."""
	rows = parsed(given.get("warehouses")) or []
	stock_scope.check_warehouses(stock_scope.named_in({"plan": parsed(given.get("doc")), "rows": rows}))
	return limited(pass_on(own, given))


@replaces("erpnext.manufacturing.doctype.production_plan.production_plan.download_raw_materials")
def plan_file(own, given):
	"""The file holds whatever warehouse an item has by default."""
	stock_scope.need_all()
	return pass_on(own, given)


@replaces("erpnext.startup.leaderboard.get_all_items")
def leading_items(own, given):
	if given.get("field") in _STOCK_FIGURES:
		stock_scope.need_all()
	return pass_on(own, given)


@replaces("erpnext.stock.doctype.putaway_rule.putaway_rule.get_available_putaway_capacity")
def free_space(own, given):
	stock_scope.check_warehouses([frappe.db.get_value("Putaway Rule", given.rule, "warehouse")])
	return pass_on(own, given)


@replaces("erpnext.controllers.queries.warehouse_query")
def find_warehouses(own, given):
	"""Names of warehouses are for all who search them, what lies in one for those who may see its stock."""
	found = pass_on(own, given)
	if stock_scope.sees_all():
		return found
	outside = set(stock_scope.hidden(row[0] for row in found))
	by_title = bool(frappe.get_meta("Warehouse").show_title_field_in_link)
	return [(row[0], "") if by_title or row[0] in outside else row for row in found]


@replaces("erpnext.stock.doctype.putaway_rule.putaway_rule.apply_putaway_rule")
def put_away(own, given):
	"""The rows say how much room is left in each warehouse that has a rule."""
	stock_scope.check_warehouses(frappe.get_all("Putaway Rule", {"disable": 0}, pluck="warehouse"))
	return pass_on(own, given)


@replaces("erpnext.stock.doctype.stock_entry.stock_entry.validate_sample_quantity")
def check_sample(own, given):
	retention = frappe.db.get_single_value("Stock Settings", "sample_retention_warehouse")
	stock_scope.check_warehouses([retention])
	return pass_on(own, given)


@replaces("erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.update_serial_or_batch")
def add_to_bundle(own, given):
	"""ERPNext saves the bundle for whoever asks."""
	frappe.has_permission("Serial and Batch Bundle", "write", doc=given.bundle_id, throw=True)
	return pass_on(own, given)


@replaces("healthcare.healthcare.doctype.patient_encounter.patient_encounter.get_medications_query")
def find_medications(own, given):
	"""The quantity is that of the item's default warehouse, whosever that is."""
	found = pass_on(own, given)
	if stock_scope.sees_all():
		return found
	return [["" if str(cell).startswith("Qty:") else cell for cell in row] for row in found]
