"""Fixed fields stay as they are, on every way into a document; `domain.fixed_fields` says which they are."""

import frappe

from healthcare_erp.core.exceptions import throw
from healthcare_erp.domain.fixed_fields import FIXED, OWN_TIES, RENAMED, TIES, Since, changed, refusal


def check(doc, method: str | None = None) -> None:
	"""before_validate: what was sent, before a controller works anything out.

	`flags.set_by_app` opens the system's fields to the app itself, `flags.corrected` some to a correction.
	"""
	before = None if doc.is_new() else doc.get_doc_before_save()
	if doc.meta.is_nested_set():
		_keep_bounds(doc, before)
	for field in changed(doc.doctype, before, doc):
		if not _is_open(doc, field):
			_refuse(doc, field, before and before.get(field))


def check_name(doc, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""before_rename: a document that stands for one of the registry keeps its name, and is merged with none."""
	if doc.doctype in RENAMED and not merge:
		return
	for name in (old, new):
		if owner := owner_of(doc.doctype, name):
			throw("name_fixed_by_tie", name=name, owner=owner)


def owner_of(doctype: str, name: str) -> str | None:
	"""What one of ERPNext's documents stands for in the registry, None for nothing."""
	for ours, field in TIES[doctype]:
		if owner := frappe.db.get_value(ours, {field: name}):
			return f"{frappe._(ours)} {owner}"
	own = [frappe.db.get_value(doctype, name, field) for field in OWN_TIES.get(doctype, ())]
	return next(filter(None, own), None)


def _keep_bounds(doc, before) -> None:
	"""Frappe moves a tree's bounds by itself: a form that was opened before knows old ones."""
	for field in ("lft", "rgt"):
		doc.set(field, before.get(field) if before else 0)


def _is_open(doc, field: str) -> bool:
	if doc.flags.set_by_app or field in (doc.flags.corrected or ()):
		return True
	return FIXED[doc.doctype][field].since is Since.TIED and not owner_of(doc.doctype, doc.name)


def _refuse(doc, field: str, value) -> None:
	code = refusal(doc.doctype, field)
	owner = owner_of(doc.doctype, doc.name) if code == "fixed_by_tie" else None
	label = frappe._(doc.meta.get_label(field))
	throw(code, field=label, name=doc.name or frappe._(doc.doctype), value=value or "-", owner=owner)
