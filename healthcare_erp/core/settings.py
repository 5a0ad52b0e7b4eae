"""The app's settings with their defaults filled in: company, item group, unit, and the ledger's tolerances."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import data

from healthcare_erp.core.exceptions import throw

ITEM_GROUP = "Medicines"
UOM = "Unit"
LATE_REPORT_HOURS = 72
CLOCK_TOLERANCE_MINUTES = 5


def get_settings() -> frappe._dict:
	"""`{company, medicine_item_group, medicine_uom}`; item group and unit are made where they are missing.

	:raises InvalidRequestError: where neither the settings nor the site name a company.
	"""
	stored = frappe.get_cached_doc("Healthcare ERP Settings")
	return frappe._dict(
		company=get_company(),
		medicine_item_group=stored.medicine_item_group or _ensure_item_group(),
		medicine_uom=stored.medicine_uom or _ensure_uom(),
	)


def get_ledger_settings() -> frappe._dict:
	"""`{late_report_window, clock_tolerance}` as timedelta and `import_tolerance` in percent."""
	stored = frappe.get_cached_doc("Healthcare ERP Settings")
	hours, minutes = stored.late_report_hours, stored.clock_tolerance_minutes
	return frappe._dict(
		late_report_window=timedelta(hours=LATE_REPORT_HOURS if hours is None else hours),
		clock_tolerance=timedelta(minutes=CLOCK_TOLERANCE_MINUTES if minutes is None else minutes),
		import_tolerance=stored.import_tolerance or 0,
	)


def site_zone() -> ZoneInfo:
	"""The zone of the site's time, to which offsets are converted."""
	return ZoneInfo(data.get_system_timezone())


def get_company() -> str:
	"""The company to which warehouses and items belong.

	:raises InvalidRequestError: where neither the settings nor the site name one.
	"""
	company = frappe.db.get_single_value("Healthcare ERP Settings", "company", cache=True)
	company = company or frappe.defaults.get_global_default("company")
	if not company:
		throw("company_missing")
	return company


def _ensure_item_group() -> str:
	if not frappe.db.exists("Item Group", ITEM_GROUP):
		root = frappe.db.get_value("Item Group", {"parent_item_group": ("in", ("", None)), "is_group": 1})
		doc = {"doctype": "Item Group", "item_group_name": ITEM_GROUP, "parent_item_group": root}
		frappe.get_doc(doc).insert(ignore_permissions=True)
	return ITEM_GROUP


def _ensure_uom() -> str:
	if not frappe.db.exists("UOM", UOM):
		doc = {"doctype": "UOM", "uom_name": UOM, "must_be_whole_number": 1}
		frappe.get_doc(doc).insert(ignore_permissions=True)
	return UOM
