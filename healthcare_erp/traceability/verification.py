"""Recompute the ledger from its rows and name each difference: set-based, one pass over the position index."""

import frappe

from healthcare_erp.domain.ledger import Defect

SHOWN = 100

_DIFFERENCES = """SELECT * FROM (
	SELECT name, warehouse, national_lot, position_sequence, balance_after,
		ROW_NUMBER() OVER position AS expected_sequence,
		SUM(IF(direction = 'In', quantity, -quantity)) OVER position AS expected_balance
	FROM `tabStock Movement`
	WINDOW position AS (PARTITION BY warehouse, national_lot ORDER BY position_sequence)
) recomputed
WHERE position_sequence <> expected_sequence OR balance_after <> expected_balance OR balance_after < 0
ORDER BY warehouse, national_lot, position_sequence
LIMIT %(limit)s"""

# code, expected, found
_ASPECTS = (
	("sequence_gap", "expected_sequence", "position_sequence"),
	("balance_mismatch", "expected_balance", "balance_after"),
)


def verify(limit: int = SHOWN) -> dict:
	"""Check every position: sequence 1, 2, 3 ... without gaps, balance equal to the sum, nothing negative.

	:param limit: how many differing rows to name.
	:returns: `{ok, movements, positions, defects: [{code, subject, detail}]}`.
	"""
	defects = [
		defect
		for row in frappe.db.sql(_DIFFERENCES, {"limit": limit}, as_dict=True)
		for defect in _named(row)
	]
	movements, positions = frappe.db.sql(
		"SELECT COUNT(*), COUNT(DISTINCT warehouse, national_lot) FROM `tabStock Movement`"
	)[0]
	return {
		"ok": not defects,
		"movements": movements,
		"positions": positions,
		"defects": [{"code": d.code, "subject": d.subject, "detail": d.detail} for d in defects],
	}


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
