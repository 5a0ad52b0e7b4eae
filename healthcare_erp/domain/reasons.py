"""Why somebody did what is done with a reason: a transition, a correction."""

from .errors import DomainError
from .values.texts import check_lines

MAX = 1_000  # characters


def check_reason(action: str, reason: str | None, needed: bool = True) -> None:
	"""A reason is a text of one or more lines that people can read.

	:raises DomainError: `reason_required`, `text_too_long` or `unsafe_text`.
	"""
	text = reason or ""
	if len(text) > MAX:
		raise DomainError("text_too_long", field="reason", limit=MAX)
	check_lines("reason", text)
	if needed and not any(character.isprintable() and not character.isspace() for character in text):
		raise DomainError("reason_required", action=action)
