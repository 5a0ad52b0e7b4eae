"""Filters of the app's reports as callers send them: each of its kind, or refused by name."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import frappe

from healthcare_erp.core.exceptions import HealthcareError, named_errors
from healthcare_erp.core.settings import site_zone
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.values.moments import read_day
from healthcare_erp.domain.values.numbers import read_number
from healthcare_erp.domain.values.texts import is_storable

MAX_DAYS = 36_500  # a hundred years
MAX_TEXT = 140


@named_errors()
def read(filters: Any, kinds: Mapping[str, str]) -> frappe._dict:
	"""The filters with their values read; what is empty is left out.

	:param filters: an object, or its JSON; `kinds`: filter -> `Date`, `Days`, `Check` or `Names` (one name or
		several); any other filter is a name.
	:raises InvalidRequestError: naming the filter.
	"""
	given = _parsed(filters)
	read_values = {
		str(name): _value(str(name), value, kinds) for name, value in given.items() if value not in (None, "")
	}
	return frappe._dict({name: value for name, value in read_values.items() if value is not None})


def says_what_is_wrong(columns: Callable[[], list[dict]]) -> Callable:
	"""A report's `execute` that answers a refusal with a sentence (under these columns) instead of raising it.

	Of a report that raises, Frappe thinks that it is slow, and puts it in the background for everybody. Requests are
	refused before (`overrides.requests`).
	"""

	def decorate(execute: Callable) -> Callable:
		@wraps(execute)
		def answering(filters: dict | None = None) -> tuple:
			try:
				return execute(filters)
			except HealthcareError as refusal:
				frappe.clear_last_message()
				return columns(), [], str(refusal)

		return answering

	return decorate


def _parsed(filters: Any) -> Mapping:
	try:
		given = frappe.parse_json(filters) or {}
	except (ValueError, RecursionError):
		given = None
	if not isinstance(given, Mapping):
		raise DomainError("unfit_value", field="filters")
	return given


def _value(name: str, value: Any, kinds: Mapping[str, str]):
	kind = kinds.get(name)
	if kind == "Date":
		return read_day(name, value, site_zone())
	if kind == "Days":
		return _days(name, value)
	if kind == "Check":
		return _flag(name, value)
	if kind == "Names":
		return _names(name, value)
	return _name(name, value)


def _days(name: str, value: Any) -> int:
	days = read_number(value)
	if days is None or abs(days) > MAX_DAYS or days % 1:
		raise DomainError("unfit_value", field=name)
	return int(days)


def _flag(name: str, value: Any) -> bool:
	flag = value if isinstance(value, bool) else read_number(value)
	if flag not in (0, 1):
		raise DomainError("unfit_value", field=name)
	return bool(flag)


def _names(name: str, value: Any) -> list[str]:
	if isinstance(value, str) and value.startswith("["):
		try:
			value = frappe.parse_json(value)
		except (ValueError, RecursionError):
			raise DomainError("unfit_value", field=name) from None
	values = value if isinstance(value, list | tuple) else [value]
	return [_name(name, item) for item in values]


def _name(name: str, value: Any) -> str:
	if isinstance(value, bool) or not isinstance(value, str | int | float):
		raise DomainError("unfit_value", field=name)
	text = str(value)
	if len(text) > MAX_TEXT or not is_storable(text):
		raise DomainError("unfit_value", field=name)
	return text
