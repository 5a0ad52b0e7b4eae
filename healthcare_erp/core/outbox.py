"""What happened, numbered once it was committed: "everything since N" is exact, for whoever passes it on.

A transaction notes its events in `outbox_pending` (triggers of the ledger and of the audit trail do, whoever writes).
An identifier that is given while transactions run says nothing about which of them ends first, so that a reader at
N would miss the slow ones. `number` therefore numbers events once they are committed, one runner at a time: an event
that shows up later has a higher number. Numbers are never given again, and have no gaps. (A site that is restored from a
backup numbers anew from there: who read further begins again.)
"""

import json
from typing import NamedTuple

import frappe

PASS = 10_000  # events that are numbered in one transaction
_WAIT = 30  # seconds for another runner
_PENDING = "SELECT id, document_type, document FROM outbox_pending ORDER BY id LIMIT %s"
# Row by row of the primary key: a scan would wait for what others note and have not committed.
_FORGET = """DELETE pending FROM JSON_TABLE(%s, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) numbered
STRAIGHT_JOIN outbox_pending pending FORCE INDEX (PRIMARY) ON pending.id = numbered.id"""
_LAST = "SELECT COALESCE(MAX(sequence), 0) FROM outbox"
_SINCE = """SELECT sequence, document_type, document FROM outbox
WHERE sequence > %s ORDER BY sequence LIMIT %s"""


class Event(NamedTuple):
	"""A document that came to be: a Stock Movement or an Audit Entry, which say the rest and never change."""

	sequence: int
	document_type: str
	document: str


def since(sequence: int, limit: int = PASS) -> list[Event]:
	"""The numbered events after this one, in the order of their commits. A reader keeps the last one's `sequence`."""
	return [Event(*row) for row in frappe.db.sql(_SINCE, (sequence, limit))]


def last() -> int:
	"""The number of the newest event, 0 for none."""
	return int(frappe.db.sql(_LAST)[0][0])


def number() -> int:
	"""Number what has been committed since. For jobs: it commits, so that each pass reads what others have committed.

	:returns: how many events it numbered; 0 also where another runner is at it for longer than `_WAIT` seconds.
	"""
	if not _lock():
		return 0
	numbered = 0
	try:
		while count := _number_some():
			numbered += count
	finally:
		frappe.db.sql("SELECT RELEASE_LOCK(%s)", _lock_name())
	return numbered


def _number_some() -> int:
	frappe.db.commit()  # the snapshot that follows is newer than the last runner's commit; nosemgrep
	if not (pending := frappe.db.sql(_PENDING, PASS)):
		return 0
	first = last() + 1
	rows = [(first + place, *event) for place, (_id, *event) in enumerate(pending)]
	frappe.db.sql(_insert(len(rows)), [value for row in rows for value in row])
	frappe.db.sql(_FORGET, json.dumps([event[0] for event in pending]))
	frappe.db.commit()  # a job of its own, in chunks; nosemgrep
	return len(pending)


def _insert(count: int) -> str:
	return (
		f"INSERT INTO outbox (sequence, document_type, document) VALUES {', '.join(['(%s, %s, %s)'] * count)}"  # nosec B608 # marks only
	)


def _lock() -> bool:
	return bool(frappe.db.sql("SELECT GET_LOCK(%s, %s)", (_lock_name(), _WAIT))[0][0])


def _lock_name() -> str:
	"""The server's locks are of all its databases."""
	return f"{frappe.conf.db_name}.outbox"
