"""ERPNext's reports on stock, which read it by SQL of their own: each keeps to the warehouses of the scope, or is refused."""

import frappe

from healthcare_erp.core.exceptions import sentence, throw
from healthcare_erp.overrides.whitelisted.guarded import is_guarded
from healthcare_erp.overrides.whitelisted.replacing import pass_on
from healthcare_erp.overrides.whitelisted.stock import scope as stock_scope

# Those that obey the filter "warehouse"
BY_WAREHOUSE = frozenset(
	{
		"Available Batch Report",
		"Batch-Wise Balance History",
		"Item Shortage Report",
		"Product Bundle Balance",
		"Stock Ageing",
		"Stock Analytics",
		"Stock Balance",
		"Stock Ledger",
		"Stock Projected Qty",
		"Warehouse wise Item Balance Age and Value",
	}
)
# … those that obey the filter "company", in each of their queries
BY_COMPANY = frozenset(
	{
		"Batch-Wise Balance History",
		"Item Shortage Report",
		"Product Bundle Balance",
		"Stock Ageing",
		"Stock Analytics",
		"Stock Balance",
		"Stock Ledger",
		"Stock Projected Qty",
		"Warehouse Wise Stock Balance",
	}
)
# … those that show stock of every warehouse, beside the ones on a guarded DocType
OF_ALL_WAREHOUSES = frozenset(
	{
		"Item Price Stock",
		"Items To Be Requested",
		"Itemwise Recommended Reorder Level",
		"Stock Qty vs Serial No Count",
		"Total Stock Summary",
	}
)
STOCK_REPORTS = BY_WAREHOUSE | OF_ALL_WAREHOUSES
# … those on a guarded DocType that show no stock of it: prices, and batches' totals as the Batch itself has them
WITHOUT_STOCK = frozenset({"Batch Item Expiry Status", "Item Prices"})
_USUAL = frozenset({"company", "from_date", "to_date", "item_code", "item_group", "include_uom"})
# Those with a row for each warehouse, computed of that one alone -> the filters under which that is so
ROWS_OF_WAREHOUSES = {
	"Item Shortage Report": frozenset({"company"}),
	"Stock Balance": _USUAL
	| {"ignore_closing_balance", "include_zero_stock_items", "valuation_field_type", "warehouse_type"},
	"Stock Ledger": _USUAL | {"brand", "project", "valuation_field_type", "voucher_no"},
	"Stock Projected Qty": _USUAL | {"brand"},
}


def shows_stock(report: frappe._dict) -> bool:
	if report.name in WITHOUT_STOCK:
		return False
	return report.name in STOCK_REPORTS or (report.module == "Stock" and is_guarded(report.ref_doctype))


def run(own, given, report: frappe._dict, filters):
	"""The report as Desk opens it: without a warehouse it tells of those in the scope, or asks for one."""
	if _is_inside(report, filters):
		return pass_on(own, given)
	if report.name not in BY_WAREHOUSE:
		throw("report_of_all")
	if not _has_rows_of_warehouses(report, given, filters):
		return {"result": [], "columns": [], "message": sentence("stock_of_all", {})}
	return _inside(pass_on(own, given))


def check(report: frappe._dict, filters) -> None:
	"""
	:raises OutOfScopeError: HTTP 403, unless all that the report shows lies inside the scope.
	"""
	if not _is_inside(report, filters):
		throw("stock_of_all" if report.name in BY_WAREHOUSE else "report_of_all")


def _is_inside(report: frappe._dict, filters) -> bool:
	filters = filters if isinstance(filters, dict) else {}
	warehouse = filters.get("warehouse") if report.name in BY_WAREHOUSE else None
	if not warehouse:
		return stock_scope.sees_all() or _is_of_no_facility(report, filters.get("company"))
	stock_scope.check_warehouses(stock_scope.listed(warehouse))
	return True


def _is_of_no_facility(report: frappe._dict, company) -> bool:
	"""Whether the report keeps to a company that has no warehouse of a facility."""
	if report.name not in BY_COMPANY or not company or not isinstance(company, str):
		return False
	of_facilities = {"company": company, "healthcare_facility": (">", "")}
	return not frappe.db.exists("Warehouse", of_facilities)


def _has_rows_of_warehouses(report: frappe._dict, given: frappe._dict, filters) -> bool:
	"""Added columns could write another warehouse into a row, so that no row is picked where there are any."""
	if given.get("custom_columns") or given.report_name != report.name or not isinstance(filters, dict):
		return False
	used = {name for name, value in filters.items() if value}
	return report.name in ROWS_OF_WAREHOUSES and used <= ROWS_OF_WAREHOUSES[report.name]


def _inside(answer: dict) -> dict:
	"""The rows of warehouses of the scope; without totals, chart and summary, which count the others too."""
	rows = [row for row in answer.get("result") or [] if isinstance(row, dict) and row.get("warehouse")]
	outside = set(stock_scope.hidden(row["warehouse"] for row in rows))
	kept = [row for row in rows if row["warehouse"] not in outside]
	return answer | {"result": kept, "chart": None, "report_summary": None, "add_total_row": 0}
