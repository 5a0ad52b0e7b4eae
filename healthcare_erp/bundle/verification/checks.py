"""The checks on a bundle's rows, as set-based SQL.

Each check is a query of (subject, expected, found): a row per defect, in a stable order. `movements`, `lots`
... are the bundle's views; `directions` has the movement types with their directions.
"""

from typing import NamedTuple

from healthcare_erp.domain.traceability.ledger import REPOST_KEY
from healthcare_erp.domain.vocabulary import FACILITY_TYPES

from ..schema import REQUIRED, TABLES


class Check(NamedTuple):
	"""`title` is for the progress bar; the query's rows are defects of this code."""

	code: str
	title: str
	query: str


_KEYS = {"facilities": "facility_type || ' ' || name", "medicines": "name", "lots": "name"}


def _missing(table: str) -> str:
	empty = " ".join(f'WHEN "{column}" IS NULL THEN {column!r}' for column in REQUIRED[table])
	any_empty = " OR ".join(f'"{column}" IS NULL' for column in REQUIRED[table])
	first = next(iter(TABLES[table]))
	return f"SELECT {first}, CASE {empty} END, NULL FROM {table} WHERE {any_empty}"  # nosec B608 # constants only


def _duplicates(column: str) -> str:
	"""Names that occur twice. Hashes are counted first: all different means that all names are."""
	return f"""
		WITH suspicious AS (SELECT hash({column}) AS code FROM movements GROUP BY code HAVING count(*) > 1)
		SELECT {column}, 1, count(*) FROM movements
		WHERE hash({column}) IN (SELECT code FROM suspicious) GROUP BY {column} HAVING count(*) > 1 ORDER BY ALL"""  # nosec B608 # constants only


def _unknown(column: str, key: str, masters: str, master_key: str, where: str = "true") -> str:
	return f"""
		SELECT name, NULL, {column} FROM movements m
		WHERE {where} AND NOT EXISTS (SELECT 1 FROM {masters} x WHERE {master_key} = {key})"""  # nosec B608 # constants only


MASTER_CHECKS = (
	*(Check("missing_value", f"fields of {table}", _missing(table)) for table in REQUIRED),
	*(
		Check(
			"duplicate_record",
			f"names of {table}",
			f"SELECT {key} AS k, 1, count(*) FROM {table} GROUP BY k HAVING count(*) > 1 ORDER BY k",  # nosec B608 # constants only
		)
		for table, key in _KEYS.items()
	),
	Check(
		"unknown_facility_type",
		"types of facilities",
		f"""
		SELECT name, NULL, facility_type FROM facilities WHERE facility_type NOT IN {FACILITY_TYPES}
		UNION ALL SELECT name, NULL, facility_type FROM movements WHERE facility_type NOT IN {FACILITY_TYPES}
		UNION ALL SELECT name, NULL, counterparty_type FROM movements WHERE counterparty_type NOT IN {FACILITY_TYPES}""",  # nosec B608 # constants only
	),
	Check(
		"unknown_medicine",
		"medicines of lots",
		"SELECT name, NULL, national_medicine FROM lots ANTI JOIN (SELECT name AS known FROM medicines) "
		"ON known = national_medicine ORDER BY name",
	),
)

