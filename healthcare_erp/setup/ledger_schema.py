"""What the database itself guarantees of the ledger: keys, checks, and triggers that refuse changes."""

import frappe

from healthcare_erp.setup import ledger_triggers
from healthcare_erp.setup.ledger_keys import TABLE, UNIQUE_KEYS, key_tables, partitions

CHECKS = {
	"stock_movement_balance": "balance_after >= 0",
	"stock_movement_quantity": "quantity > 0",
	"stock_movement_sequence": "position_sequence > 0",
}
# Each of two columns or more: an index of one, Frappe drops when the DocType changes and does not name it.
INDEXES = {
	"lot_time": ("national_lot", "posting_datetime"),
	"owner_creation": ("owner", "creation"),
	"reference": ("reference_name", "creation"),
	"type_creation": ("movement_type", "creation"),
	"late_creation": ("reported_late", "creation"),
	# what is counted by day, so that no row need be read
	"recorded": ("creation", "posting_datetime", "movement_type", "direction", "warehouse"),
}
COLLATIONS = {"idempotency_key": "COLLATE utf8mb4_bin"}
REQUIRED_COLUMNS = ("warehouse", "national_lot", "idempotency_key", "facility_type", "facility")


def apply() -> None:
	"""Bring the table to the schema above; does nothing where it is there (after install and migrate)."""
	_require_columns()
	partitioned_by = ("creation",) if partitions() else ()
	for name, columns in UNIQUE_KEYS.items():
		_add_index(name, columns + partitioned_by, "UNIQUE INDEX")
	for name, columns in INDEXES.items():
		_add_index(name, columns, "INDEX")
	_add_checks()
	ledger_triggers.ensure()


def remove() -> None:
	"""Take the triggers away, so that the table can be dropped, and the tables of a partitioned ledger's keys."""
	ledger_triggers.remove()
	for table in key_tables().values():
		frappe.db.sql_ddl(f"DROP TABLE `{table}`")


def _require_columns() -> None:
	"""Frappe makes columns nullable (a NULL would slip past the unique keys) and blind to case (keys are not)."""
	nullable = frappe.db.sql(
		"""SELECT column_name, column_type FROM information_schema.columns
		WHERE table_schema = DATABASE() AND table_name = %s AND is_nullable = 'YES' AND column_name IN %s""",
		(TABLE, REQUIRED_COLUMNS),
	)
	changes = ", ".join(
		f"MODIFY `{column}` {kind} {COLLATIONS.get(column, '')} NOT NULL" for column, kind in nullable
	)
	if changes:
		frappe.db.sql_ddl(f"ALTER TABLE `{TABLE}` {changes}")


def _add_index(name: str, columns: tuple[str, ...], kind: str) -> None:
	if not frappe.db.has_index(TABLE, name):
		frappe.db.sql_ddl(f"ALTER TABLE `{TABLE}` ADD {kind} `{name}` ({', '.join(columns)})")


def _add_checks() -> None:
	existing = frappe.db.sql_list(
		"""SELECT constraint_name FROM information_schema.check_constraints
		WHERE constraint_schema = DATABASE() AND table_name = %s""",
		(TABLE,),
	)
	for name, condition in CHECKS.items():
		if name not in existing:
			frappe.db.sql_ddl(f"ALTER TABLE `{TABLE}` ADD CONSTRAINT `{name}` CHECK ({condition})")
