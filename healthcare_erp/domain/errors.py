"""The one exception that rules raise, and what is declared of each of its codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class DomainError(Exception):
	"""A rule said no.

	:param code: snake_case name of the rule, e.g. `insufficient_stock`; stable, part of the contract.
	:param context: the values that a message needs (plain data).
	"""

	def __init__(self, code: str, **context):
		self.code = code
		self.context = context
		super().__init__(f"{code}: {context}" if context else code)

	def __reduce__(self):
		return _rebuild, (self.code, self.context)


def _rebuild(code: str, context: dict) -> DomainError:
	return DomainError(code, **context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
	"""What a client is told of one code; `refusals.py` beside the rules lists them.

	:param code: what `DomainError` and `throw` are given.
	:param error: class that `healthcare_erp.core.exceptions` makes; a client sees it as `exc_type`.
	:param status: the class's HTTP status, the same for all its codes.
	:param title: heading of the message.
	:param sentence: what is wrong and what to do next, with a placeholder for each value.
	:param words: placeholders whose values are translated, with the context that their French has: the DocType whose
		Select field offers them, or what they are ("Role", "Action").
	:param bases: the class's bases: `HealthcareError`, or exceptions of Frappe that callers know.
	"""

	code: str
	error: str
	status: int = 400
	title: str
	sentence: str
	words: Mapping[str, str] = field(default_factory=dict)
	bases: tuple[str, ...] = ("HealthcareError",)
