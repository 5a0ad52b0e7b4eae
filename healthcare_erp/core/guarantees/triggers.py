"""The triggers: they refuse every change of a recorded movement and of an entry of the audit trail.

A dump names the owner of each trigger, the database account of the site that it came from, and MariaDB lets no other
account make such a trigger: `bench restore` on another site would stop there. Frappe's restore leaves out every line
that holds `_LEFT_OUT` (it means views), so each trigger carries these words at the end of its first line. The
line that remains does nothing. `ensure` makes the triggers again before the restore ends, and at each migrate.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from healthcare_erp.core.guarantees import key_tables, outbox
from healthcare_erp.core.guarantees.schema import LEDGER, TRAIL, UNIQUE_KEYS

NOTES = "stock_movement_unique"  # notes the keys of a partitioned ledger
_LEFT_OUT = "/*! DEFINER= SQL SECURITY DEFINER */\nDO 0 /*"
_BODY = "BEGIN {statements}; DO '" + _LEFT_OUT + "'; END"
_TRIGGER = "{when} ON `{table}` FOR EACH ROW {body}"
_REFUSE = "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{message}'"
_LEDGER_MESSAGES = {
	"UPDATE": "Stock Movement is insert-only: record a reversal instead",
	"DELETE": "Stock Movement is insert-only: rows are never deleted",
}
_TRAIL_MESSAGES = {
	"UPDATE": "Audit Entry is insert-only: an entry is never changed",
	"DELETE": "Audit Entry is insert-only: rows are never deleted",
}
_OUTBOX_MESSAGES = {
	"UPDATE": "The outbox is insert-only: what was numbered keeps its number",
	"DELETE": "The outbox is insert-only: what was numbered stays",
}
# Table -> the documents whose making is an event of the outbox
_EVENTS = {LEDGER: "Stock Movement", TRAIL: "Audit Entry"}
EVENTS = ("stock_movement_event", "audit_entry_event")  # the triggers that note them
_NOTE_EVENT = f"INSERT INTO {outbox.PENDING} (document_type, document) VALUES ('{{doctype}}', NEW.name)"  # nosec B608 # constants only
_BEING_REBUILT = "The tables of the keys of Stock Movement are being made anew: migrate the site"
_NOTE_KEY = "INSERT INTO `{table}` SELECT {values} FROM DUAL WHERE {given}"
_EXISTING = """SELECT trigger_name, CONCAT(action_timing, ' ', event_manipulation, ' ON `', event_object_table,
	'` FOR EACH ROW ', action_statement,
	IF(SUBSTRING_INDEX(definer, '@', 1) = SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '', CONCAT(' /* of ', definer, ' */'))),
	event_object_table
FROM information_schema.triggers WHERE trigger_schema = DATABASE()"""


def wanted() -> dict[str, str]:
	"""Trigger -> all that follows its name in CREATE TRIGGER."""
	tables = key_tables.wanted()
	triggers = {}
	for table in (LEDGER, TRAIL, outbox.NUMBERED, *tables.values()):
		for event, message in _messages(table).items():
			triggers[name_of(table, event)] = _trigger(
				f"BEFORE {event}", table, _REFUSE.format(message=message)
			)
	if tables:
		triggers[NOTES] = _trigger("AFTER INSERT", LEDGER, "; ".join(map(_note_key, tables)))
	for table, doctype in _EVENTS.items():
		triggers[f"{_prefix(table)}_event"] = _trigger(
			"AFTER INSERT", table, _NOTE_EVENT.format(doctype=doctype)
		)
	return triggers


def existing() -> dict[str, tuple[str, str]]:
	"""Trigger -> (what follows its name, its table), of all triggers of the site. One of another account says so."""
	# the catalogue writes the body's newline as \n
	return {name: (text.replace("\\n", "\n"), table) for name, text, table in frappe.db.sql(_EXISTING)}


def ensure() -> None:
	"""Make each trigger that is missing, changed, or of another's account (after install, migrate, restore)."""
	found = existing()
	for name, text in wanted().items():
		if found.get(name, ("",))[0] != text:
			create(name, text)


