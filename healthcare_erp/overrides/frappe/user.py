"""Whoever recorded movements, or is named in the audit trail, keeps that name."""

import frappe

from healthcare_erp.core.exceptions import throw


def keep_recorder(doc, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""before_rename: Frappe would write the new name into every row that the user has made."""
	if any(frappe.db.exists(doctype, {"owner": old}) for doctype in ("Stock Movement", "Audit Entry")):
		throw("recorder_renamed", user=old)
