"""Importing a national medicine register: every row becomes a National Medicine or is refused with its reasons."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from html import unescape
from itertools import islice
from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr, getdate, strip_html
from frappe.utils.html_utils import sanitize_html

from healthcare_erp.core.exceptions import named_errors, sentence, throw
from healthcare_erp.core.transactions import savepoint
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.register import ACCEPTED_HEADERS, Entry, changes, plan
from healthcare_erp.domain.vocabulary import MedicineStatus
from healthcare_erp.medicine_registry.register_file import (
	Table,
	check_writable,
	read_table,
	rejected_path,
	write_rejected,
)

DOCTYPE = "National Medicine"
FIELDS = ("name", "registry_key", *ACCEPTED_HEADERS)
CHUNK_SIZE = 25  # medicines: as many are locked at a time, for a few tenths of a second
LONGEST_SHOWN = 60  # characters of a cell in a reason


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

	def add(self, part: "Report") -> None:
		"""Count what was done with a part of the rows."""
		self.created += part.created
		self.updated += part.updated
		self.unchanged += part.unchanged
		self.rejected += part.rejected
		for code, lines in part.notices.items():
			self.notices.setdefault(code, []).extend(lines)

	def reasons(self) -> Counter:
		"""How many rows were refused for each reason, most frequent first."""
		return Counter(reason for _line, _cells, reasons in self.rejected for reason in reasons)


def _in_callers_transaction(work: Callable[[], Report]) -> Report:
	return work()


@named_errors()
def import_file(
	path: str | Path,
	dry_run: bool = False,
	progress: Callable[[Iterable], Iterable] = iter,
	transact: Callable[[Callable[[], Report]], Report] = _in_callers_transaction,
) -> Report:
	"""Create or update the medicines of a register file; does not commit.

	:param path: a CSV or XLSX file; refused rows go to `<path without its ending>.rejected.csv`.
	:param dry_run: report what would happen and write nothing.
	:param progress: wraps the rows as they are stored, such as a progress bar.
	:param transact: does the work of a chunk of rows and returns its result. A command or a job commits there:
		movements of a medicine wait while its row is being written. Importing again goes on after a break.
	:raises InvalidRegisterError: the file as a whole cannot be read; nothing was written.
	"""
	path = Path(path)
	table = read_table(path)
	if not dry_run:
		_check_rejected_path(path)
	found = plan(table.rows, table.columns, getdate())
	report = Report(len(table.rows), unchanged=found.repeated, notices=found.notices, dry_run=dry_run)
	report.ignored_columns = table.columns.ignored
	report.rejected = [
		(row.line, row.cells, [_reason(reason) for reason in row.reasons]) for row in found.refused
	]
	rows = iter(progress(found.entries))
	while chunk := list(islice(rows, CHUNK_SIZE)):
		report.add(transact(partial(_store_chunk, chunk, dry_run)))
	report.rejected.sort(key=lambda row: row[0])
	if not dry_run:
		_write_rejected(path, table, report)
	return report


def _reason(refusal: DomainError) -> str:
	"""What a rule refuses in a row, as plain text."""
	return sentence(refusal.code, refusal.context, _shortened)


def _shortened(text: str) -> str:
	return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _store_chunk(entries: list[Entry], dry_run: bool) -> Report:
	"""What was done with these rows; in a dry run, what would have been."""
	done = Report()
	muted, frappe.flags.mute_messages = frappe.flags.mute_messages, True
	try:
		with savepoint():
			registered = _registered([entry.key for entry in entries])
			for entry in entries:
				_store(entry, registered.get(entry.key), done)
			if dry_run:
				raise _DryRun
	except _DryRun:
		pass
	finally:
		frappe.flags.mute_messages = muted
	return done


class _DryRun(Exception):
	"""Takes back what was only tried."""


def _registered(keys: list[str]) -> dict[str, dict]:
	"""The medicines that the registry has under these keys, in one query."""
	known = frappe.get_all(DOCTYPE, filters={"registry_key": ["in", keys]}, fields=FIELDS, limit=0)
	for medicine in known:
		medicine.authorised_price = Decimal(str(medicine.authorised_price or 0))
	return {medicine.registry_key: medicine for medicine in known}


def _store(entry: Entry, known: dict | None, report: Report) -> None:
	"""Create, update or leave one medicine; what its controller or the database refuses is a rejected row."""
	try:
		with savepoint():
			if known is None:
				_create(entry)
				report.created += 1
			elif changed := _changed(entry, known, report):
				_update(frappe.get_doc(DOCTYPE, known.name), changed, entry)
				report.updated += 1
			else:
				report.unchanged += 1
	except (frappe.ValidationError, frappe.DuplicateEntryError) as refusal:
		report.rejected.append((entry.line, entry.cells, [_explained(refusal, entry)]))


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
	return changes(replace(entry, values=_as_frappe_stores(entry.values)), known)


def _as_frappe_stores(values: dict) -> dict:
	"""Values with their texts escaped where Frappe takes them for HTML."""
	return {
		name: sanitize_html(value) if isinstance(value, str) and {"<", ">"} & set(value) else value
		for name, value in values.items()
	}


def _stored(values: dict) -> dict:
	"""Values as documents take them: numbers for flags and prices."""
	plain = {bool: int, Decimal: float}
	return {name: plain.get(type(value), lambda same: same)(value) for name, value in values.items()}


def _explained(refusal: Exception, entry: Entry) -> str:
	if isinstance(refusal, frappe.UniqueValidationError | frappe.DuplicateEntryError):
		return _taken(entry.values.get("gtin"))
	text = unescape(strip_html(cstr(refusal)))
	for value in filter(lambda value: isinstance(value, str), entry.values.values()):
		text = text.replace(value, _shortened(value))
	return text


def _taken(gtin: str | None) -> str:
	holder = gtin and frappe.db.get_value(DOCTYPE, {"gtin": gtin}, ["name", "medicine_title"])
	if holder:
		return _("The GTIN {0} belongs to {1} ({2}) already.").format(gtin, *holder)
	return _("This registration belongs to another medicine already.")


def _check_rejected_path(path: Path) -> None:
	target = rejected_path(path)
	try:
		check_writable(target)
	except OSError as problem:
		throw("register_unwritable", path=str(target), problem=problem.strerror)


def _write_rejected(path: Path, table: Table, report: Report) -> None:
	target = rejected_path(path)
	rows = [(line, cells, "; ".join(reasons)) for line, cells, reasons in report.rejected]
	try:
		write_rejected(target, table, rows)
	except OSError as problem:
		throw("rejected_rows_unwritten", path=str(target), problem=problem.strerror)
	report.rejected_path = target if rows else None
