"""Facilities over `/api/method/healthcare_erp.api.facilities.<method>`."""

import frappe

from healthcare_erp.api.parsing import checked_arguments
from healthcare_erp.core.exceptions import throw
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.traceability.stock import warehouses

WAREHOUSE_MAKERS = frozenset({"National Admin", "Pharmacy Manager", "Public Facility Manager"})


@frappe.whitelist(methods=["GET"])
@checked_arguments
def get_warehouses(facility_type: str, facility: str) -> list:
	"""A facility's warehouses, the main one first: `[{warehouse, warehouse_type}]`."""
	doc = _readable(facility_type, facility)
	return warehouses.described(doc)


@frappe.whitelist(methods=["POST"])
@checked_arguments
def add_warehouse(facility_type: str, facility: str, purpose: str) -> str:
	"""Make one more warehouse for a facility (`purpose`: Quarantine, Returns, Transit). Returns its name."""
	if not WAREHOUSE_MAKERS & set(frappe.get_roles()):
		frappe.throw(frappe._("Not permitted"), frappe.PermissionError)
	return warehouses.add(_readable(facility_type, facility), purpose)


def _readable(facility_type: str, facility: str):
	if facility_type not in FACILITY_TYPES:
		throw("unknown_facility_type", facility_type=facility_type, allowed=FACILITY_TYPES)
	if not frappe.db.exists(facility_type, facility):
		throw("unknown_facility", facility=facility)
	doc = frappe.get_doc(facility_type, facility)
	doc.check_permission("read")
	return doc
