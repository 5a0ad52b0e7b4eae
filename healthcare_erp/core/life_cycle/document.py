"""Documents with a status that only their life cycle moves, on every path in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import frappe
from frappe import _
from frappe.utils import getdate

from healthcare_erp.core.checked_document import CheckedDocument
from healthcare_erp.core.exceptions import named_errors, throw
from healthcare_erp.core.permissions import is_in_scope, is_national
from healthcare_erp.domain import approvals
from healthcare_erp.domain.states import SYSTEM, Actor, Scope, StateMachine, Transition


class LifeCycleDocument(CheckedDocument):
	"""A document with a `status` field whose values follow `life_cycle`.

	Desk, REST, imports and jobs alike: a save that changes the status must be a transition of the table, by somebody
	with its role and scope, with a reason where one is due, past its guards. `transition` says which action is meant;
	a save that does not is taken for the one action that leads to its status.
	"""

	life_cycle: ClassVar[StateMachine]

	def onload(self) -> None:
		self.set_onload("transitions", self.allowed_transitions())
		self.set_onload("approvals", self.pending_approvals())

	def before_insert(self) -> None:
		self.status = self.status or self.life_cycle.initial.value
		if self.status != self.life_cycle.initial:
			throw(
				"invalid_transition", status=_("new"), action=self.status, allowed=[self.life_cycle.initial]
			)

	def allowed_transitions(self) -> list[dict]:
		"""What this user may do from here: `[{action, target, needs_reason}]`. (Guards are asked once it is done.)"""
		actor = self.get_actor()
		return [
			{"action": t.action, "target": str(t.target), "needs_reason": t.needs_reason}
			for t in self.life_cycle.offered(self.status, actor)
			if actor.user not in self.approvers_of(t)
		]

	def pending_approvals(self) -> list[dict]:
		"""How many have approved what takes several people from here: `[{action, given, needed}]`."""
		return [
			{"action": t.action, "given": len(set(self.approvers_of(t))), "needed": t.approvals}
			for t in self.life_cycle.leaving(self.status)
			if t.approvals > 1
		]

	def transition(self, action: str, reason: str | None = None, as_system: bool = False) -> None:
		"""Do one action of the life cycle and save; where it takes several people, approve it.

		:param as_system: a job does what the table leaves to the system, whichever user it runs as.
		:raises InvalidTransitionError: naming what is allowed from here.
		:raises TransitionNotPermittedError, OutOfScopeError, ReasonRequiredError: or a guard's own error.
		"""
		source, actor = self.status, self.get_actor(as_system)
		with named_errors():
			meant = self.life_cycle.find(source, action)
			approvers = self.approvers_of(meant, for_update=True)
			meant.check(actor, reason, approvers)
		if meant.moves_after(approvers):
			self.status = str(meant.target)
		try:
			with self.carrying(action, reason, actor, ignore_permissions=as_system):
				self.save()
		except Exception:
			self.status = source
			self.flags.pop("audit", None)  # of a save that was refused late: the next one is another
			raise

	@contextmanager
	def carrying(
		self, action: str, reason: str | None, actor: Actor, ignore_permissions: bool
	) -> Iterator[None]:
		"""What the next save does, why, and as whom."""
		flags = {"action": action, "transition_reason": (reason or "").strip() or None, "actor": actor}
		flags["ignore_permissions"] = ignore_permissions or self.flags.ignore_permissions
		before = {flag: self.flags.get(flag) for flag in flags}
		self.flags.update(flags)
		try:
			yield
		finally:
			self.flags.update(before)

	def get_actor(self, as_system: bool = False) -> Actor:
		"""Who is at work, and what the user's scope is to this document."""
		user, scopes = frappe.session.user, set()
		if as_system:
			return Actor.system(user)
		if is_national(doctype=self.doctype):
			scopes = {Scope.NATIONAL, Scope.IN_SCOPE}
		elif is_in_scope(self):
			scopes = {Scope.IN_SCOPE}
		return Actor(user, frozenset(frappe.get_roles()) - {SYSTEM}, frozenset(scopes))

	def get_facts(self) -> dict[str, Any]:
		"""What the guards of the life cycle judge by: the fields and `today`. A DocType whose guards ask more adds it."""
		return self.get_valid_dict(ignore_virtual=True) | {"today": getdate()}

	def approvers_of(self, transition: Transition, for_update: bool = False) -> list[str]:
		"""Who has approved an action that takes several people, since the document came to its status."""
		if transition.approvals == 1:
			return []
		entries = frappe.db.get_values(
			"Audit Entry",
			{"reference_doctype": self.doctype, "reference_name": self.name},
			["action", "from_status", "to_status", "owner"],
			order_by="happened_at desc, creation desc",
			for_update=for_update,  # what others approved since this transaction began counts
		)
		return approvals.approvers(transition, (approvals.Entry(*entry) for entry in entries))

	def run_before_save_methods(self) -> None:
		"""Each kind of save is judged, also one that leaves validation out."""
		super().run_before_save_methods()
		self.check_transition()

	@named_errors()
	def check_transition(self) -> None:
		self.flags.effects = ()
		before, action = self.get_doc_before_save(), self.flags.pop("action", None)
		if not before or (before.status == self.status and not action):
			return
		if action:
			meant = self.life_cycle.find(before.status, action)
		else:
			meant = self.life_cycle.between(before.status, self.status)
		approvers = self.approvers_of(meant, for_update=True)
		actor = self.flags.actor or self.get_actor()
		meant.check(actor, self.flags.transition_reason, approvers)
		meant.check_guards(self.get_facts())
		moves = meant.moves_after(approvers)
		self.check_status(meant, moves)
		self.record_transition(meant, actor, moves)

	def check_status(self, transition: Transition, moves: bool) -> None:
		"""The status is where the action leads, or where it was until all have approved."""
		if self.status == (transition.target if moves else transition.source):
			return
		if self.status == transition.target:
			throw("approvals_missing", action=transition.action, needed=transition.approvals)
		allowed = [str(transition.target)]
		throw("invalid_transition", status=transition.source, action=self.status, allowed=allowed)

	def record_transition(self, transition: Transition, actor: Actor, moves: bool) -> None:
		"""Write the transition, or one more approval of it, and its reason to the audit trail."""
		reason = self.flags.transition_reason
		if moves and self.meta.has_field("status_reason"):
			self.status_reason = reason
		self.flags.effects = transition.effects if moves else ()
		self.record(
			transition.action,
			reason,
			from_status=str(transition.source),
			to_status=str(transition.target) if moves else None,
			actor=SYSTEM if SYSTEM in actor.roles else None,
		)

	def run_post_save_methods(self) -> None:
		"""What follows a move comes first: a method of the controller, or `doc_events` of that name. The handlers of
		the save, the audit trail's among them, find what it has written.
		"""
		effects, self.flags.effects = self.flags.effects or (), ()
		for effect in effects:
			self.run_method(effect)
		super().run_post_save_methods()
