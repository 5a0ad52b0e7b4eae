"""Warehouses of the network: one for each facility, under the group of its province."""

import frappe

from healthcare_erp.settings import get_company


def create(facility) -> str:
	"""Make the facility's Warehouse.

	:param facility: a Pharmacy or Public Facility document.
	:returns: the Warehouse's name.
	"""
	warehouse = frappe.get_doc(
		{
			"doctype": "Warehouse",
			"warehouse_name": f"{facility.facility_name[:90]} {facility.name}",
			"company": get_company(),
			"parent_warehouse": ensure_province_group(facility.administrative_level),
			"healthcare_facility_type": facility.doctype,
			"healthcare_facility": facility.name,
			"administrative_level": facility.administrative_level,
		}
	)
	return warehouse.insert(ignore_permissions=True).name


def ensure_province_group(administrative_level: str) -> str:
	"""The group Warehouse of the province in which this level lies, made where it is missing."""
	province, name = province_of(administrative_level)
	company = get_company()
	existing = frappe.db.get_value(
		"Warehouse", {"administrative_level": province, "is_group": 1, "company": company}
	)
	return existing or _create_group(province, name, company)


def province_of(administrative_level: str) -> tuple[str, str]:
	"""The province (name, label) in which an administrative level lies."""
	return frappe.db.sql(
		"""SELECT province.name, province.level_name FROM `tabAdministrative Level` province
		JOIN `tabAdministrative Level` inside ON inside.lft BETWEEN province.lft AND province.rgt
		WHERE inside.name = %s AND province.level = 'Province'""",
		administrative_level,
	)[0]


def _create_group(province: str, label: str, company: str) -> str:
	root = frappe.db.get_value(
		"Warehouse", {"company": company, "is_group": 1, "parent_warehouse": ("in", ("", None))}
	)
	group = {
		"doctype": "Warehouse",
		"warehouse_name": f"Province {label}",
		"is_group": 1,
		"company": company,
		"parent_warehouse": root,
		"administrative_level": province,
	}
	return frappe.get_doc(group).insert(ignore_permissions=True).name
