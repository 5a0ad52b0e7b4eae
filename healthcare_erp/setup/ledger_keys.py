"""The ledger's unique keys, and where they lie once its table is partitioned.

MariaDB asks that every unique key of a partitioned table contains the partitioning column, which would let the same
key through twice. So each key of a partitioned ledger has a narrow table of its own, which a trigger
fills in the statement that records the movement; a duplicate is refused as before, with the same key name.
"""

import frappe

TABLE = "tabStock Movement"
# Name, columns. The idempotency key comes first: it is the one that a repeated request should meet.
UNIQUE_KEYS = {
	"idempotency_key": ("idempotency_key",),
	"position": ("warehouse", "national_lot", "position_sequence"),
	"reversal_of": ("reversal_of",),
}


def key_table(name: str) -> str:
	return f"stock_movement_{name}"


def key_tables() -> dict[str, str]:
	"""Key -> its own table, of those that exist."""
	tables = {key_table(name): name for name in UNIQUE_KEYS}
	existing = frappe.db.sql_list(
		"""SELECT table_name FROM information_schema.tables
		WHERE table_schema = DATABASE() AND table_name IN %s""",
		(tuple(tables),),
	)
	return {name: table for table, name in tables.items() if table in existing}


def partitions() -> list[str]:
	"""Names of the ledger's partitions, none where it is not partitioned."""
	return frappe.db.sql_list(
		"""SELECT partition_name FROM information_schema.partitions
		WHERE table_schema = DATABASE() AND table_name = %s AND partition_name IS NOT NULL
		ORDER BY partition_ordinal_position""",
		(TABLE,),
	)
