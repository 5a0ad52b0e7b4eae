"""The closing of a shift, which makes one invoice of what its tills sold."""

import frappe


def begin(doc, method: str | None = None) -> None:
	"""before_submit: the units of these POS Invoices are in the ledger."""
	frappe.flags.healthcare_erp_shift = [row.pos_invoice for row in doc.pos_invoices]


def end(doc, method: str | None = None) -> None:
	"""on_submit"""
	frappe.flags.healthcare_erp_shift = None
