"""What a row of the ledger says by itself, and of the documents that it names: set-based, named row by row where it is wrong."""

from collections.abc import Iterator
from datetime import datetime

import frappe
from frappe.utils import now_datetime

from healthcare_erp.core.guarantees import key_tables
from healthcare_erp.core.guarantees.schema import UNIQUE_KEYS
from healthcare_erp.core.settings import get_ledger_settings
from healthcare_erp.domain.traceability.ledger import Defect
from healthcare_erp.domain.values.moments import FIRST_MOMENT
from healthcare_erp.domain.vocabulary import DIRECTIONS, FACILITY_TYPES, MovementType

REQUIRED = (
	"name",
	"warehouse",
	"national_lot",
	"movement_type",
	"direction",
	"posting_datetime",
	"creation",
	"national_medicine",
	"idempotency_key",
	"facility_type",
	"facility",
)
# Type, direction, and whether it undoes another movement: that one goes the other way.
_WAYS = frozenset(
	(kind.value, str(way.opposite if undone else way), undone)
	for kind, ways in DIRECTIONS.items()
	for way in ways
	for undone in (0, 1)
)
# The documents that a row names. Read in the order of the positions, a lot and a warehouse are looked up once for all
# their rows. The database finds a name in other letters too (`pha-1`, `PHA-1`): BINARY is for the name as it stands.
NAMED = """LEFT JOIN `tabWarehouse` place ON place.name = movement.warehouse AND BINARY place.name = movement.warehouse
LEFT JOIN `tabNational Lot` lot ON lot.name = movement.national_lot AND BINARY lot.name = movement.national_lot
LEFT JOIN `tabPharmacy` pharmacy ON pharmacy.name = movement.counterparty
	AND BINARY movement.counterparty_type = 'Pharmacy' AND BINARY pharmacy.name = movement.counterparty
LEFT JOIN `tabPublic Facility` public ON public.name = movement.counterparty
	AND BINARY movement.counterparty_type = 'Public Facility' AND BINARY public.name = movement.counterparty"""
# Whether nothing is wrong with a row; takes the values of `sound_values`.
SOUND = """COALESCE(
	BINARY CONCAT_WS(' ', movement.movement_type, movement.direction, movement.reversal_of IS NOT NULL) IN %(ways)s
	AND movement.quantity > 0 AND movement.idempotency_key > '' AND movement.name > ''
	AND BINARY movement.facility_type IN %(facility_types)s
	AND BINARY place.healthcare_facility_type <=> movement.facility_type
	AND BINARY place.healthcare_facility <=> movement.facility
	AND BINARY lot.national_medicine <=> movement.national_medicine AND lot.name IS NOT NULL
	AND (COALESCE(movement.counterparty_type, '') = '' OR BINARY movement.counterparty_type IN %(facility_types)s)
	AND (COALESCE(movement.counterparty, '') = ''
		OR movement.counterparty_type > '' AND (pharmacy.name IS NOT NULL OR public.name IS NOT NULL))
	AND COALESCE(movement.posting_datetime <= movement.creation AND movement.creation <= %(latest)s
		AND movement.posting_datetime >= COALESCE(lot.manufacture_date, %(first_day)s), FALSE), FALSE)"""
