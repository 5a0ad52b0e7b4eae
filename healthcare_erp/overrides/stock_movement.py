"""A Stock Movement that comes as a document (Desk, /api/resource, Data Import) goes through the ledger's way in."""

import frappe

from healthcare_erp.core.permissions import check_warehouses
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.ledger import store
from healthcare_erp.traceability.ledger.intake import CALLER_FIELDS, parse


def record(doc, method: str | None = None) -> None:
	"""before_save: write the row; `db_insert` takes its values from `flags.recorded`.

	Where the document is all that its transaction writes, a lost race is tried again.
	"""
	if not doc.is_new():
		return
	given = {field: doc.get(field) for field in CALLER_FIELDS if doc.get(field) not in (None, "")}
	movements = parse([given])
	if not doc.flags.ignore_permissions:
		check_warehouses({movements[0].warehouse})
	write = ledger.record if frappe.db.transaction_writes else ledger.record_now
	[result] = write(movements)
	doc.flags.recorded = store.rows_by_name([result.name])[result.name]
	doc.update(doc.flags.recorded)
