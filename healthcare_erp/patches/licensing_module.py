"""Frappe makes the Module Defs of an app when it is installed, not those that come later."""

import frappe


def execute() -> None:
	module = {"doctype": "Module Def", "module_name": "Licensing", "app_name": "healthcare_erp"}
	frappe.get_doc(module).insert(ignore_permissions=True, ignore_if_duplicate=True)
