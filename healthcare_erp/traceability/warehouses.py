"""Warehouses of the network: one for each facility, under the group of its province."""

import frappe

from healthcare_erp.healthcare_erp import geography
from healthcare_erp.settings import get_company


def create(facility) -> str:
	"""Make the facility's Warehouse.

	:param facility: a Pharmacy or Public Facility document.
	:returns: the Warehouse's name.
	"""
	place = facility.administrative_level
	row = as_row(facility.name, facility.facility_name, facility.doctype, place, ensure_province_group(place))
	row.pop("name")
	return frappe.get_doc({"doctype": "Warehouse", **row}).insert(ignore_permissions=True).name


def as_row(name: str, label: str, facility_type: str, administrative_level: str, group: str) -> dict:
	"""The fields of a facility's Warehouse. (Its name is what ERPNext makes of warehouse name and company.)"""
	company = get_company()
	warehouse_name = f"{label[:90]} {name}"
	return {
		"name": f"{warehouse_name} - {frappe.get_cached_value('Company', company, 'abbr')}",
		"warehouse_name": warehouse_name,
		"company": company,
		"parent_warehouse": group,
		"healthcare_facility_type": facility_type,
		"healthcare_facility": name,
		"administrative_level": administrative_level,
	}


def ensure_province_group(administrative_level: str) -> str:
	"""The group Warehouse of the province in which this level lies, made where it is missing."""
	province = geography.province_of([administrative_level])[administrative_level]
	company = get_company()
	existing = frappe.db.get_value(
		"Warehouse", {"administrative_level": province, "is_group": 1, "company": company}
	)
	return existing or _create_group(province, company)


def _create_group(province: str, company: str) -> str:
	roots = {"company": company, "is_group": 1, "parent_warehouse": ("in", ("", None))}
	group = {
		"doctype": "Warehouse",
		"warehouse_name": f"Province {frappe.db.get_value('Administrative Level', province, 'level_name')}",
		"is_group": 1,
		"company": company,
		"parent_warehouse": frappe.db.get_value("Warehouse", roots),
		"administrative_level": province,
	}
	return frappe.get_doc(group).insert(ignore_permissions=True).name
