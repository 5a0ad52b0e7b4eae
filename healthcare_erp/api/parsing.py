"""What callers send, before anything is done with it: arguments, JSON, moments. Bad input is InvalidRequestError (400)."""

from collections.abc import Callable
from datetime import date, datetime
from functools import WRAPPER_ASSIGNMENTS, wraps
from inspect import Parameter, signature
from typing import Any

import frappe
from frappe.exceptions import FrappeTypeError
from frappe.model import default_fields
from frappe.utils.typing_validations import transform_parameter_types

from healthcare_erp.core.exceptions import named_errors, throw
from healthcare_erp.core.settings import site_zone
from healthcare_erp.domain.values import moments
from healthcare_erp.domain.values.texts import is_storable

MAX_DEPTH = 20  # lists and objects within each other
_NOT_COPIED = "__annotations__"  # Frappe would check the types itself, with an error of its own


def checked_arguments(method: Callable) -> Callable:
	"""A whitelisted method (below `frappe.whitelist`) whose arguments are all there, readable and of their types.

	:raises InvalidRequestError: naming the argument.
	"""
	required = [
		name
		for name, parameter in signature(method).parameters.items()
		if parameter.default is Parameter.empty
	]

	@wraps(method, assigned=[name for name in WRAPPER_ASSIGNMENTS if name != _NOT_COPIED])
	def checked(*args, **kwargs):
		for name in required[len(args) :]:
			if name not in kwargs:
				throw("missing_field", field=name)
		for name, value in kwargs.items():
			check_readable(name, value)
		try:
			args, kwargs = transform_parameter_types(method, args, kwargs)
		except FrappeTypeError as refusal:
			throw("argument_type", field=str(refusal).split("'")[1])
		return method(*args, **kwargs)

	return checked


def check_readable(field: str, value: Any, depth: int = 0) -> None:
	"""Refuse texts that no database stores, and what is nested too deeply to be read.

	:raises InvalidRequestError:
	"""
	if isinstance(value, str) and not is_storable(value):
		throw("unsafe_text", field=field)
	if isinstance(value, dict):
		value = [*value.keys(), *value.values()]
	if isinstance(value, list | tuple):
		if depth >= MAX_DEPTH:
			throw("nested_too_deep", field=field, limit=MAX_DEPTH)
		for item in value:
			check_readable(field, item, depth + 1)


def as_list(value: list | str) -> list:
	"""The list that a caller sent.

	:raises InvalidRequestError: where it is no list, or no JSON.
	"""
	parsed = _parsed(value)
	if not isinstance(parsed, list):
		throw("invalid_request", problem=frappe._("Send a JSON list."))
	return parsed


def as_dict(value: dict | str) -> dict:
	"""The object that a caller sent.

	:raises InvalidRequestError: where it is none, or no JSON.
	"""
	parsed = _parsed(value)
	if not isinstance(parsed, dict):
		throw("invalid_request", problem=frappe._("Send a JSON object."))
	return parsed


def as_filters(doctype: str, value: list | str) -> list[list]:
	"""Filters of a list view: `[field, operator, value]`, or the same with the DocType before them.

	:raises InvalidRequestError: where one is none, or names no field of the DocType.
	"""
	filters = as_list(value)
	for condition in filters:
		if not isinstance(condition, list) or len(condition) not in (3, 4, 5):
			throw("unreadable_question")
		field, operator, wanted = condition[:3] if len(condition) == 3 else condition[1:4]
		if not (isinstance(field, str) and isinstance(operator, str) and _is_wanted(wanted)):
			throw("unreadable_question")
		if not frappe.get_meta(doctype).has_field(field) and field not in default_fields:
			throw("unreadable_question")
	return filters


def _is_wanted(value) -> bool:
	"""What a filter compares with: a text, a number, nothing, or a list of such."""
	values = value if isinstance(value, list) else [value]
	return all(item is None or isinstance(item, str | int | float) for item in values)


@named_errors()
def as_moment(field: str, value: str | datetime | None) -> datetime | None:
	"""A moment in site time; one with an offset is converted.

	:raises InvalidRequestError: where it is none.
	"""
	return moments.read_moment(field, value, site_zone())


@named_errors()
def as_day(field: str, value: str | date | None) -> date | None:
	"""A day; that of a moment, where one is given.

	:raises InvalidRequestError: where it is none.
	"""
	return moments.read_day(field, value, site_zone())


def _parsed(value):
	try:
		parsed = frappe.parse_json(value)
	except (ValueError, RecursionError):
		return None
	check_readable("JSON", parsed)
	return parsed
