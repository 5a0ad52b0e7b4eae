"""The rows that stand for the ledger's locks: one for each warehouse of a facility, that nobody else touches."""

import frappe

_TABLE = """CREATE TABLE IF NOT EXISTS stock_movement_locks (
	warehouse varchar(140) NOT NULL PRIMARY KEY
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci"""
_FILL = """INSERT IGNORE INTO stock_movement_locks
	SELECT name FROM `tabWarehouse` WHERE healthcare_facility > '' ORDER BY name"""


def apply() -> None:
	"""Make the table where it is missing, and the rows of facilities that came in without their events."""
	frappe.db.sql_ddl(_TABLE)
	frappe.db.sql(_FILL)


def remove() -> None:
	"""Drop the table (Frappe knows only those of DocTypes)."""
	frappe.db.sql_ddl("DROP TABLE IF EXISTS stock_movement_locks")
