"""Which DocTypes are guarded, and who may pass without being limited: those who see every row anyway."""

import frappe
from frappe.desk.reportview import build_match_conditions
from frappe.permissions import get_role_permissions

from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.scope import COUNTRY, SCOPES

APP = "healthcare_erp"


def is_guarded(doctype) -> bool:
	"""Whether a DocType is the app's own, or one of ERPNext's whose rows the app limits."""
	if not isinstance(doctype, str) or not doctype:
		return False
	return _is_limited(doctype) or app_of(_module_of(doctype)) == APP


def guarded_doctypes() -> set[str]:
	"""Every DocType that `is_guarded`."""
	ours = frappe.get_all("DocType", filters={"module": ("in", frappe.get_module_list(APP))}, pluck="name")
	return {*ours, *filter(_is_limited, frappe.get_hooks("permission_query_conditions"))}


def strangers_see(doctype: str) -> tuple[str, ...]:
	"""The fields of a DocType that staff outside the scope see too: a seller picks a buyer."""
	return SCOPES.get(doctype, COUNTRY).strangers_see


def hidden_columns(doctype: str) -> set[str]:
	"""The columns of a DocType that the user may not follow a link to: those that are not read of every row, and are
	neither its title, which Desk adds to lists by itself, nor what strangers see."""
	if not is_guarded(doctype) or sees_all(doctype):
		return set()
	whole_country = doctype in SCOPES and not SCOPES[doctype].reaches
	meta = frappe.get_meta(doctype)
	if whole_country and get_role_permissions(meta).get("read"):
		return set()
	told = set(strangers_see(doctype))
	title = {"name", meta.get_title_field()} if told or whole_country else set()
	return set(meta.get_valid_columns()) - told - title


def app_of(module: str | None) -> str | None:
	return frappe.local.module_app.get(frappe.scrub(module or ""))


def sees_all(doctype: str) -> bool:
	"""Whether the user reads each row of a DocType: a role allows it, and Frappe adds no condition."""
	if frappe.session.user == "Administrator":
		return True
	return bool(get_role_permissions(frappe.get_meta(doctype)).get("read")) and not build_match_conditions(
		doctype
	)


def need_all(doctype) -> None:
	"""Refuse a method that cannot be limited.

	:raises OutOfScopeError: HTTP 403.
	"""
	if is_guarded(doctype) and not sees_all(doctype):
		throw("beyond_scope_method", doctype=doctype)


def _is_limited(doctype: str) -> bool:
	limited = frappe.get_hooks("permission_query_conditions").get(doctype, ())
	return any(path.startswith(f"{APP}.") for path in limited)


def _module_of(doctype: str) -> str | None:
	try:
		return frappe.get_meta(doctype).module
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return None