ROW_CHECKS = (
	Check(
		"invalid_quantity",
		"quantities",
		"SELECT name, 'a positive whole number', quantity FROM movements "
		"WHERE quantity <= 0 OR quantity <> floor(quantity) OR quantity > $max_quantity",
	),
	Check(
		"unknown_movement_type",
		"movement types",
		"SELECT name, NULL, movement_type FROM movements "
		"WHERE movement_type NOT IN (SELECT movement_type FROM directions)",
	),
	Check(
		"invalid_direction",
		"directions",
		"""
		SELECT name, 'the other direction', movement_type || ' ' || direction FROM movements m
		WHERE movement_type IN (SELECT movement_type FROM directions)
		AND (movement_type, direction, reversal_of IS NOT NULL) NOT IN (
			SELECT (movement_type, direction, false) FROM directions
			UNION ALL SELECT (movement_type, CASE direction WHEN 'In' THEN 'Out' ELSE 'In' END, true) FROM directions)""",
	),
	Check(
		"unknown_facility",
		"facilities",
		"""
		WITH places AS (SELECT DISTINCT facility_type, facility, warehouse FROM movements),
		owned AS (
			SELECT p.*, main.name IS NULL AND count(*) OVER (PARTITION BY p.warehouse) > 1 AS shared,
				own.name IS NULL OR main.facility_type <> p.facility_type OR main.name <> p.facility AS foreign_
			FROM places p
			LEFT JOIN facilities own ON (own.facility_type, own.name) = (p.facility_type, p.facility)
			LEFT JOIN facilities main ON main.warehouse = p.warehouse)
		SELECT m.name, NULL, m.facility_type || ' ' || m.facility || ' / ' || m.warehouse
		FROM movements m JOIN owned USING (facility_type, facility, warehouse) WHERE coalesce(foreign_, false) OR shared""",
	),
	Check(
		"unknown_counterparty",
		"counterparties",
		_unknown(
			"m.counterparty",
			"(m.counterparty_type, m.counterparty)",
			"facilities",
			"(x.facility_type, x.name)",
			"m.counterparty IS NOT NULL",
		),
	),
	Check("unknown_lot", "lots", _unknown("m.national_lot", "m.national_lot", "lots", "x.name")),
	Check(
		"medicine_mismatch",
		"medicines",
		"SELECT m.name, l.national_medicine, m.national_medicine FROM movements m "
		"JOIN lots l ON l.name = m.national_lot WHERE m.national_medicine IS DISTINCT FROM l.national_medicine",
	),
	Check(
		"unknown_movement",
		"reversals",
		"SELECT name, NULL, reversal_of FROM movements r WHERE reversal_of IS NOT NULL "
		"AND reversal_of NOT IN (SELECT name FROM movements WHERE name IN "
		"(SELECT reversal_of FROM movements WHERE reversal_of IS NOT NULL))",
	),
	Check(
		"invalid_reversal",
		"mirrored movements",
		"""
		SELECT name, NULL, reversal_of FROM (
			SELECT r.name, r.reversal_of,
				(r.warehouse, r.national_lot, r.movement_type, r.quantity) = (o.warehouse, o.national_lot, o.movement_type, o.quantity)
				AND r.direction <> o.direction AND o.reversal_of IS NULL AS mirrors,
				count(*) OVER (PARTITION BY r.reversal_of) AS times
			FROM (SELECT * FROM movements WHERE reversal_of IS NOT NULL) r JOIN movements o ON o.name = r.reversal_of)
		WHERE NOT mirrors OR times > 1 ORDER BY name""",
	),
	Check("duplicate_name", "names", _duplicates("name")),
	Check(
		"duplicate_idempotency_key",
		"idempotency keys",
		_duplicates("concat_ws(' ', facility_type, facility, idempotency_key)"),
	),
)

# The ledger with its positions as small numbers, which is what makes ten million rows fit.
COMPACT = """
CREATE OR REPLACE TEMP TABLE warehouse_numbers AS
	SELECT warehouse, row_number() OVER (ORDER BY warehouse)::INTEGER AS id FROM (SELECT DISTINCT warehouse FROM movements);
CREATE OR REPLACE TEMP TABLE lot_numbers AS
	SELECT national_lot, row_number() OVER (ORDER BY national_lot)::INTEGER AS id FROM (SELECT DISTINCT national_lot FROM movements);
CREATE OR REPLACE TEMP TABLE compact AS
	SELECT w.id AS warehouse, l.id AS lot, position_sequence, balance_after, m.ordinal,
		CASE direction WHEN 'In' THEN quantity ELSE -quantity END AS change
	FROM (SELECT *, row_number() OVER () AS ordinal FROM movements) m
	JOIN warehouse_numbers w USING (warehouse) JOIN lot_numbers l USING (national_lot);
CREATE OR REPLACE TEMP TABLE broken AS
	SELECT * FROM (
		SELECT *, coalesce(lag(position_sequence) OVER chain, 0) + 1 AS next_sequence, sum(change) OVER chain AS held
		FROM compact
		WINDOW chain AS (PARTITION BY warehouse, lot ORDER BY position_sequence, ordinal ROWS UNBOUNDED PRECEDING))
	WHERE position_sequence <> next_sequence OR balance_after <> held OR balance_after < 0;
"""

_IN_BROKEN = """
SELECT w.warehouse || ' / ' || l.national_lot || ' #' || position_sequence::BIGINT, {expected}, {found}
FROM broken b JOIN warehouse_numbers w ON w.id = b.warehouse JOIN lot_numbers l ON l.id = b.lot
WHERE {wrong} ORDER BY w.warehouse, l.national_lot, position_sequence, ordinal"""


def _in_positions(expected: str, found: str, wrong: str) -> str:
	return _IN_BROKEN.format(expected=expected, found=found, wrong=wrong)


