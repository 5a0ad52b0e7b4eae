"""What installing the app adds to a site, beyond its DocTypes. Safe to run again (also after migrate)."""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from healthcare_erp.core.guarantees import locks, mending, outbox
from healthcare_erp.setup import leftovers, roles, scope_tables
from healthcare_erp.setup.custom_fields import CUSTOM_FIELDS


def before_install() -> None:
	roles.remember_existing()
	leftovers.remember_existing()


def after_install() -> None:
	outbox.apply()
	mending.mend()  # a new site has none of them yet
	provide()


def after_migrate() -> None:
	mending.mend_and_say()
	provide()


def provide() -> None:
	"""Roles, custom fields and the ledger's locks."""
	roles.create()
	create_custom_fields(CUSTOM_FIELDS, ignore_validate=True)
	locks.apply()
	scope_tables.apply()
	frappe.clear_cache()
