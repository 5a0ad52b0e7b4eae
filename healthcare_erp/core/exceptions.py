"""Named errors: each with its HTTP status, its title and a sentence that says what to do next.

`domain/` raises `DomainError(code)`; `named_errors()` turns the code into the class that its `Refusal` names.
A client sees the class name as `exc_type` and the status as the HTTP status.
"""

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

import frappe
from frappe import _

from healthcare_erp.core.refusals import REFUSALS
from healthcare_erp.domain.errors import DomainError, Refusal

CONTEXT = "Refusal"  # of titles and sentences in translations/


class HealthcareError(frappe.ValidationError):
	"""Base of the app's errors."""

	http_status_code = 400


def _make_class(refusal: Refusal) -> type[Exception]:
	bases = [
		HealthcareError if name == "HealthcareError" else getattr(frappe, name) for name in refusal.bases
	]
	return type(refusal.error, tuple(bases), {"http_status_code": refusal.status})


# `InsufficientStockError` and all the others: imported from here like any class. Codes of one class agree on it.
globals().update({refusal.error: _make_class(refusal) for refusal in REFUSALS.values()})

if TYPE_CHECKING:

	def __getattr__(name: str) -> type[Exception]: ...


def throw(code: str, **context):
	"""Raise the named error of a code with its translated sentence.

	:param code: of a `Refusal`.
	:param context: values for the sentence's placeholders.
	"""
	refusal = _refusal(code)
	text = sentence(code, context, frappe.utils.escape_html)
	frappe.throw(text, exc=globals()[refusal.error], title=_(refusal.title, context=CONTEXT))


def sentence(code: str, context: dict, show: Callable[[str], str] = str) -> str:
	"""What a refusal says, in the user's language.

	:param show: how each value is written; as it is, for a plain text.
	"""
	refusal = _refusal(code)
	shown = {name: _shown(value, refusal.words.get(name), show) for name, value in context.items()}
	return _(refusal.sentence, context=CONTEXT).format(**shown)


@contextmanager
def named_errors():
	"""Turn a rule's `DomainError` into the named error of its code (usable as a decorator)."""
	try:
		yield
	except DomainError as refusal:
		throw(refusal.code, **refusal.context)


def _refusal(code: str) -> Refusal:
	if code not in REFUSALS:
		raise LookupError(f"No refusals.py has the code {code}")
	return REFUSALS[code]


def _shown(value, word_context: str | None, show: Callable[[str], str]) -> str:
	if isinstance(value, list | tuple):
		return ", ".join(_shown(item, word_context, show) for item in value) or _nothing()
	if value is None:
		return _nothing()
	return show(_(str(value), context=word_context) if word_context else str(value))


def _nothing() -> str:
	return _("nothing", context=CONTEXT)
