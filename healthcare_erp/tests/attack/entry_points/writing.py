"""What Frappe lets a user write to, or hang onto, a document: each entry point, for one document."""

from collections.abc import Iterator

import frappe

from healthcare_erp.tests.attack.entry_points.generic import METHOD, EntryPoint, method


def writing(doctype: str, name: str) -> Iterator[EntryPoint]:
	yield from _changes(doctype, name)
	yield from _remarks(doctype, name)
	yield from _attached_documents(doctype, name)


def _changes(doctype: str, name: str) -> Iterator[EntryPoint]:
	one = {"doctype": doctype, "name": name}
	for field, value in _changed(doctype).items():
		yield EntryPoint(f"PUT {field}", "PUT", f"/api/resource/{doctype}/{name}", {field: value})
		yield method("frappe.client.set_value", **one, fieldname=field, value=value)
		yield method("frappe.client.bulk_update", docs=[{"doctype": doctype, "docname": name, field: value}])
		yield method("frappe.client.save", doc=one | {field: value})
	yield EntryPoint("DELETE", "DELETE", f"/api/resource/{doctype}/{name}", {})
	yield method("frappe.client.delete", **one)
	yield method("frappe.client.cancel", **one)
	yield method("frappe.desk.reportview.delete_items", doctype=doctype, items=[name])
	yield method("frappe.client.rename_doc", doctype=doctype, old_name=name, new_name=f"{name}-X")
	yield method(
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype=doctype,
		docnames=[name],
		action="cancel",
	)


def _changed(doctype: str) -> dict:
	"""Another value for a text, a number and the owner of a document."""
	values = {"owner": "Guest", "docstatus": 2, "_user_tags": ",x", "_comments": "[]"}
	for field in frappe.get_meta(doctype).fields:
		if field.fieldtype in ("Int", "Float", "Currency"):
			values.setdefault(field.fieldname, 1)
		elif field.fieldtype in ("Data", "Small Text", "Select"):
			values.setdefault(field.fieldname, (field.options or "x").split("\n")[-1])
	return dict(list(values.items())[:8])


def _remarks(doctype: str, name: str) -> Iterator[EntryPoint]:
	one = {"doctype": doctype, "name": name}
	yield method("frappe.desk.like.toggle_like", **one, add="Yes")
	yield method("frappe.desk.doctype.tag.tag.add_tag", tag="x", dt=doctype, dn=name)
	yield method("frappe.desk.doctype.tag.tag.add_tags", tags=["x"], dt=doctype, docs=[name])
	yield method("frappe.desk.doctype.tag.tag.remove_tag", tag="x", dt=doctype, dn=name)
	yield method("frappe.desk.form.assign_to.add", **one, assign_to=["Administrator"])
	yield method(
		"frappe.desk.form.document_follow.follow_document", doctype=doctype, doc_name=name, user="Guest"
	)
	yield method("frappe.share.add", **one, user="Guest", read=1, write=1)
	yield method(
		"frappe.desk.form.utils.add_comment",
		reference_doctype=doctype,
		reference_name=name,
		content="x",
		comment_email="x@example.com",
		comment_by="x",
	)
	yield method("frappe.core.doctype.communication.email.make", **one, content="x", subject="x")


def _attached_documents(doctype: str, name: str) -> Iterator[EntryPoint]:
	"""The same, as documents that are inserted by themselves."""
	docs = (
		{
			"doctype": "Comment",
			"comment_type": "Comment",
			"reference_doctype": doctype,
			"reference_name": name,
		},
		{"doctype": "ToDo", "description": "x", "reference_type": doctype, "reference_name": name},
		{"doctype": "Communication", "subject": "x", "reference_doctype": doctype, "reference_name": name},
		{"doctype": "DocShare", "user": "Guest", "read": 1, "share_doctype": doctype, "share_name": name},
		{"doctype": "Tag Link", "tag": "x", "document_type": doctype, "document_name": name},
	)
	for doc in docs:
		yield EntryPoint(
			f"{doc['doctype']} on {doctype}",
			"POST",
			METHOD + "frappe.client.insert",
			{"doc": doc | {"content": "x"}},
		)
