"""Fixed fields: what carries a document's identity, its place, or its tie to another. The one place that says which.

The check of every save, of every rename, the corrections and their tests come from `FIXED` and `TIES`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from .errors import DomainError
from .medicine_registry.medicines import KEY_SPELLINGS, key_part
from .reasons import check_reason
from .values.numbers import read_number
from .vocabulary import FeeRateStatus, Word

CORRECTORS = frozenset({"National Admin"})
MAX_INT = 2_147_483_647  # a 32-bit signed integer column
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Since(Word):
	"""From when on a field is fixed."""

	SYSTEM = "System"  # the app alone writes it, in new documents too
	COMPUTED = "Computed"  # worked out again on each save, whatever was sent
	REGISTERED = "Registered"  # given with the new document
	FILLED = "Filled"  # once it has a value
	MOVED = "Moved"  # once the document has left its first status
	TIED = "Tied"  # while the document stands for one of the registry (`TIES`)


def as_text(value) -> str:
	"""A value as it is compared: nothing, zero and no are the same."""
	text = str(int(value) if isinstance(value, bool) else value or "").strip()
	return "" if text == "0" else text


def as_amount(value) -> str:
	"""A Currency as it is compared: 50000.0, "50000" and "50000.00" are the same."""
	number = read_number(value)
	return as_text(value if number is None else f"{number.normalize():f}")


@dataclass(frozen=True, slots=True)
class Fixed:
	"""How one field is fixed.

	:param correctable: whether a National Admin may correct it, with a reason.
	:param unique: no two documents have the same value; the database sees to it.
	:param filled_by: the field whose value decides, where it is not the field's own.
	:param first: the status that a document leaves, where it is fixed from then on.
	:param read: what a value says: values that say the same are no change.
	"""

	since: Since
	correctable: bool = False
	unique: bool = False
	filled_by: str | None = None
	first: str | None = None
	read: Callable[..., str] = as_text


_SYSTEM, _COMPUTED, _TIED = Fixed(Since.SYSTEM), Fixed(Since.COMPUTED), Fixed(Since.TIED)
_LINK = Fixed(Since.SYSTEM, unique=True)
_NAMED = Fixed(Since.REGISTERED)
_REGISTERED = Fixed(Since.REGISTERED, correctable=True)
_FILLED = Fixed(Since.FILLED, correctable=True)
_OWN = Fixed(Since.FILLED, correctable=True, unique=True)

_FACILITY = {
	"national_code": _LINK,
	"warehouse": _LINK,
	"administrative_level": _REGISTERED,
	"gln": _OWN,
	"customer": _OWN,
	"supplier": _OWN,
}

FIXED: dict[str, dict[str, Fixed]] = {
	"Pharmacy": {**_FACILITY, "pharmacy_type": _REGISTERED},
	"Public Facility": {**_FACILITY, "public_facility_type": _REGISTERED},
	"Licence Fee Rate": {
		"facility_type": _NAMED,
		"kind": _NAMED,
		"year": _NAMED,
		"amount": Fixed(Since.MOVED, first=FeeRateStatus.DRAFT, read=as_amount),
	},
	"National Lot": {
		"national_medicine": _NAMED,
		"lot_number": _NAMED,
		"manufacture_date": _FILLED,
		"expiry_date": _REGISTERED,
		"quantity_imported": _REGISTERED,
		"importer_type": Fixed(Since.FILLED, correctable=True, filled_by="importer"),
		"importer": _FILLED,
		"batch": _LINK,
		"status_reason": _SYSTEM,
		"medicine_status": _COMPUTED,
		"medicine_title": _COMPUTED,
		"gtin": _COMPUTED,
	},
	"National Medicine": {
		**{
			field: Fixed(Since.REGISTERED, correctable=True, read=partial(key_part, field))
			for field in KEY_SPELLINGS
		},
		"item": _LINK,
		"registry_key": Fixed(Since.COMPUTED, unique=True),
		"medicine_title": _COMPUTED,
		"prices": _COMPUTED,
	},
	"Administrative Level": {
		"level_name": _NAMED,
		"level": _NAMED,
		"parent_administrative_level": _NAMED,
		"path": Fixed(Since.REGISTERED, unique=True),
		"is_group": _COMPUTED,
		"lft": _COMPUTED,
		"rgt": _COMPUTED,
		"old_parent": _SYSTEM,
	},
	"Warehouse": {
		"healthcare_facility_type": _SYSTEM,
		"healthcare_facility": _SYSTEM,
		"administrative_level": _SYSTEM,
		"company": _TIED,
		"is_group": _TIED,
		"disabled": _TIED,
		"parent_warehouse": _TIED,
		"warehouse_type": _TIED,
		"lft": _COMPUTED,
		"rgt": _COMPUTED,
	},
	"Item": {
		"item_code": _TIED,
		"is_stock_item": _TIED,
		"has_batch_no": _TIED,
		"has_serial_no": _TIED,
		"has_expiry_date": _TIED,
		"has_variants": _TIED,
		"stock_uom": _TIED,
	},
	"Batch": {
		"batch_id": _TIED,
		"item": _TIED,
		"manufacturing_date": _TIED,
		"expiry_date": _TIED,
		"disabled": _TIED,
	},
}

# Documents of ERPNext -> the fields that name them: (DocType, field) of ours.
TIES: dict[str, tuple[tuple[str, str], ...]] = {
	"Warehouse": (("Pharmacy", "warehouse"), ("Public Facility", "warehouse")),
	"Item": (("National Medicine", "item"),),
	"Batch": (("National Lot", "batch"),),
	"Customer": (("Pharmacy", "customer"), ("Public Facility", "customer")),
	"Supplier": (("Pharmacy", "supplier"), ("Public Facility", "supplier")),
}
# Fields of ERPNext's own documents that say the same.
OWN_TIES = {"Warehouse": ("healthcare_facility", "administrative_level")}
RENAMED = ("Customer", "Supplier")  # may be renamed, never merged: each stands for one facility


def changed(doctype: str, before: Mapping | None, after: Mapping) -> list[str]:
	"""The fixed fields that a save would change, in the table's order; those of ties as if the tie were there.

	:param before: the stored values, None for a new document.
	"""
	if before is None:
		return [field for field, fixed in FIXED[doctype].items() if _sent(fixed, after.get(field))]
	return [
		field
		for field in held(doctype, before)
		if FIXED[doctype][field].read(before.get(field)) != FIXED[doctype][field].read(after.get(field))
	]


def held(doctype: str, stored: Mapping) -> list[str]:
	"""The fields of a stored document that are fixed, in the table's order."""
	return [field for field, fixed in FIXED[doctype].items() if _holds(field, fixed, stored)]


