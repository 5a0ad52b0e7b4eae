"""The audit trail follows every save and every deletion of a registered document; none is renamed."""

from collections.abc import Iterator

import frappe
from frappe import _

from healthcare_erp.core import audit
from healthcare_erp.core.exceptions import throw
from healthcare_erp.domain.audit import REGISTERED, Action


def write_save(doc, method: str) -> None:
	"""on_update, on_submit, on_cancel, on_update_after_submit: the last of a write's handlers, once for each write."""
	if not (method == "on_update" and doc._action == "submit"):  # on_submit follows
		audit.write_save(doc)


def write_delete(doc, method: str | None = None) -> None:
	"""after_delete"""
	audit.write_delete(doc)


def keep_name(doc, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""before_rename: the trail knows a document by its name for good."""
	throw("immutable_record", doctype=_(doc.doctype), name=old)


def follow_name(doc, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""before_rename: Frappe writes the new name into the documents that hold the old one, without a save."""
	for doctype, field in _links(doc.doctype):
		audit.write_many(
			[
				audit.Entry(doctype, name, Action.UPDATE, {field: old}, {field: new})
				for name in _naming(doctype, field, old)
			]
		)


def _links(doctype: str) -> Iterator[tuple[str, str]]:
	for registered in REGISTERED:
		for field in frappe.get_meta(registered).get_link_fields():
			if field.options == doctype:
				yield registered, field.fieldname


def _naming(doctype: str, field: str, value: str) -> list[str]:
	if frappe.get_meta(doctype).issingle:
		return [doctype] if frappe.db.get_single_value(doctype, field) == value else []
	return frappe.get_all(doctype, {field: value}, pluck="name")
