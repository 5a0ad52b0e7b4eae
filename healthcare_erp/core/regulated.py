"""Regulated documents: never deleted, and moved only by their life cycle, on every path in."""

from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import now_datetime

from healthcare_erp.core.checked_document import CheckedDocument
from healthcare_erp.core.exceptions import named_errors, throw
from healthcare_erp.core.permissions import is_national
from healthcare_erp.domain import fixed_fields
from healthcare_erp.domain.states import StateMachine, Transition


class RegulatedDocument(CheckedDocument):
	"""A document with a `status` field whose values follow `life_cycle`.

	Desk, REST, imports and jobs alike: a save that changes the status must be a transition of the table,
	by somebody with its role, with a reason where one is due (`flags.transition_reason`).
	"""

	life_cycle: ClassVar[StateMachine]

	def onload(self) -> None:
		self.set_onload("transitions", self.allowed_transitions())
		self.set_onload("fixed_fields", fixed_fields.held(self.doctype, self))
		self.set_onload("correctable", self.correctable_fields())

	def before_insert(self) -> None:
		self.status = self.status or self.life_cycle.initial.value
		if self.status != self.life_cycle.initial:
			throw(
				"invalid_transition", status=_("new"), action=self.status, allowed=[self.life_cycle.initial]
			)

	def before_save(self) -> None:
		self.check_transition()

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

	def allowed_transitions(self) -> list[dict]:
		"""What this user may do from here: `[{action, target, needs_reason}]`."""
		return [
			{"action": t.action, "target": str(t.target), "needs_reason": t.needs_reason}
			for t in self.life_cycle.actions(self.status, _roles())
		]

	def transition(self, action: str, reason: str | None = None) -> None:
		"""Do one action of the life cycle and save.

		:raises InvalidTransitionError: naming what is allowed from here.
		:raises TransitionNotPermittedError, ReasonRequiredError:
		"""
		with named_errors():
			found = self.life_cycle.find(self.status, action, _roles(), reason)
		self.flags.transition_reason = (reason or "").strip() or None
		self.status = str(found.target)
		self.save()

	@named_errors()
	def check_transition(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == self.status:
			return
		meant = self.life_cycle.between(before.status, self.status)
		self.life_cycle.find(before.status, meant.action, _roles(), self.flags.transition_reason)
		self.record_transition(meant)

	def record_transition(self, transition: Transition) -> None:
		"""Write the transition and its reason to the audit trail."""
		if self.meta.has_field("status_reason"):
			self.status_reason = self.flags.transition_reason
		self.record(
			transition.action,
			self.flags.transition_reason,
			from_status=str(transition.source),
			to_status=str(transition.target),
		)

	def correctable_fields(self) -> list[str]:
		"""The fixed fields that this user may correct."""
		corrects = fixed_fields.CORRECTORS & _roles() and is_national(doctype=self.doctype)
		return fixed_fields.correctable(self.doctype) if corrects else []

	@named_errors()
	def correct(self, values: dict, reason: str | None) -> list[dict]:
		"""Change fixed fields, as the regulator alone may, and keep both values in the audit trail.

		:param values: field -> its right value. The caller holds the row's lock.
		:returns: `[{field, before, after}]`.
		:raises CorrectionNotPermittedError, FixedFieldError, ReasonRequiredError, InvalidRequestError:
		"""
		fixed_fields.check_correction(
			self.doctype, values, _roles(), is_national(doctype=self.doctype), reason
		)
		before = {field: _kept(self.get(field)) for field in values}
		self.flags.corrected = frozenset(values)
		self.update({field: self.read_value(field, value) for field, value in values.items()})
		self.save()
		return self.record_corrections(before, reason.strip())

	def read_value(self, field: str, value):
		return fixed_fields.read_value(field, self.meta.get_field(field).fieldtype, value)

	def record_corrections(self, before: dict, reason: str) -> list[dict]:
		after = {field: _kept(self.get(field)) for field in before}
		changes = [
			{"field": field, "before": before[field], "after": after[field]}
			for field in before
			if before[field] != after[field]
		]
		if not changes:
			throw("nothing_corrected")
		for change in changes:
			self.record("Correct", reason, **change)
		return changes

	def record(self, action: str, reason: str | None, **values) -> None:
		"""Write what was done, and why, to the audit trail."""
		frappe.get_doc(
			{
				"doctype": "Audit Entry",
				"reference_doctype": self.doctype,
				"reference_name": self.name,
				"action": action,
				"reason": reason,
				"happened_at": now_datetime(),
				**values,
			}
		).insert(ignore_permissions=True)


def _kept(value) -> str | None:
	"""A value as the audit trail keeps it."""
	return None if value in (None, "") else str(value)


def _roles() -> set[str]:
	"""The user's roles; Administrator and background jobs count as the system itself."""
	roles = set(frappe.get_roles())
	if frappe.session.user == "Administrator":
		roles |= {"System"}
	return roles