def ensure_after_restore() -> None:
	"""Hook `clear_cache`: the one of the app's hooks that Frappe calls when it has restored a site, as if it installed
	itself there. Not on other occasions: making a trigger commits what the caller has written."""
	if frappe.flags.in_install and all(
		frappe.db.table_exists(doctype, cached=False) for doctype in ("Stock Movement", "Audit Entry")
	):
		outbox.apply()
		ensure()


def remove() -> None:
	"""Take the triggers away, so that the tables can be dropped."""
	for name in wanted():
		frappe.db.sql_ddl(f"DROP TRIGGER IF EXISTS `{name}`")


def create(name: str, text: str) -> None:
	"""Make the trigger, in the place of one of its name: on whichever table that is."""
	found = existing().get(name)
	if found and f" ON `{found[1]}` " not in text:
		frappe.db.sql_ddl(f"DROP TRIGGER `{name}`")
	frappe.db.sql_ddl(f"CREATE OR REPLACE TRIGGER `{name}` {text}")


def refuse_movements() -> None:
	"""While tables of keys are made anew, nothing is recorded (until `ensure`)."""
	create(NOTES, _trigger("AFTER INSERT", LEDGER, _REFUSE.format(message=_BEING_REBUILT)))


@contextmanager
def filling(column: str, table: str = LEDGER) -> Iterator[None]:
	"""For a patch that fills a column which a protected table has just got: inside, an UPDATE may set it where it
	still holds its default. Every other column stays as protected as before, whoever writes.

	with triggers.filling("province"):
		frappe.db.sql("UPDATE `tabStock Movement` movement JOIN … SET movement.province = …")
	"""
	create(name_of(table, "UPDATE"), _trigger("BEFORE UPDATE", table, _refuse_but(column, table)))
	try:
		yield
		frappe.db.commit()  # the next statement commits in any case, as every CREATE TRIGGER does; nosemgrep
	except BaseException:
		frappe.db.rollback()
		raise
	finally:
		ensure()


def name_of(table: str, event: str) -> str:
	return f"{_prefix(table)}_no_{event.lower()}"


def _prefix(table: str) -> str:
	return {LEDGER: "stock_movement", TRAIL: "audit_entry"}.get(table, table)


def _messages(table: str) -> dict[str, str]:
	return {TRAIL: _TRAIL_MESSAGES, outbox.NUMBERED: _OUTBOX_MESSAGES}.get(table, _LEDGER_MESSAGES)


def _trigger(when: str, table: str, statements: str) -> str:
	return _TRIGGER.format(when=when, table=table, body=_BODY.format(statements=statements))


def _note_key(name: str) -> str:
	columns = [f"NEW.`{column}`" for column in UNIQUE_KEYS[name]]
	given = " AND ".join(f"{column} IS NOT NULL" for column in columns)
	return _NOTE_KEY.format(table=key_tables.key_table(name), values=", ".join(columns), given=given)


def _refuse_but(column: str, table: str) -> str:
	"""The statement that refuses an update of anything but this column's default."""
	columns = dict(
		frappe.db.sql(
			"""SELECT column_name, COALESCE(column_default, 'NULL') FROM information_schema.columns
			WHERE table_schema = DATABASE() AND table_name = %s""",
			table,
		)
	)
	default = columns.pop(column)
	# BINARY: to the columns' own collation, `a` and `A` are the same
	same = " AND ".join(f"BINARY NEW.`{name}` <=> BINARY OLD.`{name}`" for name in columns)
	refuse = _REFUSE.format(message=_messages(table)["UPDATE"])
	return f"IF NOT (OLD.`{column}` <=> {default} AND {same}) THEN {refuse}; END IF"
