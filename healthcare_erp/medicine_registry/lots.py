"""Lots in bulk: expiry of the day."""

import frappe
from frappe.utils import getdate

from healthcare_erp.core.life_cycle import move_as_system
from healthcare_erp.domain.vocabulary import LotStatus


def expire() -> int:
	"""Set Active lots whose expiry date has passed to Expired, with their audit entries; their Batches close.

	Set-based and safe to run again. (The ledger refuses an expired lot whether this has run or not.)

	:returns: how many lots expired.
	"""
	lots = frappe.db.get_values(
		"National Lot",
		{"status": LotStatus.ACTIVE, "expiry_date": ("<", getdate())},
		["name", "status", "expiry_date", "batch"],
		as_dict=True,
		for_update=True,  # nobody blocks or recalls one before its audit entry says that it expired
	)
	expired = move_as_system("National Lot", lots, "Expire")
	if batches := [lot.batch for lot in lots if lot.batch]:
		frappe.db.set_value("Batch", {"name": ("in", batches)}, "disabled", 1)
	return len(expired)
