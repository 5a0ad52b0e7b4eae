"""The national code of a licensed facility: `PH-GIT-0001`. It is given once, and says the same for ever."""

import re

from ..values.spelling import fold

PREFIXES = {"Pharmacy": "PH", "Public Facility": "PF"}
UNKNOWN = "XX"  # of a province whose name has no Latin letter, and no code
_DIGITS = 4  # at least
_LETTERS = 3  # of a name
_PARTS = re.compile(r"[A-Z0-9]+")


def province_part(code: str | None, name: str) -> str:
	"""What stands for a province: the last part of its code ("BI-GI" is GI), or the first letters of its name."""
	parts = _PARTS.findall(fold(code).upper())
	if parts:
		return parts[-1]
	return "".join(_PARTS.findall(fold(name).upper()))[:_LETTERS] or UNKNOWN


def series(facility_type: str, province_code: str | None, province_name: str) -> str:
	"""What the codes of a type of facility in a province begin with: `PH-GIT-`. Each counts from 1."""
	return f"{PREFIXES[facility_type]}-{province_part(province_code, province_name)}-"


def national_code(series: str, number: int) -> str:
	""":param series: from `series`."""
	return f"{series}{number:0{_DIGITS}d}"


def series_of(national_code: str) -> str:
	"""The series in which a code was counted."""
	return f"{national_code.rpartition('-')[0]}-"