POSITION_CHECKS = (
	Check(
		"sequence_gap",
		"numbering of positions",
		_in_positions("next_sequence", "position_sequence", "position_sequence <> next_sequence"),
	),
	Check("balance_mismatch", "balances", _in_positions("held", "balance_after", "balance_after <> held")),
	Check("negative_balance", "signs of balances", _in_positions("0", "balance_after", "balance_after < 0")),
)

# Forbidden when it was recorded, and forbidden when it happened: what was lawful then may be reported late.
# What ERPNext's reposting makes of a count moves nothing anew.
_UNTRADABLE = """
SELECT m.name, NULL, m.movement_type || ' ' || m.direction || ' of ' || m.national_lot || ' (' || {status} || ')'
FROM movements m JOIN restrictions r
	ON r.lot = m.national_lot AND m.creation >= r.since AND (r.until IS NULL OR m.creation < r.until)
JOIN restrictions p ON p.lot = m.national_lot AND m.posting_datetime >= p.since
	AND (p.until IS NULL OR m.posting_datetime < p.until)
WHERE m.reversal_of IS NULL AND (r.lot_status = 'Active') = {active} AND (r.lot_status, r.medicine_status, m.movement_type, m.direction)
	NOT IN (SELECT (lot_status, medicine_status, movement_type, direction) FROM allowed)
AND (p.lot_status, p.medicine_status, m.movement_type, m.direction)
	NOT IN (SELECT (lot_status, medicine_status, movement_type, direction) FROM allowed)
AND NOT (m.movement_type = 'B2B In' AND coalesce(m.counterparty = m.facility, false))
AND NOT (m.movement_type = 'Adjustment' AND starts_with(m.idempotency_key, '{reposted}'))
ORDER BY m.name"""

# Stopped goods come back only from whom they were sent to, and no more of them than were sent until then.
_TAKEN_BACK = """
WITH taken AS (
	SELECT m.* FROM movements m JOIN restrictions r
		ON r.lot = m.national_lot AND m.creation >= r.since AND (r.until IS NULL OR m.creation < r.until)
	WHERE m.movement_type = 'Return' AND m.direction = 'In' AND m.reversal_of IS NULL)
SELECT t.name, NULL, t.quantity FROM taken t
JOIN movements s ON (s.facility_type, s.facility, s.national_lot) = (t.facility_type, t.facility, t.national_lot)
	AND s.counterparty_type IS NOT DISTINCT FROM t.counterparty_type
	AND s.counterparty IS NOT DISTINCT FROM t.counterparty AND s.name <= t.name
WHERE s.movement_type IN ('B2B Out', 'Sale')
	OR s.movement_type = 'Return' AND (s.direction = 'In') = (s.reversal_of IS NULL)
GROUP BY t.name, t.quantity HAVING sum(CASE s.direction WHEN 'Out' THEN s.quantity ELSE -s.quantity END) < 0
ORDER BY t.name"""

_IMPORTED = """
SELECT national_lot, min(quantity_imported),
	sum(CASE direction WHEN 'In' THEN quantity ELSE -quantity END)::BIGINT AS imported
FROM movements JOIN lots ON lots.name = national_lot
WHERE quantity_imported > 0 AND (movement_type = 'Import' OR movement_type = 'Return' AND counterparty IS NULL
	AND facility = importer AND (direction = 'Out') = (reversal_of IS NULL))
GROUP BY national_lot HAVING imported > min(quantity_imported) * (1 + $import_tolerance / 100) ORDER BY national_lot"""

IMPORT_CHECKS = (
	Check("import_beyond_declared", "declared quantities", _IMPORTED),
	Check(
		"not_the_importer",
		"importers",
		"SELECT m.name, importer, facility FROM movements m JOIN lots ON lots.name = national_lot "
		"WHERE movement_type = 'Import' AND reversal_of IS NULL AND importer IS NOT NULL AND importer <> facility "
		"AND m.name NOT IN (SELECT reversal_of FROM movements WHERE reversal_of IS NOT NULL) ORDER BY m.name",
	),
)

STATUS_CHECKS = (
	Check(
		"lot_not_tradable",
		"lots that may not move",
		_UNTRADABLE.format(status="r.lot_status", active="false", reposted=REPOST_KEY),
	),
	Check(
		"medicine_blocked",
		"medicines that may not move",
		_UNTRADABLE.format(status="r.medicine_status", active="true", reposted=REPOST_KEY),
	),
	Check("return_beyond_sent", "stopped goods that came back", _TAKEN_BACK),
)
