"""An approved facility gets its own Warehouse under its province's group."""

from healthcare_erp.domain.vocabulary import FacilityStatus
from healthcare_erp.traceability import warehouses


def provision(doc, method: str | None = None) -> None:
	"""on_update"""
	if doc.status == FacilityStatus.APPROVED and not doc.warehouse:
		doc.db_set("warehouse", warehouses.create(doc), update_modified=False)
