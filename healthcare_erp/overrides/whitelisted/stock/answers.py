"""ERPNext's answers about stock, which ask for no permission at all."""

import inspect

import frappe

from healthcare_erp.overrides.whitelisted.replacing import pass_on, replaces
from healthcare_erp.overrides.whitelisted.stock import scope as stock_scope

# The sum over a company's warehouses, which comes with one warehouse's quantities
_TOTAL = "company_total_stock"


def judged(own, given):
	"""A warehouse that is named is inside the scope, and rows of others are left out."""
	stock_scope.check_warehouses(stock_scope.named_in(given))
	return limited(pass_on(own, given))


def _one_warehouse(own, given):
	"""The answer does not say of which warehouse it is: one inside the scope is named, or all are visible."""
	if not stock_scope.named_in(given):
		stock_scope.need_all()
	return judged(own, given)


def limited(answer):
	if isinstance(answer, dict):
		stock_scope.check_warehouses([answer.get("warehouse")])
		return _without_total(answer)
	rows = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
	outside = set(stock_scope.hidden(row.get("warehouse") for row in rows))
	return [row for row in answer if row.get("warehouse") not in outside] if outside else answer


def _without_total(answer: dict) -> dict:
	if _TOTAL in answer and not stock_scope.sees_all():
		answer[_TOTAL] = None
	return answer


batch_quantity = replaces("erpnext.stock.doctype.batch.batch.get_batch_qty")(judged)
oldest_batches = replaces("erpnext.stock.doctype.batch.batch.get_batches_by_oldest")(_one_warehouse)
reserved_batches = replaces("erpnext.stock.doctype.batch.batch.get_pos_reserved_batch_qty")(_one_warehouse)
balance = replaces("erpnext.stock.utils.get_stock_balance")(_one_warehouse)
latest_quantity = replaces("erpnext.stock.utils.get_latest_stock_qty")(_one_warehouse)
incoming_rate = replaces("erpnext.stock.utils.get_incoming_rate")(judged)
item_details = replaces("erpnext.stock.get_item_details.get_item_details")(judged)
bin_details = replaces("erpnext.stock.get_item_details.get_bin_details")(judged)
projected = replaces("erpnext.stock.get_item_details.get_projected_qty")(_one_warehouse)
batch_of_item = replaces("erpnext.stock.get_item_details.get_batch_qty")(_one_warehouse)
valuation = replaces("erpnext.stock.get_item_details.get_valuation_rate")(judged)
serial_numbers = replaces("erpnext.stock.get_item_details.get_serial_no")(judged)
entry_warehouse = replaces("erpnext.stock.doctype.stock_entry.stock_entry.get_warehouse_details")(judged)
count_items = replaces("erpnext.stock.doctype.stock_reconciliation.stock_reconciliation.get_items")(
	_one_warehouse
)
count_balance = replaces(
	"erpnext.stock.doctype.stock_reconciliation.stock_reconciliation.get_stock_balance_for"
)(_one_warehouse)
bundle_entries = replaces(
	"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.get_auto_data"
)(judged)
bundle_ledgers = replaces(
	"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.get_serial_batch_ledgers"
)(judged)
fetched_serials = replaces("erpnext.stock.doctype.serial_no.serial_no.auto_fetch_serial_number")(
	_one_warehouse
)
reserved_serials = replaces("erpnext.stock.doctype.serial_no.serial_no.get_pos_reserved_serial_nos")(
	_one_warehouse
)
quick_balance = replaces(
	"erpnext.stock.doctype.quick_stock_balance.quick_stock_balance.get_stock_item_details"
)(_one_warehouse)
item_dashboard = replaces("erpnext.stock.dashboard.item_dashboard.get_data")(judged)
capacity_dashboard = replaces("erpnext.stock.dashboard.warehouse_capacity_dashboard.get_data")(judged)
floor_summary = replaces("erpnext.manufacturing.doctype.plant_floor.plant_floor.get_stock_summary")(
	_one_warehouse
)
till_availability = replaces("erpnext.accounts.doctype.pos_invoice.pos_invoice.get_stock_availability")(
	_one_warehouse
)


@replaces("erpnext.stock.dashboard_chart_source.warehouse_wise_stock_value.warehouse_wise_stock_value.get")
def value_chart(own, given):
	"""Of the rows of Bin that the user lists; past ERPNext's cache, which keeps one answer for all users."""
	return inspect.unwrap(own)(**given)


@replaces("erpnext.selling.page.point_of_sale.point_of_sale.get_items")
def till_items(own, given):
	warehouse = frappe.get_cached_value("POS Profile", given.pos_profile, "warehouse")
	stock_scope.check_warehouses([warehouse])
	return pass_on(own, given)


@replaces("erpnext.controllers.queries.get_batch_no")
def find_batches(own, given):
	"""Batches of an item; without a warehouse their quantities would be those of all, and are left out."""
	named = stock_scope.named_in(given)
	stock_scope.check_warehouses(named)
	found = pass_on(own, given)
	if named or stock_scope.sees_all():
		return found
	return [(batch, None, *rest) for batch, _quantity, *rest in found]