_FACTS = f"""SELECT movement.name, movement.movement_type, movement.direction, movement.quantity, movement.reversal_of,
	movement.posting_datetime, movement.creation, movement.idempotency_key, movement.warehouse,
	movement.facility_type, movement.facility, movement.national_lot, movement.national_medicine,
	movement.counterparty_type, movement.counterparty, place.name AS known_warehouse,
	place.healthcare_facility_type AS owner_type, place.healthcare_facility AS owner,
	lot.name AS known_lot, lot.national_medicine AS medicine_of_lot, lot.manufacture_date,
	COALESCE(pharmacy.name, public.name) AS known_counterparty
FROM `tabStock Movement` movement
{NAMED}
WHERE movement.name IN %(names)s ORDER BY movement.warehouse, movement.national_lot, movement.position_sequence"""  # nosec B608 # constants only
_UNKNOWN_OWNERS = """SELECT place.name, CONCAT(place.healthcare_facility_type, ' ', place.healthcare_facility)
FROM `tabWarehouse` place
LEFT JOIN `tabPharmacy` pharmacy
	ON pharmacy.name = place.healthcare_facility AND BINARY place.healthcare_facility_type = 'Pharmacy'
	AND BINARY pharmacy.name = place.healthcare_facility AND pharmacy.warehouse > ''
LEFT JOIN `tabPublic Facility` public
	ON public.name = place.healthcare_facility AND BINARY place.healthcare_facility_type = 'Public Facility'
	AND BINARY public.name = place.healthcare_facility AND public.warehouse > ''
WHERE place.healthcare_facility > '' AND pharmacy.name IS NULL AND public.name IS NULL
AND EXISTS (SELECT 1 FROM `tabStock Movement` movement WHERE movement.warehouse = place.name)
ORDER BY place.name LIMIT %(limit)s"""
# A reversal that undoes nothing, or is no mirror of what it undoes (`domain.ledger.check_reversal`).
_REVERSALS = """SELECT reversal.name, reversal.reversal_of, original.name
FROM `tabStock Movement` reversal FORCE INDEX (reversal_of)
LEFT JOIN `tabStock Movement` original
	ON original.name = reversal.reversal_of AND BINARY original.name = reversal.reversal_of
WHERE reversal.reversal_of IS NOT NULL AND NOT COALESCE(original.reversal_of IS NULL
	AND (BINARY reversal.warehouse, BINARY reversal.national_lot, BINARY reversal.movement_type, reversal.quantity)
		= (original.warehouse, original.national_lot, original.movement_type, original.quantity)
	AND reversal.direction <> original.direction AND reversal.posting_datetime >= original.posting_datetime
	AND BINARY COALESCE(reversal.counterparty_type, '') = COALESCE(original.counterparty_type, '')
	AND BINARY COALESCE(reversal.counterparty, '') = COALESCE(original.counterparty, ''), FALSE)
ORDER BY reversal.name LIMIT %(limit)s"""
_NOTED = """SELECT (SELECT COUNT(*) FROM `{table}`),
	(SELECT COUNT(*) FROM `tabStock Movement` WHERE `{column}` IS NOT NULL)"""
_DUPLICATES = {
	"duplicate_idempotency_key": """SELECT CONCAT_WS(' ', facility_type, facility, idempotency_key), COUNT(*)
		FROM `tabStock Movement` GROUP BY facility_type, facility, idempotency_key HAVING COUNT(*) > 1 LIMIT %(limit)s""",
	"invalid_reversal": """SELECT reversal_of, COUNT(*) FROM `tabStock Movement` WHERE reversal_of IS NOT NULL
		GROUP BY reversal_of HAVING COUNT(*) > 1 LIMIT %(limit)s""",
	"duplicate_name": """SELECT name, COUNT(*) FROM `tabStock Movement`
		GROUP BY name HAVING COUNT(*) > 1 LIMIT %(limit)s""",
}


def sound_values() -> dict:
	"""What `SOUND` is asked with."""
	return {
		"ways": [" ".join(map(str, way)) for way in sorted(_WAYS)],
		"facility_types": FACILITY_TYPES,
		"latest": now_datetime() + get_ledger_settings().clock_tolerance,
		"first_day": FIRST_MOMENT,
	}


def row_defects(names: list[str], latest: datetime) -> list[Defect]:
	"""What is wrong with rows that are not sound, each with its name.

	:param latest: when the last of them may have been recorded.
	"""
	rows = frappe.db.sql(_FACTS, {"names": names}, as_dict=True) if names else ()
	return [defect for row in rows for defect in _faults(row, latest)]


