"""Base of every DocType's controller: a document is made and saved with values of its fields' types, or refused by name.

Whatever way they come: Desk, REST, Data Import, jobs.
"""

from collections.abc import Mapping
from decimal import Decimal

from frappe.model import no_value_fields, table_fields
from frappe.model.base_document import BaseDocument
from frappe.model.document import Document

from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.settings import site_zone
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.values import moments, numbers
from healthcare_erp.domain.values.texts import is_storable

WHOLE, REAL = ("Int", "Check"), ("Float", "Currency", "Percent")
TIMES = ("Date", "Datetime")
FREE = ("JSON", *no_value_fields)
BEYOND_WHOLE, BEYOND_REAL = 2**31, 10**12  # more than the columns store
LONG_TEXTS, MAX_BYTES = ("Small Text", "Text"), 65_535
STANDARD_TEXTS = ("name", "owner", "modified_by", "parent", "parenttype", "parentfield")
STANDARD_TIMES = ("creation", "modified")


class CheckedDocument(Document):
	"""A document whose values are checked before anything is done with them."""

	def update(self, d):
		if not isinstance(d, Mapping | BaseDocument):
			throw("unfit_value", field=self.doctype)
		return super().update(d)

	def set(self, key, value, as_value=False):
		"""(Frappe would put a value that is named like something of the class, a method or a life cycle, in its place.)"""
		if not isinstance(key, str) or self.is_of_class(key):
			throw("unknown_property", field=str(key))
		super().set(key, value, as_value)

	def is_of_class(self, key: str) -> bool:
		own = getattr(type(self), key, None)
		return own is not None and not isinstance(own, property) and key not in self._reserved_keywords

	def append(self, key, value=None, position=-1):
		"""(A row may be sent for itself, with the name of any field as its place.)"""
		if key not in self._table_fieldnames:
			throw("unknown_property", field=str(key))
		return super().append(key, value, position)

	def extend(self, key, value):
		if not isinstance(value, list | tuple) or not all(
			isinstance(row, dict | BaseDocument) for row in value
		):
			throw("unfit_value", field=key)
		super().extend(key, value)

	def insert(self, *args, **kwargs):
		self.check_values()
		return super().insert(*args, **kwargs)

	def save(self, *args, **kwargs):
		self.check_values()
		return super().save(*args, **kwargs)

	def check_values(self) -> None:
		"""Refuse what the columns cannot hold; numbers and texts that stand for each other are made so.

		:raises InvalidRequestError: naming the field.
		"""
		self.check_standard_values()
		for field in self.meta.fields:
			value = self.get(field.fieldname)
			if field.fieldtype in table_fields:
				for row in value or ():
					if isinstance(row, CheckedDocument):
						row.check_values()
			elif value not in (None, "") and field.fieldname not in self.checked_elsewhere():
				self.set(field.fieldname, _checked(field, value))

	def checked_elsewhere(self) -> tuple[str, ...]:
		"""Fields with checks and named errors of their own."""
		return ()

	def check_standard_values(self) -> None:
		if self.get("docstatus") not in (None, 0, "0"):  # none of the app's documents is submitted
			throw("unfit_value", field="docstatus")
		for name in STANDARD_TEXTS:
			_check_text(name, self.get(name))
		for name in STANDARD_TIMES:
			if self.get(name) not in (None, ""):
				_time(name, self.get(name))
		if self.get("idx") is not None and _number(self.idx, BEYOND_WHOLE) is None:
			throw("unfit_value", field="idx")


def _checked(field, value):
	if field.fieldtype in FREE:
		return value
	if field.fieldtype in WHOLE:
		number = _number(value, BEYOND_WHOLE)
		if number is None or number % 1:
			throw("unfit_value", field=field.label)
		return int(number)
	if field.fieldtype in REAL:
		if _number(value, BEYOND_REAL) is None:
			throw("unfit_value", field=field.label)
		return value
	if field.fieldtype in TIMES:
		return _time(field.label, value)
	return _text(field, value)


def _number(value, limit: int) -> Decimal | None:
	number = Decimal(value) if isinstance(value, bool) else numbers.read_number(value)
	within = number is not None and abs(number) < limit and abs(round(number, 9)) < limit
	return number if within else None


def _time(label: str, value):
	"""The value as it was sent: Frappe reads the forms that pass here."""
	try:
		moments.read_moment(label, value, site_zone(), moments.EARLIEST, moments.LATEST)
	except DomainError:
		throw("unfit_value", field=label)
	return value


def _text(field, value) -> str:
	if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
		value = str(value)
	_check_text(field.label, value)
	if field.fieldtype in LONG_TEXTS and len(value.encode()) > MAX_BYTES:
		throw("text_too_long", field=field.label, limit=MAX_BYTES)
	return value


def _check_text(label: str, value) -> None:
	if value is not None and (not isinstance(value, str) or not is_storable(value)):
		throw("unfit_value", field=label)
