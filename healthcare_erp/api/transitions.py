"""Status changes of regulated documents over `/api/method/healthcare_erp.api.transitions.<method>`."""

import frappe
from frappe.model.base_document import get_controller

from healthcare_erp.api.parsing import as_list, checked_arguments
from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.life_cycle import LifeCycleDocument
from healthcare_erp.core.scope import SCOPES
from healthcare_erp.core.transactions import run_with_retry, unit_of_work

MAX_NAMES = 500


@frappe.whitelist(methods=["GET"])
@checked_arguments
def get_actions(doctype: str, name: str) -> list:
	"""What the caller may do from here: `[{action, target, needs_reason}]`."""
	return _get(doctype, name, "read").allowed_transitions()


@frappe.whitelist(methods=["POST"])
@checked_arguments
def apply(doctype: str, name: str, action: str, reason: str | None = None) -> dict:
	"""Do one action. Returns `{name, status}`."""
	return run_with_retry(lambda: _apply(doctype, name, action, reason))


@frappe.whitelist(methods=["POST"])
@checked_arguments
def apply_to_many(doctype: str, names: list | str, action: str, reason: str | None = None) -> dict:
	"""Do one action on up to 500 documents, all or none (e.g. a recall of several lots). Returns `{changed}`."""
	names = sorted({str(name) for name in as_list(names)})
	if len(names) > MAX_NAMES:
		throw("invalid_request", problem=frappe._("At most {0} documents at once.").format(MAX_NAMES))
	return run_with_retry(lambda: _apply_to_many(doctype, names, action, reason))


def has_life_cycle(doctype: str) -> bool:
	"""Whether a DocType is the app's own, and its status is moved by actions."""
	return doctype in SCOPES and issubclass(get_controller(doctype), LifeCycleDocument)


def _apply_to_many(doctype: str, names: list[str], action: str, reason: str | None) -> dict:
	_check(doctype)
	with unit_of_work(*((doctype, name) for name in names)):
		for name in names:
			_apply(doctype, name, action, reason)
	return {"changed": len(names)}


def _apply(doctype: str, name: str, action: str, reason: str | None) -> dict:
	doc = _get(doctype, name, "write")
	doc.transition(action, reason)
	return {"name": doc.name, "status": doc.status}


def _get(doctype: str, name: str, ptype: str) -> LifeCycleDocument:
	_check(doctype)
	doc = frappe.get_doc(doctype, name, for_update=ptype == "write")
	doc.check_permission(ptype)
	return doc


def _check(doctype: str) -> None:
	if not has_life_cycle(doctype):
		throw("invalid_request", problem=frappe._("{0} has no life cycle.").format(doctype))
