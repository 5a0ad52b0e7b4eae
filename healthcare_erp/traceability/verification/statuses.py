"""Lots that moved while they might not: forbidden when it was recorded, and when it is said to have happened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import frappe

from healthcare_erp.domain.traceability.ledger import REPOST_KEY, Defect
from healthcare_erp.domain.traceability.restrictions import Restriction, restrictions_of
from healthcare_erp.domain.traceability.tradability import Change, allowed_combinations
from healthcare_erp.domain.vocabulary import LotStatus
from healthcare_erp.traceability.verification.masters import STATUSES

_AT_ONCE = 1_000  # lots
_LOTS = """SELECT name, national_medicine, IF(YEAR(expiry_date) > 0, expiry_date, NULL) FROM `tabNational Lot` ORDER BY name"""
_CHANGES = """SELECT reference_name, happened_at, to_status FROM `tabAudit Entry`
WHERE reference_doctype = %s AND to_status > '' AND YEAR(happened_at) > 0 AND BINARY to_status IN %s ORDER BY reference_name, happened_at, creation"""
_PERIODS = """JSON_TABLE(%(periods)s, '$[*]' COLUMNS (
	lot VARCHAR(140) COLLATE utf8mb4_unicode_ci PATH '$[0]', since DATETIME(6) PATH '$[1]', until DATETIME(6) PATH '$[2]',
	lot_status VARCHAR(20) COLLATE utf8mb4_unicode_ci PATH '$[3]',
	medicine_status VARCHAR(20) COLLATE utf8mb4_unicode_ci PATH '$[4]'))"""
_RESTRICTED = f"""FROM {_PERIODS} happened
JOIN `tabStock Movement` movement FORCE INDEX (lot_time) ON movement.national_lot = happened.lot
	AND movement.posting_datetime >= happened.since AND movement.posting_datetime < happened.until
JOIN {_PERIODS} recorded ON recorded.lot = movement.national_lot
	AND movement.creation >= recorded.since AND movement.creation < recorded.until
WHERE movement.reversal_of IS NULL"""
_WAY = (
	"BINARY CONCAT_WS(' ', {0}.lot_status, {0}.medicine_status, movement.movement_type, movement.direction)"
)
_FORBIDDEN = f"""SELECT movement.name, movement.warehouse, movement.national_lot, movement.movement_type,
	movement.direction, recorded.lot_status, recorded.medicine_status
{_RESTRICTED} AND {_WAY.format("happened")} NOT IN %(allowed)s AND {_WAY.format("recorded")} NOT IN %(allowed)s
	AND NOT (BINARY movement.movement_type = 'B2B In' AND BINARY movement.counterparty <=> movement.facility)
	AND NOT (BINARY movement.movement_type = 'Adjustment' AND movement.idempotency_key LIKE '{REPOST_KEY}%%')
LIMIT %(limit)s"""
# Stopped goods come back only from whom they were sent to, and no more of them than were sent until then.
_TAKEN_BACK = f"""SELECT taken.name, taken.warehouse, taken.national_lot, taken.quantity,
	SUM(IF(BINARY sent.direction = 'Out', sent.quantity, -sent.quantity)) AS outstanding
FROM (SELECT movement.* {_RESTRICTED} AND movement.movement_type = 'Return' AND movement.direction = 'In') taken
JOIN `tabStock Movement` sent ON sent.national_lot = taken.national_lot AND sent.facility_type = taken.facility_type
	AND sent.facility = taken.facility AND COALESCE(sent.counterparty_type, '') = COALESCE(taken.counterparty_type, '')
	AND COALESCE(sent.counterparty, '') = COALESCE(taken.counterparty, '') AND sent.name <= taken.name
	AND BINARY CONCAT_WS(' ', sent.national_lot, sent.facility_type, sent.facility, sent.counterparty_type,
		sent.counterparty) = CONCAT_WS(' ', taken.national_lot, taken.facility_type, taken.facility,
		taken.counterparty_type, taken.counterparty)
WHERE BINARY sent.movement_type IN ('B2B Out', 'Sale')
	OR BINARY sent.movement_type = 'Return' AND (BINARY sent.direction = 'In') = (sent.reversal_of IS NULL)
GROUP BY taken.name, taken.warehouse, taken.national_lot, taken.quantity HAVING outstanding < 0 LIMIT %(limit)s"""  # nosec B608 # constants only
_LATEST = "SELECT MAX(creation) FROM `tabStock Movement`"
_END = datetime.max


def status_defects(limit: int) -> list[Defect]:
	"""Movements of stopped lots other than out of the trade; of at most `limit` of each kind.

	What was lawful when it happened is no defect, however late it was reported; nor is what ERPNext's reposting makes of
	a count: a delivery that is entered late leaves fewer units for the count to take away.
	"""
	allowed = [" ".join(way) for way in allowed_combinations()]
	defects: list[Defect] = []
	periods = _restrictions()
	for start in range(0, len(periods), _AT_ONCE):
		some = [_as_json(period) for period in periods[start : start + _AT_ONCE]]
		values = {
			"periods": frappe.as_json(some, indent=None),
			"allowed": allowed,
			"limit": max(0, limit - len(defects)),
		}
		defects += [_forbidden(row) for row in frappe.db.sql(_FORBIDDEN, values, as_dict=True)]
		defects += [_beyond_sent(row) for row in frappe.db.sql(_TAKEN_BACK, values, as_dict=True)]
	return defects


def _restrictions() -> list[Restriction]:
	"""The restricted periods of all lots that had begun when the last movement was recorded, lot by lot."""
	lots, medicines = _changes("National Lot"), _changes("National Medicine")
	[[latest]] = frappe.db.sql(_LATEST)
	return [
		period
		for lot, medicine, expiry in frappe.db.sql(_LOTS)
		for period in restrictions_of(lot, expiry, lots.get(lot, []), medicines.get(medicine, []))
		if latest and period.since <= latest
	]


def _changes(doctype: str) -> Mapping[str, Sequence[Change]]:
	"""Document -> (moment, status), oldest first; a status that does not exist is left to its own check."""
	changes = defaultdict(list)
	for name, at, status in frappe.db.sql(_CHANGES, (doctype, STATUSES[doctype])):
		changes[name].append((at, status))
	return changes


def _as_json(period: Restriction) -> list[str]:
	since, until = max(period.since, datetime(1000, 1, 1)), period.until or _END
	return [period.lot, str(since), str(until), period.lot_status, period.medicine_status]


def _forbidden(row: frappe._dict) -> Defect:
	stopped = row.lot_status != LotStatus.ACTIVE
	found = f"{row.movement_type} {row.direction} ({row.lot_status if stopped else row.medicine_status})"
	detail = {"found": found, "movement": row.name}
	return Defect("lot_not_tradable" if stopped else "medicine_blocked", _subject(row), detail)


def _beyond_sent(row: frappe._dict) -> Defect:
	detail = {"expected": int(row.quantity + row.outstanding), "found": row.quantity, "movement": row.name}
	return Defect("return_beyond_sent", _subject(row), detail)


def _subject(row: frappe._dict) -> str:
	return f"{row.warehouse} / {row.national_lot} {row.name}"
