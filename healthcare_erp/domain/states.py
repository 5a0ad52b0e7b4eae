"""Status life cycles as tables: which action takes a document from where to where, and on what conditions
(design section 4). `approvals` counts those of an action that several people approve."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from .errors import DomainError
from .reasons import check_reason

SYSTEM = "System"  # what a job acts as when it says so; no user holds it
Guard = Callable[[Mapping[str, Any]], None]


class Scope(Enum):
	"""Whose scope an action takes, among those who have its role."""

	IN_SCOPE = "in_scope"  # it covers the document
	NATIONAL = "national"  # it is the whole country


@dataclass(frozen=True, slots=True)
class Actor:
	"""Who acts on a document: the roles, and what the user's scope is to that document."""

	user: str
	roles: frozenset[str]
	scopes: frozenset[Scope] = frozenset()

	@classmethod
	def system(cls, user: str) -> "Actor":
		"""A job that acts as the system, in whose name it may run."""
		return cls(user, frozenset({SYSTEM}), frozenset(Scope))


@dataclass(frozen=True, slots=True)
class Transition:
	"""One allowed move: `action` takes a document from `source` to `target`, for these roles.

	:param scope: whose scope it takes.
	:param guards: rules that are given the document's facts and raise DomainError where the move may not be.
	:param effects: events of the document that follow the move, in its transaction.
	:param approvals: how many different people do the action before the status moves.
	"""

	source: str
	action: str
	target: str
	roles: frozenset[str]
	needs_reason: bool = False
	scope: Scope = Scope.IN_SCOPE
	guards: tuple[Guard, ...] = ()
	effects: tuple[str, ...] = ()
	approvals: int = 1

	def __post_init__(self):
		if not self.roles or self.approvals < 1:
			raise ValueError(f"nobody may {self.action} from {self.source}")

	def permits(self, actor: Actor) -> bool:
		"""Whether role and scope are right."""
		return bool(self.roles & actor.roles) and self.scope in actor.scopes

	def check(self, actor: Actor, reason: str | None = None, approvers: Collection[str] = ()) -> None:
		"""Refuse who may not do it, or not now.

		:param approvers: who has approved it so far.
		:raises DomainError: `transition_not_permitted`, `whole_country`, `action_out_of_scope`, `approved_already`,
			or a reason's own.
		"""
		if not self.roles & actor.roles:
			raise DomainError("transition_not_permitted", action=self.action, roles=sorted(self.roles))
		if self.scope not in actor.scopes:
			code = "whole_country" if self.scope is Scope.NATIONAL else "action_out_of_scope"
			raise DomainError(code, action=self.action)
		if actor.user in approvers:
			raise DomainError("approved_already", action=self.action, needed=self.approvals)
		check_reason(self.action, reason, self.needs_reason)

	def check_guards(self, facts: Mapping[str, Any]) -> None:
		""":raises DomainError: the first guard's that refuses."""
		for guard in self.guards:
			guard(facts)

	def check_in_bulk(self, actor: Actor, reason: str | None, facts: Mapping[str, Any]) -> None:
		"""The same for one of many documents that are moved by one statement, which nothing can follow for each.

		:raises ValueError: for an action with effects or several approvals.
		"""
		if self.effects or self.approvals > 1:
			raise ValueError(f"{self.action} is done document by document")
		self.check(actor, reason)
		self.check_guards(facts)

	def moves_after(self, approvers: Collection[str]) -> bool:
		"""Whether the next approval is the last one needed."""
		return len(set(approvers)) + 1 >= self.approvals


@dataclass(frozen=True, slots=True)
class StateMachine:
	"""The whole life cycle of one kind of document."""

	initial: str
	transitions: tuple[Transition, ...]

	def __post_init__(self):
		keys = [(t.source, t.action) for t in self.transitions]
		if repeated := [key for key in keys if keys.count(key) > 1]:
			raise ValueError(f"an action leads to one status: {repeated[0]}")

	def leaving(self, status: str) -> tuple[Transition, ...]:
		"""The moves from `status`, in the table's order."""
		return tuple(t for t in self.transitions if t.source == status)

	def offered(self, status: str, actor: Actor) -> tuple[Transition, ...]:
		"""The moves from `status` for which somebody has role and scope, in the table's order."""
		return tuple(t for t in self.leaving(status) if t.permits(actor))

	def find(self, status: str, action: str) -> Transition:
		"""The transition that `action` means from `status`.

		:raises DomainError: `invalid_transition` (names what is allowed from here).
		"""
		found = [t for t in self.leaving(status) if t.action == action]
		if not found:
			raise self._invalid(status, action)
		return found[0]

	def between(self, source: str, target: str) -> Transition:
		"""The one transition that leads from one status to the other.

		:raises DomainError: `invalid_transition`; `ambiguous_transition` where several actions lead there.
		"""
		found = [t for t in self.leaving(source) if t.target == target]
		if not found:
			raise self._invalid(source, target)
		if len(found) > 1:
			raise DomainError("ambiguous_transition", status=source, target=target, allowed=_actions(found))
		return found[0]

	def _invalid(self, status: str, action: str) -> DomainError:
		allowed = _actions(self.leaving(status))
		return DomainError("invalid_transition", status=status, action=action, allowed=allowed)


def _actions(transitions: Iterable[Transition]) -> list[str]:
	return [t.action for t in transitions]
