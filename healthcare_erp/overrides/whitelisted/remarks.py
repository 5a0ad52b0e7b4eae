"""Likes, tags, comments, assignments, shares, followers and e-mails: Frappe writes them into the document's own row."""

import frappe

from healthcare_erp.core.exceptions import throw
from healthcare_erp.overrides.whitelisted.guarded import is_guarded
from healthcare_erp.overrides.whitelisted.query import parsed
from healthcare_erp.overrides.whitelisted.replacing import pass_on, replaces
from healthcare_erp.overrides.whitelisted.stock import scope as stock_scope

INSERT_ONLY = frozenset({"Stock Movement", "Audit Entry"})
# DocType -> the fields that say which document is remarked on
REMARKS = {
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Discussion Topic": ("reference_doctype", "reference_docname"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
}
# Frappe saves these for whoever asks, without a look at the document
UNASKED = frozenset({"Discussion Topic", "File"})


def refuse(doc, method: str | None = None) -> None:
	"""before_validate of the DocTypes of REMARKS"""
	doctype, name = (doc.get(field) for field in REMARKS[doc.doctype])
	if name and (doctype in INSERT_ONLY or doc.doctype in UNASKED):
		_check(doctype, name)


def refuse_reply(doc, method: str | None = None) -> None:
	"""before_validate of Discussion Reply"""
	about = frappe.db.get_value("Discussion Topic", doc.topic, REMARKS["Discussion Topic"])
	if about and all(about):
		_check(*about)


def _checked(check, doctype: str, name: str):
	"""Frappe's own, once `check` has passed what these two arguments name."""

	def answer(own, given):
		check(given.get(doctype), given.get(name))
		return pass_on(own, given)

	return answer


@replaces("frappe.templates.includes.likes.likes.like")
def like_page(own, given):
	"""A page of the site is liked; a guarded document is none."""
	_check(given.reference_doctype, given.reference_name)
	if is_guarded(given.reference_doctype):
		throw("beyond_scope_method", doctype=given.reference_doctype)
	return pass_on(own, given)


@replaces("frappe.desk.doctype.tag.tag.add_tags")
def add_tags(own, given):
	for name in parsed(given.docs):
		_check_tag(given.dt, name)
	return pass_on(own, given)


def _check(doctype: str, name: str) -> None:
	"""Frappe asks for no permission at all."""
	if doctype in INSERT_ONLY:
		_refuse(doctype, name)
	if doctype == "Warehouse":
		stock_scope.check_warehouses([name])
	if is_guarded(doctype):
		_check_scope(doctype, name)


def _check_tag(doctype: str, name: str) -> None:
	"""Frappe writes a tag before it asks whether the document may be changed, and then refuses without a word."""
	_check(doctype, name)
	if is_guarded(doctype) and not frappe.has_permission(doctype, "write", doc=name):
		throw("tag_of_reader", name=name)


def _refuse(doctype: str, name: str) -> None:
	"""
	:raises OutOfScopeError: HTTP 403, where the user may not even read it.
	:raises ImmutableRecordError: HTTP 409.
	"""
	_check_scope(doctype, name)
	throw("immutable_record", doctype=doctype, name=name)


def _check_scope(doctype: str, name: str) -> None:
	if not frappe.has_permission(doctype, doc=name):
		throw("out_of_scope", name=name)


add_web_comment = replaces("frappe.templates.includes.comments.comments.add_comment")(
	_checked(_check, "reference_doctype", "reference_name")
)
toggle_like = replaces("frappe.desk.like.toggle_like")(_checked(_check, "doctype", "name"))
add_tag = replaces("frappe.desk.doctype.tag.tag.add_tag")(_checked(_check_tag, "dt", "dn"))
remove_tag = replaces("frappe.desk.doctype.tag.tag.remove_tag")(_checked(_check_tag, "dt", "dn"))
