"""The ledger's triggers: they refuse every change of a recorded movement.

A dump names the owner of each trigger, the database account of the site that it came from, and MariaDB lets no other
account make such a trigger: `bench restore` on another site would stop there. Frappe's restore leaves out every line
that holds `_LEFT_OUT` (it means views), so each trigger carries these words at the end of its first line. The
line that remains does nothing. `ensure` makes the triggers again before the restore ends, and at each migrate.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from healthcare_erp.setup.ledger_keys import TABLE, UNIQUE_KEYS, key_table, key_tables

_LEFT_OUT = "/*! DEFINER= SQL SECURITY DEFINER */\nDO 0 /*"
_BODY = "BEGIN {statements}; DO '" + _LEFT_OUT + "'; END"
_REFUSE = "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{message}'"
_MESSAGES = {
	"UPDATE": "Stock Movement is insert-only: record a reversal instead",
	"DELETE": "Stock Movement is insert-only: rows are never deleted",
}
_NOTE_KEY = "INSERT INTO `{table}` SELECT {values} FROM DUAL WHERE {given}"


def ensure() -> None:
	"""Make each trigger that is missing, changed, or of another account's (after install, migrate, restore)."""
	existing = dict(
		frappe.db.sql(
			"""SELECT trigger_name, action_statement FROM information_schema.triggers
			WHERE trigger_schema = DATABASE()
			AND SUBSTRING_INDEX(definer, '@', 1) = SUBSTRING_INDEX(CURRENT_USER(), '@', 1)"""
		)
	)
	for name, (when, table, statements) in _wanted().items():
		# the catalogue writes the body's newline as \n
		if existing.get(name, "").replace("\\n", "\n") != _BODY.format(statements=statements):
			_create(name, when, table, statements)


def ensure_after_restore() -> None:
	"""Hook `clear_cache`: the one of the app's hooks that Frappe calls when it has restored a site, as if it installed
	itself there. Not on other occasions: making a trigger commits what the caller has written."""
	if frappe.flags.in_install and frappe.db.table_exists("Stock Movement", cached=False):
		ensure()


def remove() -> None:
	"""Take the triggers away, so that the tables can be dropped."""
	for name in _wanted():
		frappe.db.sql_ddl(f"DROP TRIGGER IF EXISTS `{name}`")


@contextmanager
def filling(column: str) -> Iterator[None]:
	"""For a patch that fills a column which the ledger has just got: inside, an UPDATE may set it where it still
	holds its default. Every other column stays as protected as before, whoever writes.

	with ledger_triggers.filling("province"):
		frappe.db.sql("UPDATE `tabStock Movement` movement JOIN … SET movement.province = …")
	"""
	_create("stock_movement_no_update", "BEFORE UPDATE", TABLE, _refuse_but(column))
	try:
		yield
		frappe.db.commit()  # the next statement commits in any case, as every CREATE TRIGGER does
	except BaseException:
		frappe.db.rollback()
		raise
	finally:
		ensure()


def _wanted() -> dict[str, tuple[str, str, str]]:
	"""Trigger -> (when, table, statements)."""
	tables = key_tables()
	triggers = {
		f"{_prefix(table)}_no_{event.lower()}": (
			f"BEFORE {event}",
			table,
			_REFUSE.format(message=message),
		)
		for table in (TABLE, *tables.values())
		for event, message in _MESSAGES.items()
	}
	if tables:
		notes = "; ".join(_note_key(name) for name in tables)
		triggers["stock_movement_unique"] = ("AFTER INSERT", TABLE, notes)
	return triggers


def _prefix(table: str) -> str:
	return "stock_movement" if table == TABLE else table


def _note_key(name: str) -> str:
	columns = [f"NEW.`{column}`" for column in UNIQUE_KEYS[name]]
	given = " AND ".join(f"{column} IS NOT NULL" for column in columns)
	return _NOTE_KEY.format(table=key_table(name), values=", ".join(columns), given=given)


def _refuse_but(column: str) -> str:
	"""The statement that refuses an update of anything but this column's default."""
	columns = dict(
		frappe.db.sql(
			"""SELECT column_name, COALESCE(column_default, 'NULL') FROM information_schema.columns
			WHERE table_schema = DATABASE() AND table_name = %s""",
			TABLE,
		)
	)
	default = columns.pop(column)
	# BINARY: to the columns' own collation, `a` and `A` are the same
	same = " AND ".join(f"BINARY NEW.`{name}` <=> BINARY OLD.`{name}`" for name in columns)
	refuse = _REFUSE.format(message=_MESSAGES["UPDATE"])
	return f"IF NOT (OLD.`{column}` <=> {default} AND {same}) THEN {refuse}; END IF"


def _create(name: str, when: str, table: str, statements: str) -> None:
	body = _BODY.format(statements=statements)
	frappe.db.sql_ddl(f"CREATE OR REPLACE TRIGGER `{name}` {when} ON `{table}` FOR EACH ROW {body}")
