"""One row of a register as a medicine, and what it changes in the registry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.medicines import (
	SPELLINGS,
	normalise_atc_code,
	normalise_gtin,
	registry_key,
)
from healthcare_erp.domain.vocabulary import MedicineStatus

from .cells import is_nothing, read_country, read_flag, read_price, read_status
from .dates import DateOrder, read_date
from .headers import REQUIRED, Columns
from .widths import fitted

_READERS: dict[str, Callable] = {
	**SPELLINGS,
	"atc_code": normalise_atc_code,
	"manufacturer_country": read_country,
	"authorisation_holder_country": read_country,
	"registration_date": read_date,
	"gtin": normalise_gtin,
	"authorised_price": read_price,
	"is_controlled": read_flag,
	"status": read_status,
}


@dataclass(frozen=True, slots=True)
class Entry:
	"""A good row: its first line in the file, its cells, its key, its fields (empty ones left out)."""

	line: int
	cells: tuple[str, ...]
	key: str
	values: dict


class RowRefused(Exception):
	"""Carries every reason why a row is no medicine."""

	def __init__(self, *reasons: DomainError):
		self.reasons = reasons
		super().__init__(*reasons)


def read_row(
	line: int, cells: tuple[str, ...], columns: Columns, today: date, order: DateOrder = DateOrder.DAY_FIRST
) -> Entry:
	"""One row as a medicine.

	:param order: how the file writes day and month in numbers.
	:raises RowRefused: with all its reasons: `cell_count`, `<field>_missing`, or what the cells' readers raise.
	"""
	try:
		cells = fitted(cells, len(columns.names))
	except DomainError as reason:
		raise RowRefused(reason) from None
	values, reasons = _read_cells(cells, columns, order)
	reasons += [DomainError(f"{name}_missing") for name in REQUIRED if not values.get(name)]
	registered = values.get("registration_date")
	if isinstance(registered, date) and registered > today:
		reasons.append(DomainError("registered_in_future", registration_date=registered))
	if reasons:
		raise RowRefused(*reasons)
	return Entry(line, cells, _key(values), _filled(values))


def _read_cells(cells: tuple[str, ...], columns: Columns, order: DateOrder) -> tuple[dict, list[DomainError]]:
	"""Field -> value, a cell as it was written where it cannot be read; and why not."""
	readers = {**_READERS, "registration_date": partial(read_date, order=order)}
	values, reasons = {}, []
	for position, name in columns.fields.items():
		try:
			values[name] = None if is_nothing(cells[position]) else readers[name](cells[position])
		except DomainError as reason:
			reasons.append(reason)
			values[name] = cells[position]
	return values, reasons


def _filled(values: Mapping) -> dict:
	return {name: value for name, value in values.items() if value not in (None, "")}


def _key(values: Mapping) -> str:
	return registry_key(
		*(values.get(name) for name in ("registration_number", "strength", "dosage_form", "pack"))
	)


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
