"""A register's rows sorted: medicines, repetitions, contradictions, refusals."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.values.spelling import fold

from .dates import DateOrder, order_of
from .headers import Columns
from .notices import find_notices
from .rows import Entry, RowRefused, read_row

Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Refused:
	"""A bad row and everything that is wrong with it."""

	line: int
	cells: tuple[str, ...]
	reasons: tuple[DomainError, ...]


@dataclass(slots=True)
class Plan:
	"""A register read: the medicines in it, one per key; rows refused; rows that say the same again.

	`notices` gives the lines of rows that are good but need somebody's eye, by code.
	"""

	entries: list[Entry] = field(default_factory=list)
	refused: list[Refused] = field(default_factory=list)
	repeated: int = 0
	notices: dict[str, list[int]] = field(default_factory=dict)


def plan(rows: Iterable[Row], columns: Columns, today: date) -> Plan:
	"""Sort a register's rows into medicines, repetitions and refusals.

	:param rows: (line in the file, cells), without the header and without empty rows.
	:param today: no medicine was registered after it.

	Rows that repeat a key with the same content count as repeated. Where one has another content, all of that
	key are refused (`duplicate_in_register`, each naming another's line): which one holds is for the regulator
	to say, and the refused rows, imported again as they are, contradict one another still.
	"""
	rows = list(rows)
	order = _date_order(rows, columns)
	found = Plan()
	by_key: dict[str, list[Entry]] = {}
	for line, cells in rows:
		try:
			entry = read_row(line, cells, columns, today, order)
		except RowRefused as refusal:
			found.refused.append(Refused(line, cells, refusal.reasons))
		else:
			by_key.setdefault(entry.key, []).append(entry)
	for same_key in by_key.values():
		_settle(found, same_key)
	_refuse_shared_gtins(found)
	found.refused.sort(key=lambda row: row.line)
	found.notices = find_notices(found.entries, columns, order)
	return found


def _date_order(rows: list[Row], columns: Columns) -> DateOrder:
	places = [place for place, name in columns.fields.items() if name == "registration_date"]
	return order_of(cells[place] for place in places for _line, cells in rows if place < len(cells))


def _settle(found: Plan, same_key: list[Entry]) -> None:
	first = same_key[0]
	other = next((entry for entry in same_key if _differing(first, entry)), None)
	if other is None:
		found.entries.append(first)
		found.repeated += len(same_key) - 1
		return
	for entry in same_key:
		against = first if _differing(first, entry) else other
		conflict = DomainError(
			"duplicate_in_register", other_line=against.line, fields=_differing(entry, against)
		)
		found.refused.append(Refused(entry.line, entry.cells, (conflict,)))


def _differing(one: Entry, other: Entry) -> list[str]:
	"""Fields in which two rows of one key differ by more than spelling."""
	names = sorted(one.values.keys() | other.values.keys())
	return [name for name in names if _compared(one.values.get(name)) != _compared(other.values.get(name))]


def _compared(value):
	return fold(value) if type(value) is str else value


def _refuse_shared_gtins(found: Plan) -> None:
	"""A GTIN names one medicine: the first of the file that has it."""
	lines: dict[str, int] = {}
	kept = []
	for entry in found.entries:
		gtin = entry.values.get("gtin")
		first_line = lines.setdefault(gtin, entry.line) if gtin else entry.line
		if first_line == entry.line:
			kept.append(entry)
		else:
			conflict = DomainError("gtin_repeated", gtin=gtin, other_line=first_line)
			found.refused.append(Refused(entry.line, entry.cells, (conflict,)))
	found.entries = kept