def _sent(fixed: Fixed, value) -> bool:
	return fixed.since is Since.SYSTEM and bool(as_text(value))


def _holds(field: str, fixed: Fixed, before: Mapping) -> bool:
	if fixed.since is Since.FILLED:
		return bool(as_text(before.get(fixed.filled_by or field)))
	if fixed.since is Since.MOVED:
		return before.get("status") != fixed.first
	return fixed.since is not Since.COMPUTED


def refusal(doctype: str, field: str) -> str:
	"""The code of the refusal of a change."""
	fixed = FIXED[doctype][field]
	if fixed.since is Since.TIED:
		return "fixed_by_tie"
	return "fixed_until_corrected" if fixed.correctable else "fixed_for_good"


def correctable(doctype: str) -> list[str]:
	"""The fields that a correction may change."""
	return [field for field, fixed in FIXED.get(doctype, {}).items() if fixed.correctable]


def check_correction(
	doctype: str, fields: Iterable[str], roles: Iterable[str], is_national: bool, reason: str | None
) -> None:
	"""Corrections are the regulator's, country-wide, with a reason, of the fields that may be corrected at all.

	:raises DomainError: `correction_not_permitted`, `nothing_corrected`, `not_correctable`, or a reason's own.
	"""
	if not (CORRECTORS & frozenset(roles) and is_national):
		raise DomainError("correction_not_permitted", roles=sorted(CORRECTORS))
	fields = list(fields)
	if not fields:
		raise DomainError("nothing_corrected")
	for field in fields:
		if field not in correctable(doctype):
			raise DomainError("not_correctable", field=field, allowed=correctable(doctype))
	check_reason("Correct", reason)


def read_value(field: str, fieldtype: str, value) -> str | int | date | None:
	"""A corrected value as the field takes it: an Int, a Date as YYYY-MM-DD, a text; None for none.

	:raises DomainError: `invalid_value`.
	"""
	if value in (None, ""):
		return None
	try:
		return _READERS.get(fieldtype, _text)(value)
	except (TypeError, ValueError):
		raise DomainError("invalid_value", field=field, value=_shown(value)) from None


def _shown(value) -> str:
	return str(value)[:140].encode(errors="replace").decode()


def _text(value) -> str:
	if not isinstance(value, str):
		raise TypeError(value)
	value.encode()  # lone surrogates are no text
	return value.strip()


def _whole(value) -> int:
	written = str(value)
	if isinstance(value, bool) or not (written.isascii() and written.isdigit()) or len(written) > 10:
		raise ValueError(value)
	if not 0 < int(written) <= MAX_INT:  # nothing that was declared would be checked against nothing
		raise ValueError(value)
	return int(written)


def _day(value) -> date:
	if not _DAY.fullmatch(value):  # later versions of Python read other forms too
		raise ValueError(value)
	return date.fromisoformat(value)


_READERS = {"Int": _whole, "Date": _day}
