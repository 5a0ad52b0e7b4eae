"""The ledger's tables as SQL: locks, heads of positions, rows by key, one multi-row insert.

Statements are constants; only the number of placeholders varies.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import frappe

from healthcare_erp.core.guarantees import locks
from healthcare_erp.domain.traceability.ledger import Balance, Movement, PositionKey

COLUMNS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"movement_type",
	"direction",
	"quantity",
	"posting_datetime",
	"warehouse",
	"facility_type",
	"facility",
	"national_lot",
	"national_medicine",
	"unit_price",
	"counterparty_type",
	"counterparty",
	"reference_doctype",
	"reference_name",
	"reversal_of",
	"idempotency_key",
	"late_reason",
	"reported_late",
	"position_sequence",
	"balance_after",
)

_INSERT = f"INSERT INTO `tabStock Movement` ({', '.join(f'`{c}`' for c in COLUMNS)}) VALUES "  # nosec B608 # constants only
_SELECT = f"SELECT {', '.join(f'`{c}`' for c in COLUMNS)} FROM `tabStock Movement`"  # nosec B608 # constants only
_BY_NAME = f"{_SELECT} WHERE name IN ({{marks}}) LOCK IN SHARE MODE"
_BY_KEY = f"""({_SELECT} FORCE INDEX (idempotency_key)
	WHERE facility_type = %s AND facility = %s AND idempotency_key IN ({{marks}}) {{lock}})"""
_ROW = f"({', '.join(['%s'] * len(COLUMNS))})"
WAIT = 5  # seconds for a lock: a web server's worker is held that long
# By primary key, whatever the optimizer thinks of small tables: a scan would lock rows of others, and gaps.
_LOCKS = f"""(SELECT 'lock', warehouse, facility_kind, facility_status, NULL, NULL, NULL
	FROM stock_movement_locks FORCE INDEX (PRIMARY)
	WHERE warehouse IN ({{marks}}) ORDER BY warehouse FOR UPDATE WAIT {WAIT})"""  # nosec B608 # constants only
_LOTS = f"""(SELECT 'lot', name, status, national_medicine, medicine_status, expiry_date, manufacture_date
	FROM `tabNational Lot` FORCE INDEX (PRIMARY)
	WHERE name IN ({{marks}}) ORDER BY name LOCK IN SHARE MODE WAIT {WAIT})"""  # nosec B608 # constants only
_OWNERS = """(SELECT 'owner', name, healthcare_facility_type, healthcare_facility, NULL, NULL, NULL
	FROM `tabWarehouse` WHERE name IN ({marks}))"""
# The index is named: where the server thinks little of it, it reads the whole of it to spare itself the sorting.
_HEAD = """(SELECT 'head', warehouse, national_lot, position_sequence, balance_after, NULL, NULL
	FROM `tabStock Movement` FORCE INDEX (position) WHERE warehouse = %s AND national_lot = %s
	ORDER BY position_sequence DESC LIMIT 1{lock})"""
_HEADS_PER_QUERY = 250
_FACILITIES_PER_QUERY = 250
_FEW = 8  # heads that are read with the statement that takes the locks
# Heads of (nearly) all pairs of some warehouses and some lots, as in a facility's daily report: a quarter of the time
# that as many branches of a union take.
_HEADS_OF_PAIRS = """SELECT warehouse.name, lot.name, (
		SELECT CONCAT(head.position_sequence, ' ', head.balance_after) FROM `tabStock Movement` head FORCE INDEX (position)
		WHERE head.warehouse = warehouse.name AND head.national_lot = lot.name
		ORDER BY head.position_sequence DESC LIMIT 1) AS head
	FROM `tabWarehouse` warehouse JOIN `tabNational Lot` lot
	WHERE warehouse.name IN ({warehouses}) AND lot.name IN ({lots})
	HAVING head IS NOT NULL"""
_SPARSE = 4  # times as many pairs as positions: look each position up


FacilityKey = tuple[str, str, str]  # type, facility, idempotency key: unique


class WarehouseOwner(NamedTuple):
	"""A warehouse of the network and the facility that owns it."""

	facility_type: str | None
	facility: str | None


class Licence(NamedTuple):
	"""What a facility may do depends on."""

	kind: str
	status: str


class Lot(NamedTuple):
	"""What the ledger asks of a lot."""

	status: str
	medicine: str
	medicine_status: str
	expiry_date: date
	manufacture_date: date | None


class LockedPositions(NamedTuple):
	"""What a write stands on: who owns its warehouses, with which licence, its lots, and the heads of its positions, of
	those that exist.
	"""

	owners: dict[str, WarehouseOwner]
	licences: dict[str, Licence]
	lots: dict[str, Lot]
	heads: dict[PositionKey, Balance]


def lock_positions(movements: Iterable[Movement], fresh: bool) -> LockedPositions:
	"""Take every lock that a write needs, in one fixed order, and read the heads of its positions.

	First the warehouses' rows of the ledger's own table, in name order: writers of one warehouse queue up and
	none deadlock. Then a share of the lots, which bear their medicine's status too: nobody blocks or recalls one
	while its movement is written. Of one warehouse and up to `_FEW` positions that is one statement.

	:param fresh: read the heads FOR UPDATE, which sees rows committed after this transaction's snapshot.
	"""
	positions = sorted({m.position for m in movements})
	warehouses, lots = sorted({key[0] for key in positions}), sorted({key[1] for key in positions})
	if len(warehouses) > 1:  # in the same statement the server may read a single lot before them
		lock_warehouses(warehouses)
	branches = [query.format(marks=_marks(warehouses)) for query in (_LOCKS, _OWNERS)]
	branches.append(_LOTS.format(marks=_marks(lots)))
	few = len(positions) <= _FEW
	rows = _union(branches, (*warehouses, *warehouses, *lots), positions if few else [], fresh)
	owners = {row[1]: WarehouseOwner(*row[2:4]) for row in rows if row[0] == "owner"}
	licences = {row[1]: Licence(*row[2:4]) for row in rows if row[0] == "lock"}
	if missing := owners.keys() - licences.keys():
		locks.provide(missing)
		return lock_positions(movements, fresh)
	return LockedPositions(
		owners,
		licences,
		{row[1]: Lot(*row[2:7]) for row in rows if row[0] == "lot"},
		_balances(rows) if few else heads(positions, fresh),
	)


def lock_warehouses(warehouses: Collection[str]) -> None:
	"""Take the warehouses' locks in name order."""
	frappe.db.sql(_LOCKS.format(marks=_marks(warehouses)), tuple(sorted(warehouses)))


