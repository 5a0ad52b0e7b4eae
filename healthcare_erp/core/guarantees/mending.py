"""Bring the database's guarantees about, and back where somebody took or changed them."""

from typing import NamedTuple

import click
import frappe
from frappe import _
from pymysql.err import MySQLError

from healthcare_erp.core.guarantees import key_tables, outbox, triggers
from healthcare_erp.core.guarantees.schema import LEDGER, Part
from healthcare_erp.core.guarantees.state import defect, differences
from healthcare_erp.domain.traceability.ledger import Defect

_ORDER = ("table", "column", "key", "index", "check", "trigger", "foreign key", "setting")
_DEFAULT = """SELECT column_default FROM information_schema.columns
WHERE table_schema = DATABASE() AND table_name = %s AND column_name = %s"""


class Finding(NamedTuple):
	"""What was found, and why it still stands so: None where it is mended."""

	defect: Defect
	refusal: str | None

	def __str__(self) -> str:
		outcome = f"not mended: {self.refusal}" if self.refusal else "mended"
		return f"{self.defect.code}: {self.defect.subject} {self.defect.detail}: {outcome}"


def mend() -> list[Finding]:
	"""Bring everything to the schema; does nothing where it is there (after install and migrate).

	What the data contradicts (a duplicate under a lost key), the server's settings and triggers of others stay.
	"""
	findings, parts = [], differences()
	for part, texts in sorted(parts.items(), key=lambda item: _ORDER.index(item[0].kind)):
		findings.append(Finding(defect(part, *texts), _mended(part, *texts)))
	if any(part.name in triggers.EVENTS or part.table in outbox.KEYS for part in parts):
		outbox.note_past()  # what was written meanwhile
	return findings


def mend_and_say() -> None:
	"""`mend`; print what did not stand and keep it in the Error Log."""
	if findings := mend():
		lines = "\n".join(map(str, findings))
		click.echo(lines)
		frappe.log_error(title=_("Guarantees that did not stand"), message=lines)


def remove() -> None:
	"""Take the triggers away, so that the tables can be dropped, the tables of a partitioned ledger's keys, and the outbox."""
	triggers.remove()
	for table in key_tables.existing().values():
		frappe.db.sql_ddl(f"DROP TABLE `{table}`")
	outbox.remove()


def _mended(part: Part, should: str | None, there: str | None) -> str | None:
	"""Why the difference could not be mended."""
	if should is None or part.kind == "setting":
		return "not the app's to change"
	try:
		_MENDERS[part.kind](part, should, there)
	except MySQLError as refusal:
		return str(refusal)
	return None


def _mend_table(part: Part, should: str, there: str | None) -> None:
	if there is None and part.table in outbox.KEYS:
		outbox.apply()
	elif there is None:
		_rebuild(part)
	else:
		frappe.db.sql_ddl(f"ALTER TABLE `{part.table}` ENGINE = {should}")


def _mend_column(part: Part, should: str, there: str | None) -> None:
	if part.table != LEDGER:
		return _rebuild(part)
	[[default]] = frappe.db.sql(_DEFAULT, (part.table, part.name))
	default = f"DEFAULT {default}" if default not in (None, "NULL") else ""
	kind = should.replace(" utf8mb4", " COLLATE utf8mb4")
	frappe.db.sql_ddl(f"ALTER TABLE `{part.table}` MODIFY `{part.name}` {kind} {default}")


def _mend_key(part: Part, should: str, there: str | None) -> None:
	if part.table in key_tables.wanted().values():
		return _rebuild(part)
	kind, columns = should.split(" (", 1)
	name = "PRIMARY KEY" if part.name == "PRIMARY" else f"KEY `{part.name}`"
	added = name if part.name == "PRIMARY" else f"{kind} `{part.name}`"
	dropped = f"DROP {name}, " if there else ""
	frappe.db.sql_ddl(f"ALTER TABLE `{part.table}` {dropped}ADD {added} ({columns}")


def _mend_check(part: Part, should: str, there: str | None) -> None:
	if there:
		frappe.db.sql_ddl(f"ALTER TABLE `{part.table}` DROP CONSTRAINT `{part.name}`")
	frappe.db.sql_ddl(f"ALTER TABLE `{part.table}` ADD CONSTRAINT `{part.name}` CHECK ({should})")


def _mend_trigger(part: Part, should: str, there: str | None) -> None:
	triggers.create(part.name, should)


def _rebuild(part: Part) -> None:
	"""A table of a partitioned ledger's key, from the ledger. Nothing is recorded meanwhile."""
	if part not in differences():
		return  # with another of its parts
	triggers.refuse_movements()
	[name] = [name for name, table in key_tables.wanted().items() if table == part.table]
	frappe.db.sql_ddl(f"DROP TABLE IF EXISTS `{part.table}`")
	key_tables.make(name)
	key_tables.fill(name)
	triggers.ensure()


_MENDERS = {
	"table": _mend_table,
	"column": _mend_column,
	"key": _mend_key,
	"index": _mend_key,
	"check": _mend_check,
	"trigger": _mend_trigger,
}
