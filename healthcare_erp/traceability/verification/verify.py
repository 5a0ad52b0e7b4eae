"""Recompute the ledger from its rows and name each difference: set-based, over the position index, warehouse by warehouse."""

from collections.abc import Callable

import frappe

from healthcare_erp.core.guarantees import key_tables
from healthcare_erp.core.guarantees.state import guarantee_defects
from healthcare_erp.core.settings import get_ledger_settings
from healthcare_erp.domain.traceability.ledger import Defect
from healthcare_erp.traceability.verification.masters import master_defects
from healthcare_erp.traceability.verification.rows import (
	NAMED,
	SOUND,
	other_defects,
	row_defects,
	sound_values,
)
from healthcare_erp.traceability.verification.statuses import status_defects

SHOWN = 100
_WAREHOUSES_AT_ONCE = 100

_DIFFERENCES = f"""SELECT * FROM (
	SELECT movement.name, movement.warehouse, movement.national_lot, movement.position_sequence, movement.balance_after,
		ROW_NUMBER() OVER position AS expected_sequence,
		SUM(IF(BINARY movement.direction = 'In', movement.quantity, -movement.quantity)) OVER position AS expected_balance,
		{SOUND} AS sound
	FROM `tabStock Movement` movement FORCE INDEX (position)
	{NAMED}
	WHERE movement.warehouse IN %(warehouses)s
	WINDOW position AS (
		PARTITION BY BINARY movement.warehouse, BINARY movement.national_lot ORDER BY movement.position_sequence)
) recomputed
WHERE position_sequence <> expected_sequence OR balance_after <> expected_balance OR balance_after < 0 OR NOT sound
ORDER BY warehouse, national_lot, position_sequence
LIMIT %(limit)s"""  # nosec B608 # constants only
_COUNTS = """SELECT COALESCE(SUM(movements), 0), COUNT(*) FROM (SELECT COUNT(*) AS movements FROM `tabStock Movement`
	FORCE INDEX (position) WHERE warehouse IN %(warehouses)s GROUP BY warehouse, national_lot) positions"""

# What came into the country: more of a lot than was declared (and the tolerance), or through somebody else.
_IMPORTED = """SELECT lot.name, lot.quantity_imported AS expected,
	SUM(IF(movement.direction = 'In', movement.quantity, -movement.quantity)) AS found
FROM `tabStock Movement` movement JOIN `tabNational Lot` lot ON lot.name = movement.national_lot
WHERE lot.quantity_imported > 0 AND (movement.movement_type = 'Import'
	OR movement.movement_type = 'Return' AND movement.counterparty IS NULL AND movement.facility = lot.importer
	AND (movement.direction = 'Out') = (movement.reversal_of IS NULL))
GROUP BY lot.name, lot.quantity_imported HAVING found > expected * (1 + %(tolerance)s / 100)
ORDER BY lot.name LIMIT %(limit)s"""
_BY_OTHERS = """SELECT movement.name, lot.importer AS expected, movement.facility AS found
FROM `tabStock Movement` movement JOIN `tabNational Lot` lot ON lot.name = movement.national_lot
LEFT JOIN `tabStock Movement` undone ON undone.reversal_of = movement.name
WHERE movement.movement_type = 'Import' AND movement.reversal_of IS NULL AND undone.name IS NULL
AND lot.importer > ''
AND (BINARY lot.importer <> movement.facility OR BINARY lot.importer_type <> movement.facility_type)
ORDER BY movement.name LIMIT %(limit)s"""

# code, expected, found
_ASPECTS = (
	("sequence_gap", "expected_sequence", "position_sequence"),
	("balance_mismatch", "expected_balance", "balance_after"),
)


def verify(limit: int = SHOWN, progress: Callable[[int, int], None] | None = None) -> dict:
	"""Check every position (sequence 1, 2, 3 ... without gaps, balance equal to the sum, nothing negative), every row and
	what it names, the registry, imports, what moved while it might not, and that the database's guarantees stand.

	:param limit: how many differing rows to name, for each kind of check.
	:param progress: called with the number of warehouses that were checked, and of all.
	:returns: `{ok, movements, positions, defects: [{code, subject, detail}]}`.
	"""
	warehouses = frappe.db.sql_list("SELECT DISTINCT warehouse FROM `tabStock Movement` ORDER BY warehouse")
	movements = positions = 0
	rows: list[dict] = []
	sound = sound_values()
	for start in range(0, len(warehouses), _WAREHOUSES_AT_ONCE):
		values = {"warehouses": warehouses[start : start + _WAREHOUSES_AT_ONCE], "limit": limit - len(rows)}
		rows += frappe.db.sql(_DIFFERENCES, values | sound, as_dict=True)
		counts = frappe.db.sql(_COUNTS, values)[0]
		movements, positions = movements + int(counts[0]), positions + counts[1]
		if progress:
			progress(start + len(values["warehouses"]), len(warehouses))
	guarantees = guarantee_defects()
	defects = [
		*guarantees,
		*(defect for row in rows for defect in _named(row)),
		*row_defects([row.name for row in rows if not row.sound], sound["latest"]),
		*other_defects(limit, keys_stand=not guarantees and not key_tables.partitions()),
		*master_defects(limit),
		*_imports(limit),
		*status_defects(limit),
	]
	return {
		"ok": not defects,
		"movements": movements,
		"positions": positions,
		"defects": [{"code": d.code, "subject": d.subject, "detail": d.detail} for d in defects],
	}


def _imports(limit: int) -> list[Defect]:
	values = {"tolerance": get_ledger_settings().import_tolerance, "limit": limit}
	beyond = frappe.db.sql(_IMPORTED, values)
	by_others = frappe.db.sql(_BY_OTHERS, values)
	return [
		*(
			Defect("import_beyond_declared", lot, {"expected": int(want), "found": int(got)})
			for lot, want, got in beyond
		),
		*(
			Defect("not_the_importer", name, {"expected": want, "found": got})
			for name, want, got in by_others
		),
	]


def _named(row: dict) -> list[Defect]:
	subject = f"{row.warehouse} / {row.national_lot} #{row.position_sequence}"
	defects = [
		Defect(code, subject, {"expected": int(row[want]), "found": row[got], "movement": row.name})
		for code, want, got in _ASPECTS
		if row[want] != row[got]
	]
	if row.balance_after < 0:
		defects.append(
			Defect(
				"negative_balance", subject, {"expected": 0, "found": row.balance_after, "movement": row.name}
			)
		)
	return defects
