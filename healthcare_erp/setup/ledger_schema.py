"""What the database itself guarantees of the ledger: keys, a check, and triggers that refuse changes."""

import frappe

TABLE = "tabStock Movement"
TRIGGERS = {
	"stock_movement_no_update": ("UPDATE", "Stock Movement is insert-only: record a reversal instead"),
	"stock_movement_no_delete": ("DELETE", "Stock Movement is insert-only: rows are never deleted"),
}
CHECKS = {
	"stock_movement_balance": "balance_after >= 0",
	"stock_movement_quantity": "quantity > 0",
	"stock_movement_sequence": "position_sequence > 0",
}
# Name, columns. The idempotency key comes first: it is the one that a repeated request should meet.
UNIQUE_KEYS = {
	"idempotency_key": ("idempotency_key",),
	"position": ("warehouse", "national_lot", "position_sequence"),
	"reversal_of": ("reversal_of",),
}
INDEXES = {
	"lot_time": ("national_lot", "posting_datetime"),
	"owner_creation": ("owner", "creation"),
	"reference": ("reference_name",),
}
COLLATIONS = {"idempotency_key": "COLLATE utf8mb4_bin"}
REQUIRED_COLUMNS = ("warehouse", "national_lot", "idempotency_key", "facility_type", "facility")


def apply() -> None:
	"""Bring the table to the schema above; does nothing where it is there (after install and migrate)."""
	_require_columns()
	for name, columns in UNIQUE_KEYS.items():
		_add_index(name, columns, "UNIQUE INDEX")
	for name, columns in INDEXES.items():
		_add_index(name, columns, "INDEX")
	_add_checks()
	_add_triggers()


def remove() -> None:
	"""Take the triggers away, so that the table can be dropped or mended by a DBA."""
	for name in TRIGGERS:
		frappe.db.sql_ddl(f"DROP TRIGGER IF EXISTS `{name}`")


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


def _add_triggers() -> None:
	existing = frappe.db.sql_list(
		"SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()"
	)
	for name, (event, message) in TRIGGERS.items():
		if name not in existing:
			frappe.db.sql_ddl(
				f"""CREATE TRIGGER `{name}` BEFORE {event} ON `{TABLE}` FOR EACH ROW
				SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{message}'"""
			)
