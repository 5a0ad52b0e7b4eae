"""Which facilities lie in which place, kept ready for `permissions`: one row for each facility and place above it.

A user's scope is then one indexed join of User Permission with this table, however deep the tree is.
"""

from collections.abc import Collection

import frappe

from healthcare_erp.domain.vocabulary import FACILITY_TYPES

TABLE = """CREATE TABLE IF NOT EXISTS facility_territories (
	place_type varchar(140) NOT NULL,
	place varchar(140) NOT NULL,
	facility_type varchar(140) NOT NULL,
	facility varchar(140) NOT NULL,
	is_own tinyint NOT NULL COMMENT 'the facility itself, or the place that it names',
	PRIMARY KEY (place_type, place, facility_type, facility),
	KEY facility (facility_type, facility)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci"""

# From parent to parent, not by the tree's numbers: those move while others add places.
_PLACES = """INSERT INTO facility_territories (place_type, place, facility_type, facility, is_own)
	WITH RECURSIVE above AS (
		SELECT facility.name AS facility, place.name AS place, place.parent_administrative_level AS parent, 1 AS is_own
		FROM `tab{facility_type}` facility
		JOIN `tabAdministrative Level` place ON place.name = facility.administrative_level WHERE {which}
		UNION SELECT above.facility, place.name, place.parent_administrative_level, 0
		FROM above JOIN `tabAdministrative Level` place ON place.name = above.parent)
	SELECT 'Administrative Level', place, '{facility_type}', facility, is_own FROM above"""
_ITSELF = """INSERT INTO facility_territories (place_type, place, facility_type, facility, is_own)
	SELECT '{facility_type}', facility.name, '{facility_type}', facility.name, 1
	FROM `tab{facility_type}` facility WHERE {which}"""
_FORGET = (
	"DELETE facility FROM facility_territories facility WHERE facility_type = '{facility_type}' AND {which}"
)


def rebuild() -> None:
	"""All rows anew (after migrate, and after a bulk load of facilities or places)."""
	for facility_type in FACILITY_TYPES:
		_write(facility_type, "1 = 1", "1 = 1", {})


def follow(facility_type: str, names: Collection[str]) -> None:
	"""The rows of these facilities anew: they were added or moved."""
	_write(
		facility_type, "facility.facility IN %(names)s", "facility.name IN %(names)s", {"names": tuple(names)}
	)


def _write(facility_type: str, old: str, new: str, values: dict) -> None:
	frappe.db.sql(_FORGET.format(facility_type=facility_type, which=old), values)
	for query in (_PLACES, _ITSELF):
		frappe.db.sql(query.format(facility_type=facility_type, which=new), values)
