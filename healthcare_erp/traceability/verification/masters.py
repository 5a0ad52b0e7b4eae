"""What the registry says by itself: lots, medicines and facilities, and the changes of their statuses."""

from collections.abc import Iterator

import frappe

from healthcare_erp.core.guarantees import locks
from healthcare_erp.domain.traceability.ledger import Defect
from healthcare_erp.domain.vocabulary import FACILITY_TYPES, LotStatus, MedicineStatus

# DocType -> the statuses that exist.
STATUSES = {
	"National Lot": tuple(status.value for status in LotStatus),
	"National Medicine": tuple(status.value for status in MedicineStatus),
}
_REQUIRED = {
	"National Lot": ("name", "national_medicine", "lot_number", "expiry_date"),
	"National Medicine": ("name",),
	**{doctype: ("name", "facility_name") for doctype in FACILITY_TYPES},
}
_MISSING = """SELECT name, '{field}' FROM `tab{doctype}`
WHERE COALESCE({field}, '') IN ('', '0000-00-00') ORDER BY name LIMIT %(limit)s"""
_STATUS = """SELECT name, status FROM `tab{doctype}`
WHERE BINARY COALESCE(status, '') NOT IN %(statuses)s ORDER BY name LIMIT %(limit)s"""
_EVENTS = """SELECT name, to_status, reference_name > '' AND YEAR(happened_at) > 0 FROM `tabAudit Entry`
WHERE reference_doctype = %(doctype)s AND to_status > '' AND (
	BINARY to_status NOT IN %(statuses)s OR COALESCE(reference_name, '') = '' OR COALESCE(YEAR(happened_at), 0) = 0)
ORDER BY name LIMIT %(limit)s"""
_UNKNOWN_MEDICINES = """SELECT lot.name, lot.national_medicine FROM `tabNational Lot` lot
LEFT JOIN `tabNational Medicine` medicine
	ON medicine.name = lot.national_medicine AND BINARY medicine.name = lot.national_medicine
WHERE medicine.name IS NULL ORDER BY lot.name LIMIT %(limit)s"""
# Facilities whose own warehouse is not there, or is said to be another's.
_FOREIGN = """SELECT facility.name, facility.warehouse FROM `tab{doctype}` facility
LEFT JOIN `tabWarehouse` place ON place.name = facility.warehouse
WHERE facility.warehouse > '' AND NOT (
	BINARY place.healthcare_facility_type <=> '{doctype}' AND BINARY place.healthcare_facility <=> facility.name)
ORDER BY facility.name LIMIT %(limit)s"""


def master_defects(limit: int) -> list[Defect]:
	"""What lots, medicines and facilities lack or name wrongly; at most `limit` of each kind."""
	return [
		*(defect for doctype, fields in _REQUIRED.items() for defect in _missing(doctype, fields, limit)),
		*(defect for doctype in STATUSES for defect in _unknown_statuses(doctype, limit)),
		*_found("unknown_medicine", "National Lot", _UNKNOWN_MEDICINES, limit),
		*(
			defect
			for doctype in FACILITY_TYPES
			for defect in _found("unknown_facility", doctype, _FOREIGN.format(doctype=doctype), limit)
		),
		*(
			Defect("licence_outdated", f"Warehouse {name}", {"expected": expected, "found": found})
			for name, expected, found in locks.outdated()[:limit]
		),
	]


def _missing(doctype: str, fields: tuple[str, ...], limit: int) -> Iterator[Defect]:
	for field in fields:
		query = _MISSING.format(doctype=doctype, field=field)
		for name, lacking in frappe.db.sql(query, {"limit": limit}):
			yield Defect("missing_value", f"{doctype} {name}", {"expected": lacking})


def _unknown_statuses(doctype: str, limit: int) -> Iterator[Defect]:
	values = {"doctype": doctype, "statuses": STATUSES[doctype], "limit": limit}
	for name, status in frappe.db.sql(_STATUS.format(doctype=doctype), values):
		yield Defect("unknown_status", f"{doctype} {name}", {"found": status})
	for name, status, complete in frappe.db.sql(_EVENTS, values):
		if status not in STATUSES[doctype]:
			yield Defect("unknown_status", f"Audit Entry {name}", {"found": status})
		if not complete:
			yield Defect("missing_value", f"Audit Entry {name}", {"expected": "reference_name, happened_at"})


def _found(code: str, doctype: str, query: str, limit: int) -> Iterator[Defect]:
	for name, found in frappe.db.sql(query, {"limit": limit}):
		yield Defect(code, f"{doctype} {name}", {"found": found})
