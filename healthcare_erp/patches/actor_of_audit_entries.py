"""Entries of before say who wrote them: the session's user, which was all that was known."""

import frappe

from healthcare_erp.core.guarantees import triggers


def execute() -> None:
	if frappe.db.exists("Audit Entry", {"actor": ("is", "not set")}):
		with triggers.filling("actor", "tabAudit Entry"):
			frappe.db.sql("UPDATE `tabAudit Entry` SET actor = owner WHERE actor IS NULL")
