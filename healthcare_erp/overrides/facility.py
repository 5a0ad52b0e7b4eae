"""A facility lies in a place; an approved one has its Warehouse under its province's group, and takes it along."""

from healthcare_erp.domain.vocabulary import FacilityStatus
from healthcare_erp.healthcare_erp import derived_permissions, territories
from healthcare_erp.traceability.stock import warehouses


def provision(doc, method: str | None = None) -> None:
	"""on_update"""
	if doc.has_value_changed("administrative_level"):
		territories.follow(doc.doctype, [doc.name])
		derived_permissions.follow_facility(doc.name)
	if doc.status == FacilityStatus.APPROVED and not doc.warehouse:
		doc.db_set("warehouse", warehouses.create(doc), update_modified=False)
	elif doc.warehouse and doc.has_value_changed("administrative_level"):
		warehouses.follow(doc)
