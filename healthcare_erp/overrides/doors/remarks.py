"""Likes, tags, comments, assignments, shares, followers and e-mails: Frappe writes them into the document's own row."""

import frappe

from healthcare_erp.exceptions import throw
from healthcare_erp.overrides.doors.door import pass_on, stands_for
from healthcare_erp.overrides.doors.guarded import is_guarded
from healthcare_erp.overrides.doors.query import parsed

INSERT_ONLY = frozenset({"Stock Movement", "Audit Entry"})
# DocType -> the fields that say which document is remarked on
REMARKS = {
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
}


def refuse(doc, method: str | None = None) -> None:
	"""before_validate of the DocTypes of REMARKS"""
	doctype, name = (doc.get(field) for field in REMARKS[doc.doctype])
	if doctype in INSERT_ONLY and name:
		_refuse(doctype, name)


@stands_for("frappe.desk.like.toggle_like")
def toggle_like(own, given):
	_check(given.doctype, given.name)
	return pass_on(own, given)


@stands_for("frappe.desk.doctype.tag.tag.add_tag")
def add_tag(own, given):
	_check(given.dt, given.dn)
	return pass_on(own, given)


@stands_for("frappe.desk.doctype.tag.tag.remove_tag")
def remove_tag(own, given):
	_check(given.dt, given.dn)
	return pass_on(own, given)


@stands_for("frappe.desk.doctype.tag.tag.add_tags")
def add_tags(own, given):
	for name in parsed(given.docs):
		_check(given.dt, name)
	return pass_on(own, given)


def _check(doctype: str, name: str) -> None:
	"""Frappe asks for no permission at all."""
	if doctype in INSERT_ONLY:
		_refuse(doctype, name)
	if is_guarded(doctype):
		_check_scope(doctype, name)


def _refuse(doctype: str, name: str) -> None:
	"""
	:raises OutOfScopeError: HTTP 403, where the user may not even read it.
	:raises ImmutableRecordError: HTTP 409.
	"""
	_check_scope(doctype, name)
	throw("immutable_record", doctype=frappe._(doctype), name=name)


def _check_scope(doctype: str, name: str) -> None:
	if not frappe.has_permission(doctype, doc=name):
		throw("out_of_scope", name=name)
