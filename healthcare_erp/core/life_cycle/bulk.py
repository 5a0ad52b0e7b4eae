"""The system's actions on many documents at once."""

from collections.abc import Iterable, Mapping

import frappe
from frappe.model.base_document import get_controller
from frappe.utils import getdate

from healthcare_erp.core import audit
from healthcare_erp.core.audit import Entry
from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.domain.states import SYSTEM, Actor, Transition


@named_errors()
def move_as_system(
	doctype: str, rows: Iterable[Mapping], action: str, reason: str | None = None
) -> list[str]:
	"""Do an action that the table leaves to the system on many documents: one UPDATE and one INSERT for each status.

	:param rows: `name`, `status` and what the action's guards ask, of documents that the caller has locked.
	:returns: the names.
	:raises InvalidTransitionError, TransitionNotPermittedError: or a guard's own error; nothing was written.
	"""
	life_cycle, today = get_controller(doctype).life_cycle, {"today": getdate()}
	actor, moved = Actor.system(frappe.session.user), {}
	for row in rows:
		meant = life_cycle.find(row["status"], action)
		meant.check_in_bulk(actor, reason, row | today)
		moved.setdefault(meant, []).append(row["name"])
	for meant, names in moved.items():
		_write(doctype, names, meant, reason)
	return [name for names in moved.values() for name in names]


def _write(doctype: str, names: list[str], transition: Transition, reason: str | None) -> None:
	values = {"status": str(transition.target)}
	if frappe.get_meta(doctype).has_field("status_reason"):
		values["status_reason"] = reason
	frappe.db.set_value(doctype, {"name": ("in", names)}, values)
	before, after = {"status": str(transition.source)}, {"status": str(transition.target)}
	audit.write_many(
		[Entry(doctype, name, transition.action, before, after, reason, actor=SYSTEM) for name in names]
	)
