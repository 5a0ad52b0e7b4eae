"""Batches of stopped lots: disabled, so that ERPNext's vouchers do not offer them.

ERPNext also takes no account of a disabled batch where it asks what a count found before it. So they are open while a
count is posted or reposted, in the same transaction.
"""

from collections.abc import Collection

import frappe

from healthcare_erp.domain.vocabulary import LotStatus

_OPEN = """SELECT batch.name FROM `tabBatch` batch JOIN `tabNational Lot` lot ON lot.batch = batch.name
WHERE batch.item IN %s AND batch.disabled = 1"""
_STOPPED = """SELECT batch.name FROM `tabBatch` batch JOIN `tabNational Lot` lot ON lot.batch = batch.name
WHERE lot.status <> %s AND batch.disabled = 0 AND NOT EXISTS (
	SELECT 1 FROM `tabRepost Item Valuation` repost WHERE repost.status = 'In Progress' AND repost.docstatus = 1)"""


def open_for_counting(items: Collection[str]) -> None:
	"""Let ERPNext see the stopped batches of these Items."""
	if items:
		_set_disabled(frappe.db.sql_list(_OPEN, (tuple(items),)), 0)


def close() -> None:
	"""Disable every batch whose lot is stopped and which is not disabled; not while ERPNext reposts."""
	_set_disabled(frappe.db.sql_list(_STOPPED, LotStatus.ACTIVE.value), 1)


def _set_disabled(batches: list[str], disabled: int) -> None:
	if batches:
		frappe.db.set_value("Batch", {"name": ("in", batches)}, "disabled", disabled, update_modified=False)
