"""Scheduled jobs: each calls one operation."""

import frappe

from healthcare_erp.core import outbox
from healthcare_erp.core.guarantees import state
from healthcare_erp.medicine_registry import lots
from healthcare_erp.traceability.books import comparison, stopped_batches


def expire_lots() -> None:
	"""Daily: Active lots past their expiry date become Expired."""
	lots.expire()


def close_batches() -> None:
	"""Hourly: a reposting job that failed leaves the batches of stopped lots open."""
	stopped_batches.close()


def number_events() -> None:
	"""Every few minutes: what was committed since gets its numbers, also where nobody reads them."""
	outbox.number()


def verify_books() -> None:
	"""Every night: where the ledger and ERPNext's books differ, an Error Log names each difference."""
	result = comparison.compare()
	if not result["ok"]:
		lines = [comparison.sentence(difference) for difference in result["differences"]]
		frappe.log_error(title=frappe._("The two books differ"), message="\n".join(lines))


def check_guarantees() -> None:
	"""Daily: an Error Log names each guarantee of the database that somebody took or weakened since the last migrate."""
	if defects := state.guarantee_defects():
		lines = [f"{defect.code}: {defect.subject} {defect.detail}" for defect in defects]
		frappe.log_error(title=frappe._("Guarantees that do not stand"), message="\n".join(lines))
