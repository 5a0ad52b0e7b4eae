"""Named errors: each with its HTTP status, its title and a sentence that says what to do next.

`domain/` raises `DomainError(code)`; `named_errors()` turns the code into the class listed here.
A client sees the class name as `exc_type` and the status as the HTTP status.
"""

from contextlib import contextmanager

import frappe
from frappe import _

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.messages import ERRORS


class HealthcareError(frappe.ValidationError):
	"""Base of the app's errors."""

	http_status_code = 400


class InvalidQuantityError(HealthcareError):
	pass


class UnknownMovementTypeError(HealthcareError):
	pass


class InvalidDirectionError(HealthcareError):
	pass


class PostingInFutureError(HealthcareError):
	pass


class InvalidPostingTimeError(HealthcareError):
	pass


class InvalidPriceError(HealthcareError):
	pass


class UnknownLotError(HealthcareError):
	http_status_code = 404


class UnknownMedicineError(HealthcareError):
	http_status_code = 404


class UnknownFacilityError(HealthcareError):
	http_status_code = 404


class UnknownFacilityTypeError(HealthcareError):
	pass


class UnknownMovementError(HealthcareError):
	http_status_code = 404


class TooManyMovementsError(HealthcareError):
	http_status_code = 413


class InvalidRequestError(HealthcareError):
	pass


class InsufficientStockError(HealthcareError):
	http_status_code = 409


class LotNotTradableError(HealthcareError):
	http_status_code = 409


class MedicineBlockedError(HealthcareError):
	http_status_code = 409


class ReturnBeyondSentError(HealthcareError):
	http_status_code = 409


class ReportedTooLateError(HealthcareError):
	http_status_code = 409


class NotTheImporterError(HealthcareError):
	http_status_code = 409


class ImportBeyondDeclaredError(HealthcareError):
	http_status_code = 409


class UnregisteredBatchError(HealthcareError):
	http_status_code = 409


class BatchTakenError(HealthcareError):
	http_status_code = 409


class BatchOfLotError(HealthcareError):
	http_status_code = 409


class PartyTakenError(HealthcareError):
	http_status_code = 409


class IdempotencyConflictError(HealthcareError):
	http_status_code = 409


class ImmutableRecordError(HealthcareError):
	http_status_code = 409


class LedgerBusyError(HealthcareError, frappe.QueryTimeoutError):
	"""Also a time-out, for those who know them: ERPNext's reposting begins again where it meets one."""

	http_status_code = 409


class FixedFieldError(HealthcareError):
	http_status_code = 409


class CorrectionNotPermittedError(HealthcareError):
	http_status_code = 403


class InvalidReversalError(HealthcareError):
	http_status_code = 409


class InvalidTransitionError(HealthcareError):
	pass


class TransitionNotPermittedError(HealthcareError):
	http_status_code = 403


class ReasonRequiredError(HealthcareError):
	pass


class InvalidLotError(HealthcareError):
	pass


class DuplicateLotError(HealthcareError):
	http_status_code = 409


class InvalidMedicineError(HealthcareError):
	pass


class PriceChangeNotPermittedError(HealthcareError):
	http_status_code = 403


class InvalidAdministrativeLevelError(HealthcareError):
	pass


class InvalidFacilityError(HealthcareError):
	pass


class OutOfScopeError(frappe.PermissionError):
	"""The document lies outside the facilities or the territory of this user."""

	http_status_code = 403


class UnreadableCodeError(HealthcareError):
	pass


class InvalidRegisterError(HealthcareError):
	pass


class InvalidGeographyError(HealthcareError):
	pass


WORDS = ("status", "action", "movement_type", "direction")  # values that have a translation


def throw(code: str, **context):
	"""Raise the named error of a code with its translated sentence.

	:param code: a key of `messages.ERRORS`.
	:param context: values for the sentence's placeholders.
	"""
	class_name, title, sentence = ERRORS[code]
	shown = {key: _shown(value, key in WORDS) for key, value in context.items()}
	frappe.throw(_(sentence).format(**shown), exc=globals()[class_name], title=_(title))


@contextmanager
def named_errors():
	"""Turn a rule's `DomainError` into the named error of its code (usable as a decorator)."""
	try:
		yield
	except DomainError as refusal:
		throw(refusal.code, **refusal.context)


def _shown(value, is_word: bool = False) -> str:
	if isinstance(value, list | tuple):
		return ", ".join(_shown(item, is_word=True) for item in value) or _("nothing")
	shown = _(str(value), context="Stock Movement") if is_word else str(value)
	return frappe.utils.escape_html(shown)
