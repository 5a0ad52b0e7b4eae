"""Whoever recorded movements keeps the name that they were recorded under."""

import frappe

from healthcare_erp.exceptions import throw


def keep_recorder(doc, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""before_rename: Frappe would write the new name into every row that the user has made."""
	if frappe.db.exists("Stock Movement", {"owner": old}):
		throw("recorder_renamed", user=old)
