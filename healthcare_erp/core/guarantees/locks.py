"""The rows that stand for the ledger's locks: one for each warehouse of a facility, that nobody else touches.

Each says the facility's kind and status too: whoever takes the lock reads them with it, as they are now and not as the
transaction's snapshot shows them.
"""

from collections.abc import Collection

import frappe

from healthcare_erp.core.facility_directory import KIND_FIELDS

_TABLE = """CREATE TABLE IF NOT EXISTS stock_movement_locks (
	warehouse varchar(140) NOT NULL PRIMARY KEY,
	facility_kind varchar(140) NULL,
	facility_status varchar(140) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci"""
# Of a table that an earlier version made
_COLUMNS = """ALTER TABLE stock_movement_locks
	ADD COLUMN IF NOT EXISTS facility_kind varchar(140) NULL,
	ADD COLUMN IF NOT EXISTS facility_status varchar(140) NULL"""
_ROWS = """SELECT warehouse.name, {kind} AS kind, {status} AS status FROM `tabWarehouse` warehouse {joins}
	WHERE {{which}}""".format(
	kind=f"COALESCE({', '.join(f'`tab{doctype}`.{field}' for doctype, field in KIND_FIELDS.items())})",
	status=f"COALESCE({', '.join(f'`tab{doctype}`.status' for doctype in KIND_FIELDS)})",
	joins=" ".join(
		f"LEFT JOIN `tab{doctype}` ON warehouse.healthcare_facility_type = '{doctype}' "
		f"AND `tab{doctype}`.name = warehouse.healthcare_facility"
		for doctype in KIND_FIELDS
	),
)
_PROVIDE = f"""INSERT INTO stock_movement_locks (warehouse, facility_kind, facility_status)
	SELECT * FROM ({_ROWS}) AS facilities ORDER BY name
	ON DUPLICATE KEY UPDATE facility_kind = VALUES(facility_kind), facility_status = VALUES(facility_status)"""  # nosec B608 # constants only
_OF_FACILITIES = "warehouse.healthcare_facility > ''"
_OUTDATED = f"""SELECT facilities.name, CONCAT_WS(', ', facilities.kind, facilities.status),
		CONCAT_WS(', ', held.facility_kind, held.facility_status) FROM ({_ROWS.format(which=_OF_FACILITIES)}) AS facilities
	LEFT JOIN stock_movement_locks held ON held.warehouse = facilities.name
	WHERE held.warehouse IS NULL
		OR NOT (held.facility_kind <=> facilities.kind AND held.facility_status <=> facilities.status)
	ORDER BY facilities.name"""  # nosec B608 # constants only


def apply() -> None:
	"""Make the table where it is missing, and the rows of facilities that came in without their events."""
	frappe.db.sql_ddl(_TABLE)
	frappe.db.sql_ddl(_COLUMNS)
	frappe.db.sql(_PROVIDE.format(which=_OF_FACILITIES))


def provide(warehouses: Collection[str]) -> None:
	"""Make these warehouses' rows, or bring them up to date."""
	if warehouses:
		which = "warehouse.name IN %(warehouses)s"
		frappe.db.sql(_PROVIDE.format(which=which), {"warehouses": sorted(warehouses)})


def outdated() -> list[tuple[str, str, str]]:
	"""Warehouses whose row is missing or outdated, with what it should say of the facility and what it says."""
	return list(frappe.db.sql(_OUTDATED))


def remove() -> None:
	"""Drop the table (Frappe knows only those of DocTypes)."""
	frappe.db.sql_ddl("DROP TABLE IF EXISTS stock_movement_locks")
