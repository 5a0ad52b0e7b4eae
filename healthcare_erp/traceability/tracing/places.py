"""The facilities of a trace: what is known of each, and which of them the user may see."""

from collections.abc import Collection
from datetime import datetime

import frappe

from healthcare_erp.core.facility_directory import facilities
from healthcare_erp.core.permissions import is_national, outside_scope
from healthcare_erp.domain.vocabulary import FACILITY_TYPES

_WRITERS = """SELECT DISTINCT CONCAT(facility_type, ':', facility) FROM `tabStock Movement`
WHERE national_lot = %(lot)s AND (%(as_of)s IS NULL OR posting_datetime <= %(as_of)s)"""


def facilities_of(nodes: Collection[str]) -> dict[str, dict]:
	"""Node id -> `{id, name, label, kind, status, warehouse, commune, province, hidden …}` of the facilities among the nodes.

	`hidden` says that the facility lies outside the user's scope.
	"""
	found = {}
	for facility_type in FACILITY_TYPES:
		names = [node.split(":", 1)[1] for node in nodes if node.startswith(f"{facility_type}:")]
		for row in facilities(facility_type, names).run(as_dict=True) if names else ():
			row.update(id=f"{facility_type}:{row.name}", label=row.pop("facility_name"))
			found[row.id] = row
	_mark_hidden(found.values())
	return found


def writers_of(lot: str, as_of: datetime | None) -> list[str]:
	"""The node ids of all facilities that recorded movements of a lot, whoever asks: to be counted, not shown."""
	return frappe.db.sql_list(_WRITERS, {"lot": lot, "as_of": as_of})


def _mark_hidden(rows: Collection[dict]) -> None:
	national = is_national()
	outside = set(outside_scope({row.warehouse for row in rows if row.warehouse}))
	for row in rows:
		row.hidden = not national and (not row.warehouse or row.warehouse in outside)
