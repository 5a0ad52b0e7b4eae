"""The audit trail: which DocTypes it follows, and the one form in which it keeps values.

The form is canonical: the same values are the same characters, whoever writes them and when, so that they can be hashed.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .vocabulary import Word

# DocTypes whose every write leaves one entry.
REGISTERED = (
	"Administrative Level",
	"Healthcare ERP Settings",
	"Licence Fee Rate",
	"National Lot",
	"National Medicine",
	"Pharmacy",
	"Public Facility",
)
# The app's other DocTypes, and why the trail does not follow them.
NOT_REGISTERED = {
	"Audit Entry": "it is the trail",
	"National Medicine Price": "its rows are in the entries of their National Medicine",
	"Stock Movement": "the ledger is insert-only: each row is its own trail",
}
# What registered documents name, and what may be renamed: their fields follow it.
LINKED = ("Company", "Customer", "Item Group", "Supplier", "UOM")
_PLACES = Decimal("1e-9")  # as many as a column keeps


class Action(Word):
	"""What was done, where no action of a life cycle says it."""

	CREATE = "Create"
	UPDATE = "Update"
	SUBMIT = "Submit"
	CANCEL = "Cancel"
	DELETE = "Delete"
	CORRECT = "Correct"


def canonical(value) -> str | int | None:
	"""A field's value as the trail keeps it: whole numbers as they are, all else as text; nothing is None.

	`12.50` is "12.5", a day "2026-01-31", a moment "2026-01-31 08:00:00.000000", a time of day "08:00:00.000000".
	"""
	if value is None or value == "":
		return None
	if isinstance(value, int):
		return int(value)  # also of a Check
	if isinstance(value, float | Decimal):
		return _decimal(Decimal(str(value)))
	if isinstance(value, datetime):
		return value.replace(tzinfo=None).isoformat(" ", "microseconds")
	if isinstance(value, timedelta):
		value = (datetime.min + value).time()
	if isinstance(value, time):
		return value.isoformat("microseconds")
	return value.isoformat() if isinstance(value, date) else str(value)


def difference(before: Mapping, after: Mapping) -> tuple[dict, dict]:
	"""What differs: field -> its value before, and after. Of a table, the rows that the other does not have as they are.

	:param before, after: field -> canonical value, or rows as a list of the like; {} where there is no document.
	"""
	fields = [field for field in {**before, **after} if before.get(field) != after.get(field)]
	return (
		{field: _without(before.get(field), after.get(field)) for field in fields if before},
		{field: _without(after.get(field), before.get(field)) for field in fields if after},
	)


def as_text(values: Mapping) -> str | None:
	"""Canonical JSON of values and rows: keys in order, no spaces, letters as they are. None for none."""
	if not values:
		return None
	return json.dumps(_kept(values), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _kept(value):
	if isinstance(value, Mapping):
		return {name: _kept(part) for name, part in value.items()}
	return [_kept(row) for row in value] if isinstance(value, list) else canonical(value)


def _decimal(value: Decimal) -> str:
	text = f"{value.quantize(_PLACES, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
	return "0" if text in ("", "-0") else text


def _without(value, other):
	if not isinstance(value, list):
		return value
	return [row for row in value if row not in (other or [])]
