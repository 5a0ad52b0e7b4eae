"""Leave a site as the app found it."""

import frappe

from healthcare_erp.core.guarantees import locks, mending
from healthcare_erp.setup import leftovers, roles, scope_tables
from healthcare_erp.setup.custom_fields import CUSTOM_FIELDS


def before_uninstall() -> None:
	"""While the DocTypes are there: what hangs on them goes first."""
	mending.remove()
	locks.remove()
	scope_tables.remove()
	frappe.flags.healthcare_erp_leftovers = leftovers.note()
	leftovers.forget()


def after_uninstall() -> None:
	"""Frappe has dropped the DocTypes: now the fields on other apps' DocTypes, the documents there, and the roles."""
	_remove_custom_fields()
	leftovers.remove(frappe.flags.pop("healthcare_erp_leftovers"))
	roles.remove()
	leftovers.remove_desk()
	frappe.db.commit()  # Frappe's own commit came before this hook; nosemgrep
	frappe.clear_cache()


def _remove_custom_fields() -> None:
	for doctype, fields in CUSTOM_FIELDS.items():
		names = [field["fieldname"] for field in fields]
		columns = set(names) & set(frappe.db.get_table_columns(doctype))
		frappe.db.delete("Custom Field", {"dt": doctype, "fieldname": ("in", names)})
		frappe.db.delete("Property Setter", {"doc_type": doctype, "field_name": ("in", names)})
		if columns:
			drops = ", ".join(f"DROP COLUMN `{name}`" for name in sorted(columns))
			frappe.db.sql_ddl(f"ALTER TABLE `tab{doctype}` {drops}")
		frappe.clear_cache(doctype=doctype)
