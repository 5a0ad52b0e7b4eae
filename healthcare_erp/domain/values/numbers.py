"""Numbers as callers write them: ASCII digits, and no more of them than any column holds."""

import re
from decimal import Decimal

# Bounded: to read a million digits takes half a minute.
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,60})?|\.[0-9]{1,60})(?:[eE][+-]?[0-9]{1,3})?")
_BITS = 100  # more than thirty digits have
_SHOWN = 40


def read_number(value) -> Decimal | None:
	"""The number that an int, a float or a text stands for; None where it is none, not finite, or endless."""
	if isinstance(value, bool):
		return None
	if isinstance(value, int):
		return Decimal(value) if value.bit_length() <= _BITS else None
	if not isinstance(value, str | float | Decimal):
		return None
	written = str(value).strip()
	return Decimal(written) if _NUMBER.fullmatch(written) else None


def shown(value) -> str:
	"""The beginning of what somebody sent as a number, for a refusal."""
	if isinstance(value, int) and value.bit_length() > _BITS:
		return "…"
	return str(value)[:_SHOWN]
