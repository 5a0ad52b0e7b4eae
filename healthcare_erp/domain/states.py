"""Status life cycles as tables: `(from, action, to, roles, needs_reason)` (design section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from .errors import DomainError


@dataclass(frozen=True, slots=True)
class Transition:
	"""One allowed move: `action` takes a document from `source` to `target`, for these roles."""

	source: str
	action: str
	target: str
	roles: frozenset[str]
	needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class StateMachine:
	"""The whole life cycle of one kind of document."""

	initial: str
	transitions: tuple[Transition, ...]

	def actions(self, status: str, roles: Iterable[str]) -> tuple[Transition, ...]:
		"""The moves from `status` that somebody with `roles` may make, in the table's order."""
		held = frozenset(roles)
		return tuple(t for t in self.transitions if t.source == status and t.roles & held)

	def find(self, status: str, action: str, roles: Iterable[str], reason: str | None = None) -> Transition:
		"""The transition that `action` means from `status`.

		:raises DomainError: `invalid_transition` (names what is allowed from here),
			`transition_not_permitted`, or `reason_required`.
		"""
		found = next((t for t in self.transitions if (t.source, t.action) == (status, action)), None)
		if found is None:
			raise DomainError("invalid_transition", status=status, action=action, allowed=self._from(status))
		return self._checked(found, roles, reason)

	def between(self, source: str, target: str) -> Transition:
		"""The transition that leads from one status to the other.

		:raises DomainError: `invalid_transition`.
		"""
		found = next((t for t in self.transitions if (t.source, t.target) == (source, target)), None)
		if found is None:
			raise DomainError("invalid_transition", status=source, action=target, allowed=self._from(source))
		return found

	def _from(self, status: str) -> list[str]:
		return [t.action for t in self.transitions if t.source == status]

	def _checked(self, found: Transition, roles: Iterable[str], reason: str | None) -> Transition:
		if not found.roles & frozenset(roles):
			raise DomainError("transition_not_permitted", action=found.action, roles=sorted(found.roles))
		if found.needs_reason and not (reason or "").strip():
			raise DomainError("reason_required", action=found.action)
		return found
