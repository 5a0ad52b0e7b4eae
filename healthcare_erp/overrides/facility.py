"""A facility lies in a place; an approved one has its national code, and its Warehouse under its province's group,
which it takes along."""

from healthcare_erp.core.facility_directory import KIND_FIELDS
from healthcare_erp.core.guarantees import locks
from healthcare_erp.healthcare_erp import derived_permissions, territories
from healthcare_erp.licensing import national_codes
from healthcare_erp.traceability.ledger import store
from healthcare_erp.traceability.stock import warehouses


def follow(doc, method: str | None = None) -> None:
	"""on_update"""
	_follow_licence(doc)
	_follow_place(doc)


def _follow_licence(doc) -> None:
	"""The ledger reads kind and status with the locks of the facility's warehouses: a movement that is being written
	comes before the change, the next one after it.
	"""
	if doc.warehouse and (doc.has_value_changed("status") or doc.has_value_changed(KIND_FIELDS[doc.doctype])):
		own = warehouses.warehouses_of(doc.doctype, doc.name)
		store.lock_warehouses(own)
		locks.provide(own)


def _follow_place(doc) -> None:
	if not doc.has_value_changed("administrative_level"):
		return
	territories.follow(doc.doctype, [doc.name])
	derived_permissions.follow_facility(doc.name)
	if doc.warehouse:
		warehouses.follow(doc)


def provide_national_code(doc, method: str | None = None) -> None:
	"""Effect of approving it. (Its lock comes first: two approvals in a province do not meet any later.)"""
	national_codes.provide(doc)


def provide_warehouse(doc, method: str | None = None) -> None:
	"""Effect of approving it."""
	if not doc.warehouse:
		doc.db_set("warehouse", warehouses.create(doc), update_modified=False)
