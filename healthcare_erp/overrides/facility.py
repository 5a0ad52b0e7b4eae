"""A facility lies in a place, and an approved one gets its own Warehouse under its province's group."""

from healthcare_erp.domain.vocabulary import FacilityStatus
from healthcare_erp.healthcare_erp import derived_permissions, territories
from healthcare_erp.traceability import warehouses


def provision(doc, method: str | None = None) -> None:
	"""on_update"""
	if doc.has_value_changed("administrative_level"):
		territories.follow(doc.doctype, [doc.name])
		derived_permissions.follow_facility(doc.name)
	if doc.status == FacilityStatus.APPROVED and not doc.warehouse:
		doc.db_set("warehouse", warehouses.create(doc), update_modified=False)
