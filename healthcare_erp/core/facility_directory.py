"""A facility with its kind, its status and the places that it lies in: the one query behind traces, reports and exports."""

import frappe
from frappe.query_builder.custom import ConstantColumn
from pypika.queries import QueryBuilder

from healthcare_erp.domain.geography.levels import Level
from healthcare_erp.domain.vocabulary import FACILITY_TYPES

# The field of each DocType that says what kind of facility it is
KIND_FIELDS = dict(zip(FACILITY_TYPES, ("pharmacy_type", "public_facility_type"), strict=True))
_COLUMNS = ("name", "facility_name", "status", "warehouse", "administrative_level", "latitude", "longitude")


def facilities(facility_type: str, names: list[str] | None = None) -> QueryBuilder:
	"""The query: facility_type, kind, province, commune and the columns of `_COLUMNS`; all facilities where no names are given.

	Whoever runs it has asked what the user may see.
	"""
	facility, place = frappe.qb.DocType(facility_type), frappe.qb.DocType("Administrative Level").as_("place")
	query = frappe.qb.from_(facility).left_join(place).on(place.name == facility.administrative_level)
	columns = [
		ConstantColumn(facility_type).as_("facility_type"),
		facility[KIND_FIELDS[facility_type]].as_("kind"),
	]
	for level in (Level.PROVINCE, Level.COMMUNE):
		above = frappe.qb.DocType("Administrative Level").as_(level.value.lower())
		holds = (above.level == level.value) & (above.lft <= place.lft) & (above.rgt >= place.rgt)
		query = query.left_join(above).on(holds)
		columns.append(above.level_name.as_(level.value.lower()))
	query = query.select(*columns, *(facility[column] for column in _COLUMNS))
	return query if names is None else query.where(facility.name.isin(names or [""]))
