"""The audit trail follows every save and every deletion of a registered document; none is renamed."""

from frappe import _

from healthcare_erp.core import audit
from healthcare_erp.core.exceptions import throw


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
