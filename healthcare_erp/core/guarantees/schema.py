"""What the database itself guarantees of the ledger and of the audit trail, declared once.

`state` compares it with what is there, `mending` brings it about.
"""

from typing import NamedTuple

from healthcare_erp.domain.fixed_fields import FIXED

LEDGER = "tabStock Movement"
TRAIL = "tabAudit Entry"
# Name, columns. The idempotency key comes first: it is the one that a repeated request should meet.
UNIQUE_KEYS = {
	"idempotency_key": ("facility_type", "facility", "idempotency_key"),
	"position": ("warehouse", "national_lot", "position_sequence"),
	"reversal_of": ("reversal_of",),
}
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
_NAME = "varchar(140) utf8mb4_unicode_ci"
_EXACT = "varchar(140) utf8mb4_bin"
_COUNT = "int(11) NOT NULL"
# Frappe makes columns nullable (a NULL would slip past the unique keys) and blind to case (idempotency keys are not).
COLUMNS = {
	"warehouse": f"{_NAME} NOT NULL",
	"national_lot": f"{_NAME} NOT NULL",
	"facility_type": f"{_NAME} NOT NULL",
	"facility": f"{_NAME} NOT NULL",
	"idempotency_key": f"{_EXACT} NOT NULL",
	"reversal_of": f"{_NAME} NULL",
	"quantity": _COUNT,
	"position_sequence": _COUNT,
	"balance_after": _COUNT,
}
# What ties two documents: (table, field), each with a unique key of the field's name, as Frappe gives it.
TIES = tuple(
	(f"tab{doctype}", field)
	for doctype, fields in FIXED.items()
	for field, fixed in fields.items()
	if fixed.unique
)


class Part(NamedTuple):
	"""One thing that stands in the database: `kind` is table, column, key, index, check, trigger, foreign key or setting."""

	kind: str
	table: str
	name: str


def index(columns: tuple[str, ...], kind: str = "UNIQUE INDEX") -> str:
	"""An index as the catalogue describes it."""
	return f"{kind} ({', '.join(columns)})"
