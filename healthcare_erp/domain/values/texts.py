"""Texts that callers send and that stay for good: what they may hold, and how any of them is shown."""

import re

from ..errors import DomainError

_REFERENCE = re.compile(r"[\w\-/.:#]+")
_REFERENCE_TYPE = re.compile(r"[\w\-/.:#]+( [\w\-/.:#]+)*")  # the names of DocTypes hold blanks
_MARKUP = frozenset('<>&"`')  # an apostrophe opens nothing where a page is written with quotation marks
_LOOK_ALIKES = str.maketrans({"<": "‹", ">": "›", '"': "”", "`": "ˋ"})
# Control characters, halves of characters, and what turns the direction of writing round
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS = str.maketrans("\t\n\r", "   ")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_ENTITY = re.compile(r"&(?=#?\w)")


def is_reference(text: str) -> bool:
	"""Whether a text is a plain name of a document: letters, digits and `-_/.:#`."""
	return bool(_REFERENCE.fullmatch(text))


def is_reference_type(text: str) -> bool:
	"""Whether a text is a plain name of a kind of document: words of such letters."""
	return bool(_REFERENCE_TYPE.fullmatch(text))


def is_storable(text: str) -> bool:
	"""Whether a database takes a text: no NUL in it, and no half of a character."""
	return not _UNSTORABLE.search(text)


def check_line(field: str, text: str) -> str:
	"""One line of text as it was given: every character of it can be stored and read.

	:raises DomainError: `unsafe_text`.
	"""
	return _checked(field, text, frozenset())


def check_lines(field: str, text: str) -> str:
	"""Lines of text as they were given: every character of them can be stored and read.

	:raises DomainError: `unsafe_text`.
	"""
	check_line(field, text.translate(_BREAKS))
	return text


def check_key(key: str) -> str:
	"""An idempotency key as it was given: printable characters without markup.

	:raises DomainError: `unsafe_text`.
	"""
	if not key.isprintable():
		raise DomainError("unsafe_text", field="idempotency_key")
	return _checked("idempotency_key", key, _MARKUP)


def check_sentence(field: str, text: str) -> str:
	"""A sentence that somebody wrote, as it was given: a line without tags.

	:raises DomainError: `unsafe_text`.
	"""
	return _checked(field, text, frozenset("<>"))


def harmless(text: str) -> str:
	"""A text of unknown origin with the letters of markup replaced by letters that look alike."""
	return _ENTITY.sub("＆", text.translate(_LOOK_ALIKES))


def _checked(field: str, text: str, refused: frozenset[str]) -> str:
	if _UNREADABLE.search(text) or refused & set(text):
		raise DomainError("unsafe_text", field=field)
	return text
