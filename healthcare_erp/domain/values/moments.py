"""Moments and days as callers write them."""

import re
from datetime import date, datetime, tzinfo

from ..errors import DomainError

# No movement of any lot is older. (Frappe reads the year 1 back as nothing.)
FIRST_MOMENT = datetime(1990, 1, 1)
LAST_MOMENT = datetime(2999, 12, 31, 23, 59, 59)  # later ones overflow where days are added to them
# What a document's own dates lie between: a column stores them, and Frappe reads them back.
EARLIEST, LATEST = datetime(1000, 1, 1), datetime.max
_ISO = re.compile(
	r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII
)


def read_moment(
	field: str, value, zone: tzinfo, first: datetime = FIRST_MOMENT, last: datetime = LAST_MOMENT
) -> datetime | None:
	"""A moment in site time, from `YYYY-MM-DD`, `YYYY-MM-DD HH:MM[:SS[.ffffff]]` or the like with an offset.

	:param field: the argument's name, for the refusal.
	:param value: text, date, datetime or None; `zone`: the site's, to which an offset is converted.
	:raises DomainError: `invalid_time`, also before `first` or after `last`.
	"""
	if value in (None, ""):
		return None
	try:
		moment = _in_zone(_parsed(value), zone)
	except (ValueError, OverflowError):
		moment = None
	if moment is None or not first <= moment <= last:
		raise DomainError("invalid_time", field=field, value=str(value)[:40])
	return moment


def read_day(field: str, value, zone: tzinfo) -> date | None:
	"""The day of a moment.

	:raises DomainError: `invalid_time`.
	"""
	moment = read_moment(field, value, zone)
	return moment and moment.date()


def _parsed(value) -> datetime:
	if isinstance(value, datetime):
		return value
	if isinstance(value, date):
		return datetime(value.year, value.month, value.day)
	written = _ISO.fullmatch(value.strip()) if isinstance(value, str) and len(value) <= 40 else None
	if not written:
		raise ValueError
	day, time, offset = written.groups()
	offset = "+00:00" if offset == "Z" else offset or ""
	return datetime.fromisoformat(f"{day}T{_full(time)}{_with_colon(offset)}")


def _full(time: str | None) -> str:
	"""`HH:MM:SS.ffffff`, which every Python reads."""
	whole, _point, part = (time or "00:00").partition(".")
	seconds = whole if whole.count(":") == 2 else f"{whole}:00"
	return f"{seconds}.{part:0<6}"


def _with_colon(offset: str) -> str:
	return f"{offset[:3]}:{offset[-2:]}" if offset else ""


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
	return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment
