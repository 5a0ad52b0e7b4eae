"""The facilities of a trace: what is known of each, and which of them the user may see."""

from collections.abc import Collection
from datetime import datetime

import frappe

from healthcare_erp.core.permissions import is_national, outside_scope
from healthcare_erp.domain.vocabulary import FACILITY_TYPES

_FACILITIES = """SELECT CONCAT(%(facility_type)s, ':', facility.name) AS id, facility.name, facility.facility_name AS label,
	facility.{kind} AS kind, facility.status, facility.warehouse, province.level_name AS province,
	commune.level_name AS commune
FROM `tab{facility_type}` facility
LEFT JOIN `tabAdministrative Level` place ON place.name = facility.administrative_level
LEFT JOIN `tabAdministrative Level` province
	ON province.level = 'Province' AND province.lft <= place.lft AND province.rgt >= place.rgt
LEFT JOIN `tabAdministrative Level` commune
	ON commune.level = 'Commune' AND commune.lft <= place.lft AND commune.rgt >= place.rgt
WHERE facility.name IN %(names)s"""

_WRITERS = """SELECT DISTINCT CONCAT(facility_type, ':', facility) FROM `tabStock Movement`
WHERE national_lot = %(lot)s AND (%(as_of)s IS NULL OR posting_datetime <= %(as_of)s)"""

_KIND = dict(zip(FACILITY_TYPES, ("pharmacy_type", "public_facility_type"), strict=True))


def facilities_of(nodes: Collection[str]) -> dict[str, dict]:
	"""Node id -> `{name, label, kind, status, warehouse, commune, province, hidden}` of the facilities among the nodes.

	`hidden` says that the facility lies outside the user's scope.
	"""
	found = {}
	for facility_type, kind in _KIND.items():
		names = [node.split(":", 1)[1] for node in nodes if node.startswith(f"{facility_type}:")]
		if names:
			query = _FACILITIES.format(facility_type=facility_type, kind=kind)
			rows = frappe.db.sql(query, {"names": names, "facility_type": facility_type}, as_dict=True)
			found |= {row.id: row for row in rows}
	_mark_hidden(found.values())
	return found


def writers_of(lot: str, as_of: datetime | None) -> list[str]:
	"""The node ids of all facilities that recorded movements of a lot, whoever asks: to be counted, not shown."""
	return frappe.db.sql_list(_WRITERS, {"lot": lot, "as_of": as_of})


def _mark_hidden(facilities: Collection[dict]) -> None:
	national = is_national()
	outside = set(outside_scope({row.warehouse for row in facilities if row.warehouse}))
	for row in facilities:
		row.hidden = not national and (not row.warehouse or row.warehouse in outside)
