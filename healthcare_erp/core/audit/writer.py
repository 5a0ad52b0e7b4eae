"""The one writer of the audit trail.

Hooks (`overrides/audit.py`) call `write_save` and `write_delete` on every path that saves or deletes a document; who
writes without one (`frappe.db.set_value`, SQL) calls `write` or `write_many`. `domain/audit.py` has the list and the form.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import frappe
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document
from frappe.utils import cast, now_datetime
from ulid import ULID

from healthcare_erp.domain.audit import Action, as_text, canonical, difference

_COLUMNS = (
	"name creation modified owner modified_by happened_at actor impersonated_by request "
	"reference_doctype reference_name action from_status to_status `before` `after` reason"
).split()
_INSERT = f"INSERT INTO `tabAudit Entry` ({', '.join(_COLUMNS)}) VALUES "  # nosec B608 # constants only
_ROW = f"({', '.join(['%s'] * len(_COLUMNS))})"
_AT_ONCE = 500
_UNKEPT = ("Password", *(set(no_value_fields) - set(table_fields)))
_NUMBERS = ("Int", "Check", "Float", "Currency", "Percent")
_BOUNDS = ("lft", "rgt", "old_parent")  # of a tree: they move with others' places
_ACTIONS = {"submit": Action.SUBMIT, "cancel": Action.CANCEL}


class Entry(NamedTuple):
	"""What one write did to one document.

	:param before, after: field -> value; {} where there was, or is, no document.
	:param from_status, to_status: where the values do not say it.
	:param actor: who did it, where not the session's user; `domain.states.SYSTEM` for a job that acts as it.
	:param at: when, where not now.
	"""

	doctype: str
	name: str
	action: str
	before: Mapping
	after: Mapping
	reason: str | None = None
	from_status: str | None = None
	to_status: str | None = None
	actor: str | None = None
	at: datetime | None = None


class Naming(NamedTuple):
	"""What the save that follows does, where it is more than an update (`doc.flags.audit`).

	One with a status is kept even where the save changes nothing: an approval that awaits others.
	"""

	action: str
	reason: str | None = None
	from_status: str | None = None
	to_status: str | None = None
	actor: str | None = None


def write_save(doc: Document) -> None:
	"""Write what a save has changed; nothing where it changed nothing."""
	stored = None if doc.flags.in_insert else doc.get_doc_before_save()
	naming = doc.flags.pop("audit", None) or Naming(_action(doc, stored))
	before, after = difference(values_of(stored) if stored else {}, values_of(doc))
	if before or after or naming.from_status:
		action, *rest = naming
		write(Entry(doc.doctype, doc.name, action, before, after, *rest))


def write_delete(doc: Document) -> None:
	"""Write what a document held that is deleted."""
	before, _after = difference(values_of(doc), {})
	write(Entry(doc.doctype, doc.name, Action.DELETE, before, {}))


def write(entry: Entry) -> None:
	write_many([entry])


def write_many(entries: Sequence[Entry]) -> None:
	"""Write entries, many with one statement."""
	now = now_datetime()
	rows = [_row(entry, now) for entry in entries]
	for start in range(0, len(rows), _AT_ONCE):
		some = rows[start : start + _AT_ONCE]
		values = [value for row in some for value in row]
		frappe.db.sql(_INSERT + ", ".join([_ROW] * len(some)), values)


def write_created(doctype: str, rows: Sequence[Mapping]) -> None:
	"""Write that these rows were inserted in bulk."""
	fields = frappe.get_meta(doctype).fields
	write_many([Entry(doctype, row["name"], Action.CREATE, {}, _values(fields, row)) for row in rows])


def values_of(doc: Document) -> dict:
	"""Field -> canonical value, or a table's rows; without passwords and what no column keeps."""
	return _values(doc.meta.fields, doc)


def request_id() -> str:
	"""One for each HTTP request, job or command: Frappe's flags live as long."""
	if not frappe.flags.audit_request:
		frappe.flags.audit_request = str(ULID())
	return frappe.flags.audit_request


def _row(entry: Entry, now: datetime) -> tuple:
	user, at = frappe.session.user, entry.at or now
	impersonator = frappe.session.data.get("impersonated_by") if frappe.session.data else None
	moved = "status" in entry.before and "status" in entry.after
	source = entry.from_status or (moved and entry.before["status"]) or None
	target = entry.to_status or (moved and entry.after["status"]) or None
	return (
		*(str(ULID()), now, now, user, user, at, entry.actor or user, impersonator, request_id()),
		*(entry.doctype, entry.name, str(entry.action), source, target),
		*(as_text(entry.before), as_text(entry.after), entry.reason),
	)


def _values(fields: list, row: Mapping | Document) -> dict:
	values = {}
	for field in fields:
		if _is_kept(field):
			value = row.get(field.fieldname)
			is_table = field.fieldtype in table_fields
			values[field.fieldname] = _rows(value) if is_table else _canonical(field.fieldtype, value)
	return {name: value for name, value in values.items() if value is not None}


def _action(doc: Document, stored: Document | None) -> Action:
	return _ACTIONS.get(doc._action, Action.UPDATE) if stored else Action.CREATE


def _is_kept(field) -> bool:
	return not (field.fieldtype in _UNKEPT or field.is_virtual or field.fieldname in _BOUNDS)


def _canonical(fieldtype: str, value):
	"""(Frappe stores a number that was not given as 0.)"""
	if value in (None, "") and fieldtype not in _NUMBERS:
		return None
	return canonical(cast(fieldtype, value))


def _rows(rows: list[Document] | None) -> list[dict] | None:
	return [{"name": row.name, "idx": row.idx, **values_of(row)} for row in rows or ()] or None
