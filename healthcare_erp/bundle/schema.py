"""What a bundle consists of: its tables, their columns in order, and their types."""

FORMAT, VERSION = "healthcare-erp-bundle", 1
MANIFEST = "manifest.json"
FILE_FORMATS = ("parquet", "jsonl")

TABLES: dict[str, dict[str, str]] = {
	"facilities": {
		"name": "VARCHAR",
		"facility_name": "VARCHAR",
		"facility_type": "VARCHAR",
		"kind": "VARCHAR",
		"province": "VARCHAR",
		"commune": "VARCHAR",
		"latitude": "DOUBLE",
		"longitude": "DOUBLE",
		"warehouse": "VARCHAR",
	},
	"medicines": {
		"name": "VARCHAR",
		"atc_code": "VARCHAR",
		"inn": "VARCHAR",
		"dosage_form": "VARCHAR",
		"strength": "VARCHAR",
		"pack": "VARCHAR",
		"authorised_price": "DECIMAL(18, 2)",
		"status": "VARCHAR",
	},
	"lots": {
		"name": "VARCHAR",
		"national_medicine": "VARCHAR",
		"lot_number": "VARCHAR",
		"manufacture_date": "DATE",
		"expiry_date": "DATE",
		"quantity_imported": "BIGINT",
		"importer": "VARCHAR",
		"status": "VARCHAR",
	},
	"lot_events": {"lot": "VARCHAR", "status": "VARCHAR", "at": "TIMESTAMP"},
	"medicine_events": {"medicine": "VARCHAR", "status": "VARCHAR", "at": "TIMESTAMP"},
	"movements": {
		"name": "VARCHAR",
		"movement_type": "VARCHAR",
		"direction": "VARCHAR",
		"quantity": "BIGINT",
		"position_sequence": "BIGINT",
		"balance_after": "BIGINT",
		"warehouse": "VARCHAR",
		"facility_type": "VARCHAR",
		"facility": "VARCHAR",
		"national_lot": "VARCHAR",
		"national_medicine": "VARCHAR",
		"unit_price": "DECIMAL(18, 2)",
		"counterparty_type": "VARCHAR",
		"counterparty": "VARCHAR",
		"reference_doctype": "VARCHAR",
		"reference_name": "VARCHAR",
		"reversal_of": "VARCHAR",
		"idempotency_key": "VARCHAR",
		"posting_datetime": "TIMESTAMP",
		"creation": "TIMESTAMP",
	},
}

# What every row must have.
REQUIRED: dict[str, tuple[str, ...]] = {
	"movements": (
		"name", "movement_type", "direction", "quantity", "position_sequence", "balance_after", "warehouse",
		"facility_type", "facility", "national_lot", "idempotency_key", "posting_datetime", "creation",
	),
	"lots": ("name", "national_medicine", "lot_number", "expiry_date"),
	"facilities": ("name", "facility_name", "facility_type", "warehouse"),
	"medicines": ("name",),
	"lot_events": ("lot", "status", "at"),
	"medicine_events": ("medicine", "status", "at"),
}  # fmt: skip

# Read from text as they stand, so that a fraction is found and not rounded away.
WHOLE_NUMBERS = ("quantity", "position_sequence", "balance_after")

PARTITIONED = "movements"


def types_in(table: str, file_format: str) -> dict[str, str]:
	"""The column types with which files of this format are read."""
	if file_format == "parquet":
		return TABLES[table]
	return {name: "DOUBLE" if name in WHOLE_NUMBERS else kind for name, kind in TABLES[table].items()}
