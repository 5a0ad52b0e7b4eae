"""Importing a national medicine register: every row becomes a National Medicine or is refused with its reasons."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, getdate, strip_html

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.register import ACCEPTED_HEADERS, Entry, changes, plan
from healthcare_erp.domain.vocabulary import MedicineStatus
from healthcare_erp.exceptions import named_errors, throw
from healthcare_erp.medicine_registry.register_file import read_table, rejected_path, write_rejected
from healthcare_erp.messages import ERRORS

DOCTYPE = "National Medicine"
FIELDS = ("name", "registry_key", *ACCEPTED_HEADERS)
ROW, WHOLE = "register_row", "register_import"  # savepoints


@dataclass(slots=True)
class Report:
	"""What an import did; `created + updated + unchanged + len(rejected) == rows`.

	`rejected` holds (line, cells, reasons), `notices` the lines of good rows that need somebody's eye, by code.
	"""

	rows: int = 0
	created: int = 0
	updated: int = 0
	unchanged: int = 0
	rejected: list[tuple[int, tuple[str, ...], list[str]]] = field(default_factory=list)
	notices: dict[str, list[int]] = field(default_factory=dict)
	ignored_columns: tuple[str, ...] = ()
	rejected_path: Path | None = None
	dry_run: bool = False

	def reasons(self) -> Counter:
		"""How many rows were refused for each reason, most frequent first."""
		return Counter(reason for _line, _cells, reasons in self.rejected for reason in reasons)


@named_errors()
def import_file(
	path: str | Path, dry_run: bool = False, progress: Callable[[Iterable], Iterable] = iter
) -> Report:
	"""Create or update the medicines of a register file; does not commit.

	:param path: a CSV file; refused rows go to `<path without its ending>.rejected.csv`.
	:param dry_run: report what would happen and write nothing.
	:param progress: wraps the rows as they are stored, such as a progress bar.
	:raises InvalidRegisterError: the file as a whole cannot be read; nothing was written.
	"""
	path = Path(path)
	table = read_table(path)
	found = plan(table.rows, table.columns, getdate())
	report = Report(len(table.rows), unchanged=found.repeated, notices=found.notices, dry_run=dry_run)
	report.ignored_columns = table.columns.ignored
	report.rejected = [(row.line, row.cells, [sentence(r) for r in row.reasons]) for row in found.refused]
	frappe.db.savepoint(WHOLE)
	_store_all(found.entries, report, progress)
	report.rejected.sort(key=lambda row: row[0])
	if dry_run:
		frappe.db.rollback(save_point=WHOLE)
	else:
		_write_rejected(path, table, report)
	return report


def sentence(refusal: DomainError) -> str:
	"""The translated sentence of a rule's refusal, as plain text."""
	shown = {name: _joined(value) for name, value in refusal.context.items()}
	return _(ERRORS[refusal.code][2]).format(**shown)


def _joined(value) -> str:
	return ", ".join(map(str, value)) if isinstance(value, list | tuple) else cstr(value)


def _store_all(entries: list[Entry], report: Report, progress: Callable[[Iterable], Iterable]) -> None:
	registered = _registered([entry.key for entry in entries])
	muted, frappe.flags.mute_messages = frappe.flags.mute_messages, True
	try:
		for entry in progress(entries):
			_store(entry, registered.get(entry.key), report)
	finally:
		frappe.flags.mute_messages = muted


def _registered(keys: list[str]) -> dict[str, dict]:
	"""The medicines that the registry has under these keys, in one query."""
	if not keys:
		return {}
	known = frappe.get_all(DOCTYPE, filters={"registry_key": ["in", keys]}, fields=FIELDS, limit=0)
	for medicine in known:
		medicine.authorised_price = Decimal(str(medicine.authorised_price or 0))
	return {medicine.registry_key: medicine for medicine in known}


def _store(entry: Entry, known: dict | None, report: Report) -> None:
	"""Create, update or leave one medicine; what its controller or the database refuses is a rejected row."""
	frappe.db.savepoint(ROW)
	try:
		if known is None:
			_create(entry)
			report.created += 1
		elif changed := _changed(entry, known, report):
			_update(frappe.get_doc(DOCTYPE, known.name), changed, entry)
			report.updated += 1
		else:
			report.unchanged += 1
	except (frappe.ValidationError, frappe.DuplicateEntryError) as refusal:
		frappe.db.rollback(save_point=ROW)
		report.rejected.append((entry.line, entry.cells, [_explained(refusal)]))


def _create(entry: Entry) -> None:
	status = entry.values.get("status", MedicineStatus.AUTHORIZED)
	medicine = _quiet(frappe.get_doc({"doctype": DOCTYPE, **_stored(entry.values), "status": None})).insert()
	if status != medicine.status:
		_update(medicine, {"status": status}, entry)


def _update(medicine: Document, changed: dict, entry: Entry) -> None:
	"""Save the changed fields; a status changes by its action, so that the audit trail has it."""
	status = changed.pop("status", None)
	_quiet(medicine).update(_stored(changed))
	if status:
		medicine.transition("Block", _("Blocked in the imported register, line {0}").format(entry.line))
	else:
		medicine.save()


def _quiet(medicine: Document) -> Document:
	"""Without a browser event per row: Frappe compares each with all before it until the commit."""
	medicine.flags.notify_update = False
	return medicine


def _changed(entry: Entry, known: dict, report: Report) -> dict:
	authorised_again = entry.values.get("status") == MedicineStatus.AUTHORIZED
	if authorised_again and known.status == MedicineStatus.BLOCKED:
		report.notices.setdefault("stays_blocked", []).append(entry.line)
	return changes(entry, known)


def _stored(values: dict) -> dict:
	"""Values as documents take them: numbers for flags and prices."""
	plain = {bool: int, Decimal: float}
	return {name: plain.get(type(value), lambda same: same)(value) for name, value in values.items()}


def _explained(refusal: Exception) -> str:
	if isinstance(refusal, frappe.UniqueValidationError | frappe.DuplicateEntryError):
		return _("This GTIN or this registration belongs to another medicine already.")
	return unescape(strip_html(cstr(refusal)))


def _write_rejected(path: Path, table, report: Report) -> None:
	target = rejected_path(path)
	rows = [(line, cells, "; ".join(reasons)) for line, cells, reasons in report.rejected]
	try:
		write_rejected(target, table, rows)
	except OSError as problem:
		throw("register_unwritable", path=str(target), problem=problem.strerror)
	report.rejected_path = target if rows else None
