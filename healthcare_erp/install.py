"""What installing the app adds to a site, beyond its DocTypes. Safe to run again (also after migrate)."""

import click
import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from healthcare_erp.guarantees import locks, mending
from healthcare_erp.setup import leftovers, roles, scope_tables
from healthcare_erp.setup.custom_fields import CUSTOM_FIELDS


def before_install() -> None:
	roles.remember_existing()
	leftovers.remember_existing()


def after_install() -> None:
	provide()


def after_migrate() -> None:
	"""Provide what is missing; say, and keep in the Error Log, which of the guarantees did not stand."""
	if findings := provide():
		lines = [str(finding) for finding in findings]
		click.echo("\n".join(lines))
		frappe.log_error(title=frappe._("Guarantees that did not stand"), message="\n".join(lines))


def provide() -> list[mending.Finding]:
	"""Roles, custom fields and the database's guarantees. Returns those of the guarantees that did not stand."""
	roles.create()
	create_custom_fields(CUSTOM_FIELDS, ignore_validate=True)
	findings = mending.mend()
	locks.apply()
	scope_tables.apply()
	frappe.clear_cache()
	return findings
