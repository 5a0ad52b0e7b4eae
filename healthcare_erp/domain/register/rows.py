"""The rows of a register as medicines: what each says, which repeat or contradict one another, what is new."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicines import normalise_atc_code, normalise_gtin, registry_key
from healthcare_erp.domain.spelling import (
	fold,
	one_line,
	spell_category,
	spell_form,
	spell_inn,
	spell_quantities,
	spell_strength,
)
from healthcare_erp.domain.vocabulary import MedicineStatus

from .cells import read_country, read_date, read_flag, read_price, read_status
from .headers import REQUIRED, Columns

_READERS: dict[str, Callable] = {
	"registration_number": one_line,
	"brand_name": one_line,
	"inn": spell_inn,
	"atc_code": normalise_atc_code,
	"dosage_form": spell_form,
	"strength": spell_strength,
	"pack": spell_quantities,
	"category": spell_category,
	"manufacturer": one_line,
	"manufacturer_country": read_country,
	"authorisation_holder": one_line,
	"authorisation_holder_country": read_country,
	"registration_date": read_date,
	"gtin": normalise_gtin,
	"authorised_price": read_price,
	"is_controlled": read_flag,
	"status": read_status,
}
COUNTRIES = ("manufacturer_country", "authorisation_holder_country")


@dataclass(frozen=True, slots=True)
class Entry:
	"""A good row: its first line in the file, its cells, its key, its fields (empty ones left out)."""

	line: int
	cells: tuple[str, ...]
	key: str
	values: dict


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

	def notice(self, code: str, line: int) -> None:
		self.notices.setdefault(code, []).append(line)


def plan(rows: Iterable[tuple[int, tuple[str, ...]]], columns: Columns, today: date) -> Plan:
	"""Sort a register's rows into medicines, repetitions and refusals.

	:param rows: (line in the file, cells), without the header and without empty rows.
	:param today: no medicine was registered after it.

	A row that repeats a key with the same content counts as repeated; with other content it is refused
	(`duplicate_in_register`, naming the first row's line): which one holds is for the regulator to say.
	"""
	found = Plan()
	first: dict[str, Entry] = {}
	for line, cells in rows:
		try:
			entry = read_row(line, cells, columns, today)
		except RowRefused as refusal:
			found.refused.append(Refused(line, cells, refusal.reasons))
			continue
		earlier = first.setdefault(entry.key, entry)
		if earlier is entry:
			found.entries.append(entry)
			_notice(found, entry, columns)
		elif differing := _differing(earlier, entry):
			conflict = DomainError("duplicate_in_register", first_line=earlier.line, fields=differing)
			found.refused.append(Refused(line, cells, (conflict,)))
		else:
			found.repeated += 1
	_notice_shared_numbers(found)
	return found


class RowRefused(Exception):
	"""Carries every reason why a row is no medicine."""

	def __init__(self, *reasons: DomainError):
		self.reasons = reasons
		super().__init__(*reasons)


def read_row(line: int, cells: tuple[str, ...], columns: Columns, today: date) -> Entry:
	"""One row as a medicine.

	:raises RowRefused: with all its reasons: `cell_count`, `<field>_missing`, or what the cells' readers raise.
	"""
	if len(cells) != len(columns.names):
		raise RowRefused(DomainError("cell_count", found=len(cells), expected=len(columns.names)))
	values, reasons = {}, []
	for position, name in columns.fields.items():
		try:
			values[name] = _READERS[name](cells[position]) if one_line(cells[position]) else None
		except DomainError as reason:
			reasons.append(reason)
			values[name] = cells[position]
	reasons += [DomainError(f"{name}_missing") for name in REQUIRED if not values.get(name)]
	registered = values.get("registration_date")
	if isinstance(registered, date) and registered > today:
		reasons.append(DomainError("registered_in_future", registration_date=registered))
	if reasons:
		raise RowRefused(*reasons)
	return Entry(line, cells, _key(values), _filled(values))


def _filled(values: Mapping) -> dict:
	return {name: value for name, value in values.items() if value not in (None, "")}


def _key(values: Mapping) -> str:
	return registry_key(
		*(values.get(name) for name in ("registration_number", "strength", "dosage_form", "pack"))
	)


def _differing(one: Entry, other: Entry) -> list[str]:
	"""Fields in which two rows of one key differ by more than spelling."""
	names = sorted(one.values.keys() | other.values.keys())
	return [name for name in names if _compared(one.values.get(name)) != _compared(other.values.get(name))]


def _compared(value):
	return fold(value) if type(value) is str else value


def _notice(found: Plan, entry: Entry, columns: Columns) -> None:
	values = entry.values
	texts = [value for value in values.values() if isinstance(value, str)]
	countries = [
		position for position, name in columns.fields.items() if name in COUNTRIES and name not in values
	]
	signs = {
		"atc_code_missing": "atc_code" not in values,
		"strength_without_unit": _is_bare_number(values.get("strength", "")),
		"damaged_text": any(mark in text for text in texts for mark in "?\ufffd"),
		"country_number": any(one_line(entry.cells[position]) for position in countries),
	}
	for code, shown in signs.items():
		if shown:
			found.notice(code, entry.line)


def _is_bare_number(text: str) -> bool:
	return text.replace(".", "", 1).isdecimal()


def _notice_shared_numbers(found: Plan) -> None:
	"""One registration number on medicines that differ by more than their pack: a mistake in the register."""
	products: dict[str, set[tuple]] = {}
	for entry in found.entries:
		products.setdefault(_number(entry), set()).add(_product(entry))
	for entry in found.entries:
		if len(products[_number(entry)]) > 1:
			found.notice("registration_number_shared", entry.line)


def _number(entry: Entry) -> str:
	return entry.key.partition("|")[0]


def _product(entry: Entry) -> tuple:
	return tuple(fold(entry.values.get(name)) for name in ("brand_name", "strength", "dosage_form"))


def changes(entry: Entry, existing: Mapping) -> dict:
	"""The fields of a registered medicine that a row changes.

	:param existing: field -> value as the registry has it.

	An empty cell changes nothing. A medicine that the authority has blocked stays blocked: a register may
	block, only the authority's own action unblocks.
	"""
	changed = {name: value for name, value in entry.values.items() if existing.get(name) != value}
	if existing.get("status") == MedicineStatus.BLOCKED:
		changed.pop("status", None)
	return changed
