"""The tables of the outbox (`core/outbox.py`): what is noted with a transaction, and what was numbered after it."""

import frappe

PENDING, NUMBERED = "outbox_pending", "outbox"
KEYS = {PENDING: "id", NUMBERED: "sequence"}  # table -> its primary key
_NAME = "varchar(140) NOT NULL"
_OPTIONS = "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci"
_TABLES = (
	f"""CREATE TABLE IF NOT EXISTS {PENDING} (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
	document_type {_NAME}, document {_NAME}) {_OPTIONS}""",
	f"""CREATE TABLE IF NOT EXISTS {NUMBERED} (sequence bigint unsigned NOT NULL PRIMARY KEY,
	document_type {_NAME}, document {_NAME}) {_OPTIONS}""",
)
_NOTE_PAST = f"""INSERT INTO {PENDING} (document_type, document) SELECT %(doctype)s, name FROM `{{table}}`
WHERE name NOT IN (SELECT document FROM {PENDING} WHERE document_type = %(doctype)s)
AND name NOT IN (SELECT document FROM {NUMBERED} WHERE document_type = %(doctype)s) ORDER BY creation, name"""  # nosec B608 # constants only


def apply() -> None:
	"""Make the tables where they are missing."""
	for table in _TABLES:
		frappe.db.sql_ddl(table)


def note_past() -> None:
	"""For a site that recorded before it had an outbox: what is in neither of its tables, in the order of recording."""
	for doctype in ("Stock Movement", "Audit Entry"):
		frappe.db.sql(_NOTE_PAST.format(table=f"tab{doctype}"), {"doctype": doctype})


def remove() -> None:
	"""Drop the tables (Frappe knows only those of DocTypes)."""
	for table in (PENDING, NUMBERED):
		frappe.db.sql_ddl(f"DROP TABLE IF EXISTS {table}")
