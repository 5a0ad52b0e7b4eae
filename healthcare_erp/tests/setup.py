"""What a site needs before the bench suites run (hook `before_tests`)."""

import frappe

from healthcare_erp.setup import company


def prepare_site() -> None:
	"""A company with its chart of accounts and fiscal year; the suites make everything else in `factories`."""
	company.ensure()
	frappe.flags.skip_test_records = True  # other apps' sample documents: nothing here uses them
