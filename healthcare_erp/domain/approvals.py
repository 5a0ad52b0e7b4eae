"""An action that several people approve: who has, read from the audit trail."""

from collections.abc import Iterable
from dataclasses import dataclass

from .states import Transition


@dataclass(frozen=True, slots=True)
class Entry:
	"""What the audit trail says of one write: an action that moved nothing has no `to_status`, a change of fields no
	status at all."""

	action: str
	from_status: str | None
	to_status: str | None
	user: str


def approvers(transition: Transition, entries: Iterable[Entry]) -> list[str]:
	"""Who has approved a transition since the document came to where it is, and as it is.

	:param entries: the document's entries, the newest first.
	"""
	found = []
	for entry in entries:
		if _begins_anew(transition, entry):
			break
		if entry.action == transition.action:
			found.append(entry.user)
	return found


def _begins_anew(transition: Transition, entry: Entry) -> bool:
	"""A move, or a change of fields, ends what was approved before; a move back to the same status ends its own
	approvals only."""
	if not entry.from_status:
		return True
	return bool(entry.to_status) and (
		entry.to_status != entry.from_status or entry.action == transition.action
	)
