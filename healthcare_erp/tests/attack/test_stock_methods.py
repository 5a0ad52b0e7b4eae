"""Every method of ERPNext, HRMS and Healthcare that reads stock is guarded, or stands here with the reason why not."""

import importlib
import inspect
import pkgutil
import re
import sys

import frappe

from healthcare_erp.tests.case import SiteTestCase

APPS = ("erpnext", "hrms", "healthcare")
_NOT_LOADED = re.compile(r"\.(tests?|test_\w+|patches|commands)(\.|$)")
_READS_STOCK = re.compile(
	r"""tabBin\b|tabStock\ Ledger\ Entry|tabSerial\ and\ Batch|["'](?:Bin|Stock\ Ledger\ Entry|Serial\ and\ Batch\ \w+)["']
	|\b(?:get_stock_balance|get_bin\w*|get_latest_stock_qty|get_previous_sle|get_batch_qty|get_available_batches
	|get_auto_batch_nos|get_projected_qty|get_actual_qty\w*|get_stock_ledger_entries|get_incoming_rate
	|get_valuation_rate)\(""",
	re.VERBOSE,
)
_DOCUMENT = "a document's own method: run_doc_method asks whether its DocType may be read"
_MAPPED = "mapped from a document that Frappe's mapper asks to read"
_NAMES = "names of batches or serial numbers, no quantity"
OPEN = {
	"erpnext.assets.doctype.asset_capitalization.asset_capitalization.AssetCapitalization.set_warehouse_details": _DOCUMENT,
	"erpnext.controllers.subcontracting_controller.SubcontractingController.get_current_stock": _DOCUMENT,
	"erpnext.maintenance.doctype.maintenance_schedule.maintenance_schedule.make_maintenance_visit": _MAPPED,
	"erpnext.manufacturing.doctype.production_plan.production_plan.ProductionPlan.get_sub_assembly_items": _DOCUMENT,
	"erpnext.selling.doctype.sales_order.sales_order.make_material_request": _MAPPED,
	"erpnext.selling.doctype.sales_order.sales_order.make_raw_material_request": "makes a document that it asks to write",
	"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.add_serial_batch_ledgers": (
		"drafts a voucher's bundle; what a warehouse holds is not told"
	),
	"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.is_duplicate_serial_no": _NAMES,
	"erpnext.stock.doctype.stock_entry.stock_entry.StockEntry.get_item_details": _DOCUMENT,
	"erpnext.stock.doctype.stock_entry.stock_entry.move_sample_to_retention_warehouse": "drafts from rows it is given",
	"erpnext.stock.doctype.stock_reposting_settings.stock_reposting_settings.StockRepostingSettings"
	".convert_to_item_wh_reposting": _DOCUMENT,
	"erpnext.stock.report.incorrect_serial_and_batch_bundle.incorrect_serial_and_batch_bundle.remove_sabb_entry": (
		"cancels and deletes as the user, whose permission Frappe asks"
	),
	"erpnext.stock.report.serial_and_batch_summary.serial_and_batch_summary.get_batch_nos": _NAMES,
	"erpnext.stock.report.serial_and_batch_summary.serial_and_batch_summary.get_serial_nos": _NAMES,
	"erpnext.subcontracting.doctype.subcontracting_receipt.subcontracting_receipt.SubcontractingReceipt"
	".get_scrap_items": _DOCUMENT,
	"healthcare.healthcare.doctype.inpatient_medication_entry.inpatient_medication_entry.make_difference_stock_entry": (
		"the shortage of one medication entry, in its own warehouse"
	),
}


class TestStockMethods(SiteTestCase):
	def test_method_that_reads_stock_is_guarded(self):
		guarded = frappe.get_hooks("override_whitelisted_methods")
		self.assertEqual(_readers() - set(guarded), set(OPEN))


def _readers() -> set[str]:
	for app in APPS:
		for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
			_load(module.name)
	methods = [inspect.unwrap(method) for method in frappe.whitelisted]
	own = [method for method in methods if method.__module__.split(".")[0] in APPS]
	return {f"{method.__module__}.{method.__qualname__}" for method in own if _reads_stock(method)}


def _load(name: str) -> None:
	if _NOT_LOADED.search(name):
		return
	try:
		importlib.import_module(name)
	except (Exception, SystemExit):  # a script, or one that wants what is not installed
		sys.modules.pop(name, None)


def _reads_stock(method) -> bool:
	"""By its own source, and that of the functions beside it which it calls."""
	source = inspect.getsource(method)
	beside = sys.modules[method.__module__]
	called = (getattr(beside, name, None) for name in set(re.findall(r"\b(\w+)\(", source)))
	functions = [inspect.unwrap(function) for function in called if inspect.isfunction(function)]
	return any(_READS_STOCK.search(inspect.getsource(function)) for function in (method, *functions))
