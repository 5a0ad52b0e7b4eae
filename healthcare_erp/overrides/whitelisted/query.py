"""What a client may write into a query: names of fields, and of those the ones that it may see.

Frappe quotes a filter's field without looking into it, and lets a calculated column hold a sub-query: either reads
past every permission, on every list that it has. `domain/values/column_texts.py` says what a column is.
"""

import re
from collections.abc import Iterator

import frappe

from healthcare_erp.core.exceptions import throw
from healthcare_erp.domain.values import column_texts
from healthcare_erp.overrides.whitelisted.guarded import hidden_columns

FILTERS = frozenset(
	{"filters", "or_filters", "current_filters", "filters_json", "dynamic_filters_json", "applied_filters"}
)
COLUMNS = frozenset(
	{
		"aggregate_function_based_on",
		"aggregate_on_field",
		"based_on",
		"custom_columns",
		"date_field",
		"field",
		"field_map",
		"fieldname",
		"fields",
		"filter_fields",
		"goal_field",
		"group_by",
		"group_by_based_on",
		"order_by",
		"searchfield",
		"sort_by",
		"sort_field",
		"sort_order",
		"stats",
		"value_based_on",
		"workflow_state_field",
	}
)
# Arguments and fields of these names are also other things than columns: a report's filter "based_on: Item Group"
_OF_ANY_KIND = frozenset({"based_on", "custom_columns"})
# … and these name a field wherever they stand, in a card or chart that the client makes up too
_ALWAYS = frozenset({"aggregate_function_based_on", "group_by_based_on", "value_based_on"})
FIELDS_OF_A_MAP = frozenset(
	{"fieldname", "start", "end", "title", "color", "id", "allDay", "status", "progress"}
)
_NO_NAME = re.compile(r"[`(]")
_DOTTED = re.compile(r"(\w+)`?\s*\.\s*`?(\w+)")
_ALIAS = re.compile(r"tab([\w ]+?)_\d+`?\s*\.\s*`?(\w+)", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def check(given: dict, doctype: str | None = None, strict: bool = True) -> None:
	"""Judge a call's arguments, at any depth; with a DocType, also the fields that they follow links to.

	`strict` is for what becomes a query: its columns are columns. In a document, and within an argument, a field of
	such a name may hold any text, but no query.

	:raises InvalidRequestError: HTTP 400, for what is no name of a field.
	:raises OutOfScopeError: HTTP 403, for a field of a linked document that the user may not see.
	"""
	for text in _filtered(given):
		_refuse_if(_holds_a_query(text), text)
	for text in _own_columns(given) if strict else ():
		_refuse_if(not column_texts.names_columns(text), text)
	columns = list(_columns(given))
	for text in columns:
		_refuse_if(_holds_a_query(text), text)
	if isinstance(doctype, str):
		_check_links(doctype, columns)


def _refuse_if(refused: bool, text: str) -> None:
	if refused:
		throw("query_not_plain", text=text)


def _own_columns(given) -> Iterator[str]:
	"""The columns of the call itself; of what lies within its arguments, those that name a field anywhere."""
	for key, value in given.items():
		if key in COLUMNS - _OF_ANY_KIND:
			yield from _texts(parsed(value))
	for key, value in _arguments(given):
		if key in _ALWAYS:
			yield from _texts(value)


def _holds_a_query(text: str) -> bool:
	"""Whether a text says SELECT or UNION elsewhere than in the name of a field or of a DocType's table."""
	if not column_texts.may_hold_a_query(text):
		return False
	for doctype in column_texts.tables_in(text):
		if frappe.db.exists("DocType", doctype):
			text = text.replace(f"`tab{doctype}`", "")
	return column_texts.may_hold_a_query(text)


def _filtered(given) -> Iterator[str]:
	"""The names of fields in the filters of a call; each is checked on the way."""
	for key, value in _arguments(given):
		if key not in FILTERS:
			continue
		for name in names(value):
			_refuse_if(bool(_NO_NAME.search(name)), name)
			yield name
		for text in _bare_texts(value):
			_refuse_if(not column_texts.is_part_of_a_filter(text), text)


def _columns(given) -> Iterator[str]:
	for key, value in _arguments(given):
		if key in COLUMNS:
			yield from _texts(value)


def _arguments(given, depth: int = 4) -> Iterator[tuple[str, object]]:
	"""Every argument of a call and, where one holds an object (or the JSON of one), those within."""
	for key, value in given.items():
		value = parsed(value)
		yield key, value
		if isinstance(value, dict) and depth:
			yield from _arguments(value, depth - 1)


def parsed(value):
	"""The value that a JSON text stands for; anything else as it is."""
	if not isinstance(value, str) or value.lstrip()[:1] not in ("[", "{", '"'):
		return value
	try:
		return frappe.parse_json(value)
	except RecursionError:  # what cannot be judged does not pass
		throw("unreadable_question")
	except ValueError:
		return value


def names(filters) -> Iterator[str]:
	"""The fields (and DocTypes) that filters name, in each of the forms that Frappe takes."""
	if isinstance(filters, dict):
		yield from map(str, filters)
	elif isinstance(filters, list | tuple):
		for condition in filters:
			yield from _names_of(condition)


def _names_of(condition) -> Iterator[str]:
	if isinstance(condition, dict):
		yield from map(str, condition)
	elif isinstance(condition, list | tuple):
		yield from (text for text in condition[: 1 if len(condition) == 3 else 2] if isinstance(text, str))


def _bare_texts(filters) -> Iterator[str]:
	"""Texts that stand in filters by themselves: Frappe takes one for a condition in SQL, or several for columns."""
	if isinstance(filters, list | tuple):
		yield from (text for text in filters if isinstance(text, str))


def _texts(value) -> Iterator[str]:
	if isinstance(value, str):
		yield value
	elif isinstance(value, list | tuple):
		for item in value:
			yield from _texts(item)
	elif isinstance(
		value, dict
	):  # fields that a calendar maps; a column of a report; filters in the place of fields
		yield from map(str, value)
		yield from (text for key, text in value.items() if key in FIELDS_OF_A_MAP and isinstance(text, str))


def _check_links(doctype: str, columns: list[str]) -> None:
	dotted = [text for text in columns if "." in text]
	if not dotted:
		return
	links = {field.fieldname: field.options for field in frappe.get_meta(doctype).get_link_fields()}
	followed = {links[link] for text in dotted for link, _field in _DOTTED.findall(text) if link in links}
	for linked in followed:
		hidden = hidden_columns(linked)
		if hidden:
			_check_fields(doctype, linked, links, columns, hidden)


def _check_fields(
	doctype: str, linked: str, links: dict[str, str], columns: list[str], hidden: set[str]
) -> None:
	"""Each field of the linked DocType that is asked for, sorted or grouped by, may be seen by strangers."""
	own = set(frappe.get_meta(doctype).get_valid_columns())
	for text in columns:
		named = {field for link, field in _DOTTED.findall(text) if links.get(link) == linked}
		named |= {field for _name, field in _ALIAS.findall(text)} | (set(_WORD.findall(text)) - own)
		if named & hidden:
			throw("column_hidden", field=sorted(named & hidden)[0], doctype=linked)
