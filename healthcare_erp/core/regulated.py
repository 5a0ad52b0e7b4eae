"""Regulated documents: never deleted, and moved only by their life cycle, on every path in."""

import frappe

from healthcare_erp.core.audit import Naming
from healthcare_erp.core.exceptions import named_errors, throw
from healthcare_erp.core.life_cycle import LifeCycleDocument
from healthcare_erp.core.permissions import is_national
from healthcare_erp.domain import fixed_fields
from healthcare_erp.domain.audit import Action


class RegulatedDocument(LifeCycleDocument):
	"""A document that has a life cycle, is never deleted, and whose fixed fields are changed only by corrections."""

	def onload(self) -> None:
		super().onload()
		self.set_onload("fixed_fields", fixed_fields.held(self.doctype, self))
		self.set_onload("correctable", self.correctable_fields())

	def on_trash(self) -> None:
		throw("immutable_record", doctype=self.doctype, name=self.name)

	def save_version(self) -> None:
		"""The timeline lists what somebody changed: not what is computed, nor what is provided for a new document."""
		if self.flags.in_insert:
			self._doc_before_save = None  # what provides for it loaded one
		if before := self.get_doc_before_save():
			for field in self.meta.fields:
				if field.is_virtual or (field.read_only and field.fetch_from):
					before.set(field.fieldname, self.get(field.fieldname))
		super().save_version()

	def correctable_fields(self) -> list[str]:
		"""The fixed fields that this user may correct."""
		corrects = fixed_fields.CORRECTORS & set(frappe.get_roles()) and is_national(doctype=self.doctype)
		return fixed_fields.correctable(self.doctype) if corrects else []

	@named_errors()
	def correct(self, values: dict, reason: str | None) -> list[dict]:
		"""Change fixed fields, as the regulator alone may, and keep both values in the audit trail.

		:param values: field -> its right value. The caller holds the row's lock.
		:returns: `[{field, before, after}]`.
		:raises CorrectionNotPermittedError, FixedFieldError, ReasonRequiredError, InvalidRequestError:
		"""
		fixed_fields.check_correction(
			self.doctype, values, set(frappe.get_roles()), is_national(doctype=self.doctype), reason
		)
		before = {field: _kept(self.get(field)) for field in values}
		self.flags.corrected = frozenset(values)
		try:
			self.update({field: self.read_value(field, value) for field, value in values.items()})
			self.record(Action.CORRECT, reason.strip())
			self.save()
		finally:  # it opens these fields, and names its reason, for its own save alone
			self.flags.corrected = None
			self.flags.pop("audit", None)
		return self.corrections_since(before)

	def read_value(self, field: str, value):
		return fixed_fields.read_value(field, self.meta.get_field(field).fieldtype, value)

	def corrections_since(self, before: dict) -> list[dict]:
		after = {field: _kept(self.get(field)) for field in before}
		changes = [
			{"field": field, "before": before[field], "after": after[field]}
			for field in before
			if before[field] != after[field]
		]
		if not changes:
			throw("nothing_corrected")
		return changes

	def record(self, action: str, reason: str | None, **values) -> None:
		"""Name, for the audit trail, what this save does, and why; its entry is written with it.

		:param values: of `Naming`.
		"""
		self.flags.audit = Naming(action, reason, **values)


def _kept(value) -> str | None:
	"""A value as a correction's answer shows it."""
	return None if value in (None, "") else str(value)