def lock_lots(lots: Collection[str]) -> dict[str, Lot]:
	"""Take a share of the lots in name order; the warehouses' locks come first. Returns them as they are now."""
	if not lots:
		return {}
	rows = frappe.db.sql(_LOTS.format(marks=_marks(lots)), tuple(sorted(lots)))
	return {row[1]: Lot(*row[2:7]) for row in rows}


def heads(positions: Collection[PositionKey], fresh: bool = False) -> dict[PositionKey, Balance]:
	"""The last row of each position that has one (and perhaps of other pairs of their warehouses and lots).

	:param fresh: read FOR UPDATE, see `lock`.
	"""
	warehouses, lots = sorted({key[0] for key in positions}), sorted({key[1] for key in positions})
	if not fresh and len(warehouses) * len(lots) <= _SPARSE * len(positions):
		query = _HEADS_OF_PAIRS.format(warehouses=_marks(warehouses), lots=_marks(lots))
		rows = frappe.db.sql(query, (*warehouses, *lots))
		return {(warehouse, lot): Balance(*map(int, head.split())) for warehouse, lot, head in rows}
	ordered, found = sorted(positions), {}
	for start in range(0, len(ordered), _HEADS_PER_QUERY):
		found |= _balances(_union([], (), ordered[start : start + _HEADS_PER_QUERY], fresh))
	return found


