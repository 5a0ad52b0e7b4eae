"""What a client may write where a query takes columns: names, counts and sums of them, directions, aliases.

Whatever is not of this form may be a query of its own, in a comment that MariaDB runs or without the word SELECT.
"""

import re

# Functions of one row's own fields and of plain values: they open no table
_AGGREGATES = "count|sum|avg|min|max"
_OF_A_ROW = "abs|coalesce|date|day|dayofyear|ifnull|locate|month|quarter|round|timestamp|week|year"
_COLUMN = r"(?:`[\w ]+`|\w+|\*)"
_FIELD = rf"(?:(?:`[\w -]+`|\w+)\.)?{_COLUMN}"
_VALUE = r"(?:'[\w .:%/+-]*'|\"[\w .:%/+-]*\")"
_ARGUMENT = rf"\s*(?:{_FIELD}|{_VALUE})\s*"
_TERM = rf"""(?:
	(?:{_AGGREGATES})\s?\(\s*(?:distinct\s+)?{_FIELD}\s*\)
	|(?:{_OF_A_ROW})\s?\({_ARGUMENT}(?:,{_ARGUMENT})*\)
	|(?:distinct\s+)?{_FIELD}
	|{_VALUE}
)"""
_ALIAS = r"(?:\s+as\s+(?:\w+|`[\w .:-]+`|'[\w .:-]+'|\"[\w .:-]+\"))?"
_DIRECTION = r"(?:\s+(?:asc|desc))?"
_ONE = rf"\s*{_TERM}{_ALIAS}{_DIRECTION}\s*"
_COLUMNS = re.compile(rf"{_ONE}(?:,{_ONE})*", re.IGNORECASE | re.VERBOSE)
_OWN_QUERY = re.compile(r"(?:^|[^a-z_])(?:select|union)\b|/\*|\(\s*(?:table|values|with)\b", re.IGNORECASE)
_TABLE = re.compile(r"`tab([\w -]+)`")
_PLAIN = re.compile(r"[\w.]+")
_IN_A_FILTER = re.compile(r"[\w.%@:/+-]*|[<>!=]{1,2}|(?:not )?(?:in|like)", re.IGNORECASE)
LONGEST = 10_000


def names_columns(text: str) -> bool:
	"""Whether a text is columns and nothing else: `name`, "count(name) as total", "`tabX`.`modified` desc, idx"."""
	text = " ".join(text.split())
	return not text or (len(text) <= LONGEST and "--" not in text and bool(_COLUMNS.fullmatch(text)))


def may_hold_a_query(text: str) -> bool:
	"""Whether a text that need not name columns (a report's filter, a document's field) could hold a query."""
	return not _PLAIN.fullmatch(text) and bool(_OWN_QUERY.search(text))


def is_part_of_a_filter(text: str) -> bool:
	"""Whether a text that stands in a list of filters by itself is a name, a comparison or a value, not a condition."""
	return bool(_IN_A_FILTER.fullmatch(text))


def tables_in(text: str) -> list[str]:
	"""The DocTypes whose tables a text names: "`tabCredit Union`.`name`" names Credit Union."""
	return _TABLE.findall(text)
