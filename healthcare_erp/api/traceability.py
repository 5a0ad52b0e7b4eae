"""The trace of a lot over `/api/method/healthcare_erp.api.traceability.<method>`."""

from datetime import datetime

import frappe

from healthcare_erp.api.parsing import as_moment, checked_arguments
from healthcare_erp.traceability import tracing


@frappe.whitelist(methods=["GET"])
@checked_arguments
def trace_batch(lot: str) -> dict:
	"""Where a lot has been and who holds it. `lot`: lot, Batch, lot number, GTIN+lot or a scanned GS1 code."""
	_check()
	return tracing.get_trace(tracing.find_lot(lot))


@frappe.whitelist(methods=["GET"])
@checked_arguments
def get_full_trace(
	lot: str,
	facility: str | None = None,
	direction: str = "both",
	as_of: str | datetime | None = None,
) -> dict:
	"""The trace walked `forward`, `backward` or `both` from a node (`Pharmacy:PHA-00001`), up to a moment."""
	_check()
	moment = as_moment("as_of", as_of)
	return tracing.get_trace(tracing.find_lot(lot), facility, direction, moment)


def _check() -> None:
	frappe.has_permission("National Lot", "read", throw=True)
	frappe.has_permission("Stock Movement", "read", throw=True)
