"""Lots in bulk: expiry of the day."""

import frappe
from frappe.utils import getdate, now_datetime

from healthcare_erp.domain.vocabulary import LotStatus


def expire() -> int:
	"""Set Active lots whose expiry date has passed to Expired, with their audit entries; their Batches close.

	Set-based and safe to run again. (The ledger refuses an expired lot whether this has run or not.)

	:returns: how many lots expired.
	"""
	lots = frappe.db.get_values(
		"National Lot",
		{"status": LotStatus.ACTIVE, "expiry_date": ("<", getdate())},
		["name", "batch"],
		as_dict=True,
		for_update=True,  # nobody blocks or recalls one before its audit entry says that it expired
	)
	if not lots:
		return 0
	names = [lot.name for lot in lots]
	frappe.db.set_value(
		"National Lot", {"name": ("in", names), "status": LotStatus.ACTIVE}, "status", LotStatus.EXPIRED.value
	)
	batches = [lot.batch for lot in lots if lot.batch]
	if batches:
		frappe.db.set_value("Batch", {"name": ("in", batches)}, "disabled", 1)
	_audit(names)
	return len(names)


def _audit(names: list[str]) -> None:
	now, user = now_datetime(), frappe.session.user
	common = (
		"National Lot",
		"Expire",
		LotStatus.ACTIVE.value,
		LotStatus.EXPIRED.value,
		now,
		now,
		now,
		user,
		user,
	)
	rows = [(frappe.generate_hash(length=10), name, *common) for name in names]
	fields = ["name", "reference_name", "reference_doctype", "action", "from_status", "to_status"]
	stamps = ["happened_at", "creation", "modified", "owner", "modified_by"]
	frappe.db.bulk_insert("Audit Entry", fields=fields + stamps, values=rows)