def _union(branches: list[str], values: tuple, positions: Sequence[PositionKey], fresh: bool) -> tuple:
	head = _HEAD.format(lock=" FOR UPDATE" if fresh else "")
	query = " UNION ALL ".join([*branches, *[head] * len(positions)])
	return frappe.db.sql(query, (*values, *(part for key in positions for part in key)))


def _balances(rows: Iterable[tuple]) -> dict[PositionKey, Balance]:
	# next to texts in the union, numbers come as texts
	return {(row[1], row[2]): Balance(int(row[3]), int(row[4])) for row in rows if row[0] == "head"}


def owners(warehouses: Collection[str]) -> dict[str, WarehouseOwner]:
	"""The facilities of these warehouses, of those that have one."""
	rows = frappe.db.sql(_OWNERS.format(marks=_marks(warehouses)), tuple(warehouses))
	return {row[1]: WarehouseOwner(*row[2:4]) for row in rows if row[3]}


def rows_by_key(keys: Collection[FacilityKey], locked: bool = False) -> dict[FacilityKey, dict]:
	"""The recorded rows of these idempotency keys, each of its facility.

	:param locked: see also rows committed after this transaction's snapshot; only for keys that exist,
		since a locking read of a missing one locks its gap.
	"""
	by_facility = defaultdict(list)
	for facility_type, facility, key in sorted(keys):
		by_facility[facility_type, facility].append(key)
	rows, facilities = [], list(by_facility)
	for start in range(0, len(facilities), _FACILITIES_PER_QUERY):
		some = facilities[start : start + _FACILITIES_PER_QUERY]
		branches = [
			_BY_KEY.format(marks=_marks(by_facility[place]), lock="FOR UPDATE" if locked else "")
			for place in some
		]
		values = [value for place in some for value in (*place, *by_facility[place])]
		rows += frappe.db.sql(" UNION ALL ".join(branches), values, as_dict=True)
	return {(row.facility_type, row.facility, row.idempotency_key): row for row in rows}


def rows_by_name(names: Collection[str]) -> dict[str, dict]:
	"""The recorded rows of these names."""
	return {
		row.name: row
		for row in frappe.db.sql(_BY_NAME.format(marks=_marks(names)), tuple(names), as_dict=True)
	}


def insert(rows: Sequence[tuple]) -> None:
	"""Write rows (values in the order of `COLUMNS`) with one statement: all of them or none."""
	values = tuple(value for row in rows for value in row)
	frappe.db.sql(_INSERT + ", ".join([_ROW] * len(rows)), values)


def as_movement(row: dict) -> Movement:
	"""A recorded row as the movement that was asked for."""
	return Movement(
		movement_type=row["movement_type"],
		direction=row["direction"],
		quantity=row["quantity"],
		warehouse=row["warehouse"],
		national_lot=row["national_lot"],
		idempotency_key=row["idempotency_key"],
		posting_datetime=row["posting_datetime"],
		unit_price=Decimal(str(row["unit_price"])) or None,
		**{name: row[name] or None for name in _OPTIONAL},
	)


_OPTIONAL = (
	"counterparty_type",
	"counterparty",
	"reference_doctype",
	"reference_name",
	"reversal_of",
	"late_reason",
)


def as_row(
	movement: Movement, owner: WarehouseOwner, lot: Lot, now: datetime, name: str, user: str, late: bool
) -> tuple:
	"""The values of a new row in the order of `COLUMNS`, less the last two."""
	return (
		name,
		now,
		now,
		user,
		user,
		movement.movement_type,
		movement.direction,
		movement.quantity,
		movement.posting_datetime or now,
		movement.warehouse,
		owner.facility_type,
		owner.facility,
		movement.national_lot,
		lot.medicine,
		movement.unit_price or 0,
		movement.counterparty_type,
		movement.counterparty,
		movement.reference_doctype,
		movement.reference_name,
		movement.reversal_of,
		movement.idempotency_key,
		movement.late_reason,
		int(late),
	)


def _marks(values: Collection) -> str:
	return ", ".join(["%s"] * len(values))
