"""A Stock Movement that comes as a document (Desk, /api/resource, Data Import) goes through the ledger's door."""

from healthcare_erp.permissions import check_warehouses
from healthcare_erp.traceability import ledger, ledger_store
from healthcare_erp.traceability.intake import CALLER_FIELDS, parse


def record(doc, method: str | None = None) -> None:
	"""before_save: write the row; `db_insert` takes its values from `flags.recorded`."""
	if not doc.is_new():
		return
	given = {field: doc.get(field) for field in CALLER_FIELDS if doc.get(field) not in (None, "")}
	movements = parse([given])
	if not doc.flags.ignore_permissions:
		check_warehouses({movements[0].warehouse})
	[result] = ledger.record(movements)
	doc.flags.recorded = ledger_store.rows_by_name([result.name])[result.name]
	doc.update(doc.flags.recorded)
