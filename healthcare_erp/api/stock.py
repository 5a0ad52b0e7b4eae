"""Stock movements and balances over `/api/method/healthcare_erp.api.stock.<method>`."""

from datetime import datetime

import frappe

from healthcare_erp.api.parsing import as_list, as_moment, checked_arguments
from healthcare_erp.api.rates import limited
from healthcare_erp.core.permissions import check_national, check_warehouses
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.ledger import intake
from healthcare_erp.traceability.stock import holdings
from healthcare_erp.traceability.verification import job as verification_job

VERIFIERS = ("National Admin", "Auditor")


@frappe.whitelist(methods=["POST"])
@checked_arguments
def record_movement(
	movement_type: str,
	quantity: int | float | str,
	facility_type: str,
	facility: str,
	national_lot: str,
	direction: str | None = None,
	posting_datetime: str | datetime | None = None,
	unit_price: int | float | str | None = None,
	counterparty_type: str | None = None,
	counterparty: str | None = None,
	reference_doctype: str | None = None,
	reference_name: str | None = None,
	reversal_of: str | None = None,
	idempotency_key: str | None = None,
	warehouse: str | None = None,
	late_reason: str | None = None,
) -> dict:
	"""Record one movement. Returns `{name, position_sequence, balance_after, posting_datetime, …, replayed}`."""
	given = locals()
	return _record([{field: value for field, value in given.items() if value not in (None, "")}])[0]


@frappe.whitelist(methods=["POST"])
@checked_arguments
def record_movements(movements: list | str) -> list:
	"""Record up to 5,000 movements (objects with the arguments of `record_movement`): all or none."""
	return _record(as_list(movements))


@frappe.whitelist(methods=["GET"])
@checked_arguments
def get_balance(facility_type: str, facility: str, national_lot: str) -> dict:
	"""Units of a lot on hand at a facility."""
	frappe.has_permission("Stock Movement", "read", throw=True)
	warehouse = holdings.warehouse_of(facility_type, facility)
	check_warehouses({warehouse})
	return holdings.get_balance(warehouse, national_lot)


@frappe.whitelist(methods=["GET"])
@checked_arguments
def get_movements(
	national_lot: str | None = None,
	national_medicine: str | None = None,
	facility_type: str | None = None,
	facility: str | None = None,
	warehouse: str | None = None,
	movement_type: str | None = None,
	from_datetime: str | datetime | None = None,
	to_datetime: str | datetime | None = None,
	page: str | None = None,
	page_length: int = holdings.PAGE_LENGTH,
) -> dict:
	"""Movements inside the caller's scope, latest first: `{movements, next_page}`."""
	filters = locals()
	frappe.has_permission("Stock Movement", "read", throw=True)
	page, page_length = filters.pop("page"), filters.pop("page_length")
	for field in ("from_datetime", "to_datetime"):
		filters[field] = as_moment(field, filters[field])
	return holdings.get_movements(filters, page, page_length)


@frappe.whitelist(methods=["GET"])
@checked_arguments
def suggest_lots(warehouse: str, medicine: str, quantity: int | float | str) -> dict:
	"""First expired, first out: `{picks, shortfall, unusable}`."""
	frappe.has_permission("Stock Movement", "read", throw=True)
	check_warehouses({warehouse})
	return holdings.suggest_lots(warehouse, medicine, quantity)


@frappe.whitelist(methods=["POST"])
@checked_arguments
def verify_ledger() -> dict:
	"""Have every position recomputed in the background, once at a time. Returns what `get_ledger_verdict` does."""
	_check_verifier()
	_start_verification()
	return verification_job.state() | {"running": True}


@frappe.whitelist(methods=["GET"])
@checked_arguments
def get_ledger_verdict() -> dict:
	"""What the last verifications found: `{running, last, history}`."""
	_check_verifier()
	return verification_job.state()


def _check_verifier() -> None:
	frappe.only_for(VERIFIERS)
	check_national()


@limited(limit=20, seconds=60 * 60)
def _start_verification() -> None:
	"""(Whoever is refused has not used up the limit of those who may.)"""
	verification_job.start()


def _record(requests: list) -> list:
	frappe.has_permission("Stock Movement", "create", throw=True)
	movements = intake.parse(requests)
	check_warehouses({movement.warehouse for movement in movements})
	return ledger.record_now(movements)
