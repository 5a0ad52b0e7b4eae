"""Warehouses of the network: one for each facility, under the group of its province, and further ones of its own."""

import frappe

from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.settings import get_company
from healthcare_erp.core.transactions import begin_again
from healthcare_erp.healthcare_erp import geography

PURPOSES = ("Quarantine", "Returns", "Transit")
TYPE_NOTE = "Made for the warehouses of pharmacies and public facilities"
_SHARED = ("company", "parent_warehouse", "administrative_level")


def create(facility) -> str:
	"""Make the facility's Warehouse.

	:param facility: a Pharmacy or Public Facility document.
	:returns: the Warehouse's name.
	"""
	place = facility.administrative_level
	row = as_row(facility.name, facility.facility_name, facility.doctype, place, ensure_province_group(place))
	row.pop("name")
	return _insert(row)


def add(facility, purpose: str) -> str:
	"""One more warehouse of a facility, made where it is missing: stopped lots are put apart there, or wait.

	:param facility: a Pharmacy or Public Facility document that has its main warehouse.
	:param purpose: one of `PURPOSES`, kept as ERPNext's warehouse type.
	:returns: the Warehouse's name.
	:raises InvalidRequestError, UnknownFacilityError:
	"""
	if purpose not in PURPOSES:
		problem = frappe._("Purpose is one of: {0}.").format(", ".join(map(frappe._, PURPOSES)))
		throw("invalid_request", problem=problem)
	if not facility.warehouse:
		throw("unknown_facility", facility=facility.name)
	if not frappe.db.exists("Warehouse Type", purpose):
		kind = {"doctype": "Warehouse Type", "name": purpose, "description": TYPE_NOTE}
		frappe.get_doc(kind).insert(ignore_permissions=True)
	own = {"healthcare_facility_type": facility.doctype, "healthcare_facility": facility.name}
	if existing := frappe.db.get_value("Warehouse", own | {"warehouse_type": purpose}):
		return existing
	main = frappe.db.get_value("Warehouse", facility.warehouse, _SHARED, as_dict=True)
	warehouse = {"warehouse_name": f"{purpose} {facility.name}", "warehouse_type": purpose}
	return _insert(warehouse | own | main)


def follow(facility) -> None:
	"""A facility's warehouses lie where it lies, under the group of its province."""
	place = facility.administrative_level
	group = ensure_province_group(place)
	for name in warehouses_of(facility.doctype, facility.name):
		warehouse = frappe.get_doc("Warehouse", name, for_update=True)
		warehouse.update({"administrative_level": place, "parent_warehouse": group})
		warehouse.flags.set_by_app = True
		warehouse.save(ignore_permissions=True)


def warehouses_of(facility_type: str, facility: str) -> list[str]:
	"""All warehouses of a facility: the one that it sells from, and those for quarantine, returns and transit."""
	filters = {"healthcare_facility_type": facility_type, "healthcare_facility": facility}
	return frappe.get_all("Warehouse", filters=filters, pluck="name", order_by="name")


def described(facility) -> list[dict]:
	"""A facility's warehouses, the main one first: `[{warehouse, warehouse_type}]`."""
	filters = {"healthcare_facility_type": facility.doctype, "healthcare_facility": facility.name}
	rows = frappe.get_all(
		"Warehouse", filters, ["name as warehouse", "warehouse_type"], order_by="creation, name"
	)
	return sorted(rows, key=lambda row: row.warehouse != facility.warehouse)


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
	group = {"administrative_level": province, "is_group": 1, "company": company}
	if existing := frappe.db.get_value("Warehouse", group):
		return existing
	if frappe.db.get_value("Warehouse", group, for_update=True):
		begin_again("a province's group was made since this transaction's snapshot, which does not show it")
	return _create_group(province, company)


def _create_group(province: str, company: str) -> str:
	roots = {"company": company, "is_group": 1, "parent_warehouse": ("in", ("", None))}
	label = f"Province {frappe.db.get_value('Administrative Level', province, 'level_name')}"
	shared = {"warehouse_name": label, "is_group": 1, "company": company}
	if left := frappe.db.exists("Warehouse", shared):  # of an earlier installation, or somebody's own
		frappe.db.set_value("Warehouse", left, "administrative_level", province)
		return left
	group = {
		**shared,
		"parent_warehouse": frappe.db.get_value("Warehouse", roots),
		"administrative_level": province,
	}
	return _insert(group)


def _insert(values: dict) -> str:
	warehouse = frappe.get_doc({"doctype": "Warehouse", **values})
	warehouse.flags.set_by_app = True
	return warehouse.insert(ignore_permissions=True).name