def other_defects(limit: int, keys_stand: bool) -> list[Defect]:
	"""Owners that are not there, reversals that undo nothing, and what unique keys should have kept out.

	:param keys_stand: the unique keys are there and hold for the whole table: nothing got past them.
	"""
	values = {"limit": limit}
	return [
		*(
			Defect("unknown_facility", warehouse, {"found": owner})
			for warehouse, owner in frappe.db.sql(_UNKNOWN_OWNERS, values)
		),
		*(
			Defect("invalid_reversal" if known else "unknown_movement", name, {"found": original})
			for name, original, known in frappe.db.sql(_REVERSALS, values)
		),
		*(() if keys_stand else _duplicates(values)),
		*_lost_keys(),
	]


def _duplicates(values: dict) -> Iterator[Defect]:
	for code, query in _DUPLICATES.items():
		for subject, count in frappe.db.sql(query, values):
			yield Defect(code, subject, {"expected": 1, "found": count})


def _lost_keys() -> Iterator[Defect]:
	"""Tables of a partitioned ledger's keys that somebody emptied: what they lack could be recorded again."""
	for name, table in key_tables.existing().items():
		[[noted, due]] = frappe.db.sql(_NOTED.format(table=table, column=UNIQUE_KEYS[name][-1]))
		if noted != due:
			yield Defect("keys_lost", table, {"expected": due, "found": noted})


def _faults(row: frappe._dict, latest: datetime) -> Iterator[Defect]:
	"""What is wrong with a row, by the names that the bundle's verification uses too."""
	checks = (*_missing(row), *_kinds(row), *_names(row), *_counterparty(row), *_times(row, latest))
	for code, expected, found in checks:
		detail = {"expected": expected, "found": found, "movement": row.name}
		yield Defect(code, _subject(row), {key: value for key, value in detail.items() if value is not None})


def _subject(row: frappe._dict) -> str:
	return f"{row.warehouse} / {row.national_lot} {row.name}"


def _missing(row: frappe._dict) -> Iterator[tuple]:
	yield from (("missing_value", field, None) for field in REQUIRED if row[field] in (None, ""))


def _kinds(row: frappe._dict) -> Iterator[tuple]:
	way = (row.movement_type, row.direction, int(row.reversal_of is not None))
	if row.movement_type and row.movement_type not in {kind.value for kind in MovementType}:
		yield "unknown_movement_type", None, row.movement_type
	elif row.movement_type and way not in _WAYS:
		yield "invalid_direction", None, f"{row.movement_type} {row.direction}"
	if row.quantity <= 0:
		yield "invalid_quantity", None, row.quantity
	for kind in (row.facility_type, row.counterparty_type):
		if kind and kind not in FACILITY_TYPES:
			yield "unknown_facility_type", None, kind


def _names(row: frappe._dict) -> Iterator[tuple]:
	if not row.known_warehouse:
		yield "unknown_warehouse", None, row.warehouse
	elif (row.owner_type, row.owner) != (row.facility_type, row.facility):
		yield "unknown_facility", f"{row.owner_type} {row.owner}", f"{row.facility_type} {row.facility}"
	if not row.known_lot:
		yield "unknown_lot", None, row.national_lot
	elif row.medicine_of_lot != row.national_medicine:
		yield "medicine_mismatch", row.medicine_of_lot, row.national_medicine


def _counterparty(row: frappe._dict) -> Iterator[tuple]:
	if row.counterparty and not (row.counterparty_type and row.known_counterparty):
		yield "unknown_counterparty", None, f"{row.counterparty_type} {row.counterparty}"


def _times(row: frappe._dict, latest: datetime) -> Iterator[tuple]:
	posted, recorded = row.posting_datetime, row.creation
	if recorded and recorded > latest:
		yield "recorded_in_future", str(latest), str(recorded)
	if posted and recorded and posted > recorded:
		yield "posted_after_recording", str(recorded), str(posted)
	made = row.manufacture_date or FIRST_MOMENT.date()
	if posted and posted.date() < made:
		yield "before_manufacture", str(made), str(posted)
