"""The tree view of the administrative levels."""

from typing import Any

import frappe

from healthcare_erp.api.parsing import checked_arguments
from healthcare_erp.healthcare_erp import geography


@frappe.whitelist(methods=["GET", "POST"])
@checked_arguments
def get_children(doctype: str = "", parent: str = "", is_root: bool = False) -> list[dict[str, Any]]:
	"""The nodes below one node of the tree view; its root is the country, which is no document.

	:param doctype: sent by the tree view, not used.
	"""
	frappe.has_permission(geography.DOCTYPE, "read", throw=True)
	return geography.parts(None if is_root else parent)


@frappe.whitelist(methods=["POST"])
@checked_arguments
def add_node(level_name: str, parent: str = "", is_root: bool = False, code: str | None = None) -> str:
	"""Add a place below a node of the tree view (a province below its root); returns its path."""
	frappe.has_permission(geography.DOCTYPE, "create", throw=True)
	return geography.add(level_name, None if is_root else parent, code=code)
