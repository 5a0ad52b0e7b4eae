"""Where the ledger's unique keys lie once its table is partitioned.

MariaDB asks that every unique key of a partitioned table contains the partitioning column, which would let the same
key through twice. So each key of a partitioned ledger has a narrow table of its own, which a trigger
fills in the statement that records the movement; a duplicate is refused as before, with the same key name.
"""

import frappe

from healthcare_erp.core.guarantees.schema import LEDGER, UNIQUE_KEYS


def key_table(name: str) -> str:
	return f"stock_movement_{name}"


def wanted() -> dict[str, str]:
	"""Key -> its own table: all of a partitioned ledger, and those that are there already."""
	if partitions():
		return {name: key_table(name) for name in UNIQUE_KEYS}
	return existing()


def existing() -> dict[str, str]:
	"""Key -> its own table, of those that exist."""
	tables = {key_table(name): name for name in UNIQUE_KEYS}
	found = frappe.db.sql_list(
		"""SELECT table_name FROM information_schema.tables
		WHERE table_schema = DATABASE() AND table_name IN %s""",
		(tuple(tables),),
	)
	return {name: table for table, name in tables.items() if table in found}


def partitions() -> list[str]:
	"""Names of the ledger's partitions, none where it is not partitioned."""
	return frappe.db.sql_list(
		"""SELECT partition_name FROM information_schema.partitions
		WHERE table_schema = DATABASE() AND table_name = %s AND partition_name IS NOT NULL
		ORDER BY partition_ordinal_position""",
		(LEDGER,),
	)


def make(name: str) -> None:
	"""The table of a key, empty, where it is not there."""
	columns = UNIQUE_KEYS[name]
	definitions = ", ".join(map(_definition, columns))
	frappe.db.sql_ddl(
		f"""CREATE TABLE IF NOT EXISTS `{key_table(name)}`
		({definitions}, UNIQUE KEY `{name}` ({", ".join(columns)})) ENGINE=InnoDB"""
	)


def fill(name: str) -> None:
	"""Note the keys of the movements that were recorded before the trigger did."""
	columns = UNIQUE_KEYS[name]
	given = " AND ".join(f"{column} IS NOT NULL" for column in columns)
	frappe.db.sql(
		f"INSERT IGNORE INTO `{key_table(name)}` SELECT {', '.join(columns)} FROM `{LEDGER}` WHERE {given}"  # nosec B608 # constants only
	)


def _definition(column: str) -> str:
	[[kind, collation]] = frappe.db.sql(
		"""SELECT column_type, collation_name FROM information_schema.columns
		WHERE table_schema = DATABASE() AND table_name = %s AND column_name = %s""",
		(LEDGER, column),
	)
	return f"`{column}` {kind} {f'COLLATE {collation}' if collation else ''} NOT NULL"
