"""Texts of a bundle, made harmless: a stranger wrote them, and a terminal, a page or a picture shows them.

What a terminal obeys (escape sequences), what turns a line around (bidirectional marks) and what nobody sees
(zero-width characters) is shown by its code, e.g. `\\x1b`.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from html import escape

LONGEST = 300  # characters of one value that are shown
_NOT_ASCII = re.compile(r"[^ -~]")
_NOT_ASCII_NOR_LAYOUT = re.compile(r"[^ -~\t\n]")


def shown(value: object, longest: int = LONGEST) -> str:
	"""A value as one line of which every character can be seen; nothing for None, cut where it is long."""
	if value is None:
		return ""
	text = str(value)
	if len(text) > longest:
		text = text[: longest - 1] + "…"
	return _NOT_ASCII.sub(lambda found: _seen(found[0]) or _code(found[0]), text)


def markup(value: object) -> str:
	"""A value for HTML and SVG, in an element or an attribute."""
	return escape(shown(value))


def as_json(answer: object, default: Callable[[object], object] | None = None) -> str:
	"""Indented JSON; what cannot be seen is escaped, which changes no value.

	:param default: makes plain data of what JSON does not know.
	:raises ValueError: for a number that is none (NaN).
	"""
	text = json.dumps(answer, indent="\t", default=default, ensure_ascii=False, allow_nan=False)
	return _NOT_ASCII_NOR_LAYOUT.sub(lambda found: _seen(found[0]) or json.dumps(found[0])[1:-1], text)


def joined(*values: object) -> str:
	"""The values that are there, with blanks between."""
	return " ".join(str(value) for value in values if value)


def _seen(character: str) -> str | None:
	is_seen = character.isprintable() or unicodedata.category(character) == "Zs"
	return character if is_seen else None


def _code(character: str) -> str:
	return character.encode("unicode_escape").decode()
