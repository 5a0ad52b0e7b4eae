"""What `permissions` reads beside Frappe's own tables: which facilities lie in which place."""

import frappe

from healthcare_erp.healthcare_erp import derived_permissions, territories


def apply() -> None:
	"""Make the table where it is missing, and fill it anew (after install and migrate)."""
	frappe.db.sql_ddl(territories.TABLE)
	territories.rebuild()
	derived_permissions.rebuild()


def remove() -> None:
	"""Drop the table (Frappe knows only those of DocTypes)."""
	frappe.db.sql_ddl("DROP TABLE IF EXISTS facility_territories")
