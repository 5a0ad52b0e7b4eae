"""The stock-movement ledger's only way in: `record` (and `restore` for a history kept elsewhere).

How a write goes, in one transaction that belongs to the caller:

1. with one statement, lock the warehouses in name order (rows of a table of the ledger's own: a position's
   first movement has no row to lock, and others hold their Warehouse for their own ends), share-lock the
   lots, and read the head of each position from the transaction's snapshot;
2. check every movement against the rules of `domain` and insert all rows with one statement;
3. where the snapshot was older than the last writer, the unique key on (warehouse, lot, sequence) refuses
   the insert, or stock looks short: only then the heads are read again FOR UPDATE. A locking read of a
   range's end also locks the gap behind it, which on the common path would only breed deadlocks.

A key that was recorded before is looked for only where something went wrong: new keys cost nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import frappe
from frappe.utils import now_datetime
from pymysql.err import IntegrityError
from ulid import ULID

from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.core.settings import get_ledger_settings
from healthcare_erp.core.transactions import busy_when_lost, run_with_retry
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.traceability import ledger as rules
from healthcare_erp.domain.traceability.ledger import Movement
from healthcare_erp.traceability.ledger import store
from healthcare_erp.traceability.ledger.checks import MovementChecks

OF_UNITS = ("insufficient_stock", "invalid_quantity", "import_beyond_declared")  # refusals that count units
OwnKey = tuple[str, str]  # `Movement.own_key`
RESULT_FIELDS = ("name", "position_sequence", "balance_after", "posting_datetime", "idempotency_key")


@busy_when_lost()
def record(movements: Sequence[Movement]) -> list[frappe._dict]:
	"""Write movements to the ledger: all of them, in the order given, or none.

	:param movements: at most `MAX_BATCH`; several may be of one position.
	:returns: for each movement its `RESULT_FIELDS` and `replayed` (True where the key had been recorded
		before with the same content: that row is returned and nothing is written).
	:raises: the named errors of `healthcare_erp.core.exceptions`, e.g. InsufficientStockError (409), or
		LedgerBusyError (409) where another transaction holds what this one needs.
	"""
	return _record(movements)


def record_now(movements: Sequence[Movement]) -> list[frappe._dict]:
	"""`record` for a caller who has written nothing else yet: a deadlock is tried again.

	:raises LedgerBusyError: where others held the stock each time.
	"""
	return run_with_retry(lambda: _record(movements))


def restore(rows: Sequence[tuple]) -> None:
	"""Write rows of a history that was numbered and balanced elsewhere by the same rules (demo, migration).

	The database's own guarantees hold; run `verification.verify` when all are in.

	:param rows: values in the order of `store.COLUMNS`.
	"""
	store.insert(rows)


@named_errors()
def _record(movements: Sequence[Movement]) -> list[frappe._dict]:
	_check_size(movements)
	written = _write_unless_recorded(_by_key(movements))
	return [written[movement.own_key] for movement in movements]


class _DuplicateKeyError(frappe.QueryDeadlockError):
	"""A unique key refused the insert: somebody wrote since this transaction's snapshot.

	`key` is the facility's idempotency key that exists, None where a position's next number was taken.
	"""

	def __init__(self, key: store.FacilityKey | None):
		self.key = key
		super().__init__(key)


def _check_size(movements: Sequence[Movement]) -> None:
	if not movements:
		raise DomainError("missing_field", field="movements")
	if len(movements) > rules.MAX_BATCH:
		raise DomainError("too_many_movements", count=len(movements), limit=rules.MAX_BATCH)


def _by_key(movements: Sequence[Movement]) -> dict[OwnKey, Movement]:
	unique: dict[OwnKey, Movement] = {}
	for movement in movements:
		first = unique.setdefault(movement.own_key, movement)
		if first is not movement:
			_check_same(movement, first, "this request")
	return unique


def _check_same(
	movement: Movement, recorded: Movement, name: str, recorded_at: datetime | None = None
) -> None:
	fields = movement.differences(recorded, recorded_at, get_ledger_settings().clock_tolerance)
	if fields:
		raise DomainError("idempotency_conflict", key=movement.idempotency_key, movement=name, fields=fields)


def _write_unless_recorded(unique: dict[OwnKey, Movement]) -> dict[OwnKey, frappe._dict]:
	recorded, fresh = {}, False
	while new := [movement for key, movement in unique.items() if key not in recorded]:
		try:
			return recorded | _write(new, fresh)
		except (DomainError, _DuplicateKeyError) as refusal:
			found = _recorded(new, getattr(refusal, "key", None))
			if not found and (fresh or not _may_be_stale(refusal)):
				raise
			recorded, fresh = recorded | found, True
	return recorded


def _may_be_stale(refusal: DomainError | _DuplicateKeyError) -> bool:
	"""Whether newer rows of the positions could lift the refusal; lots and originals are read as they are now."""
	return isinstance(refusal, _DuplicateKeyError) or refusal.code in OF_UNITS


def _recorded(movements: list[Movement], taken: store.FacilityKey | None) -> dict[OwnKey, frappe._dict]:
	"""What is in the ledger already: by the snapshot, and the key that the database said is taken."""
	owners = store.owners({movement.warehouse for movement in movements})
	wanted = {
		_facility_key(movement, owners): movement for movement in movements if movement.warehouse in owners
	}
	rows = store.rows_by_key(wanted)
	if taken and taken not in rows:
		rows |= store.rows_by_key([taken], locked=True)
	for key, row in rows.items():
		_check_same(wanted[key], store.as_movement(row), row.name, row.creation)
	return {wanted[key].own_key: _result(row, replayed=True) for key, row in rows.items()}


def _facility_key(movement: Movement, owners: Mapping[str, store.WarehouseOwner]) -> store.FacilityKey:
	return (*owners[movement.warehouse], movement.idempotency_key)


def _check_keys(movements: list[Movement], owners: Mapping[str, store.WarehouseOwner]) -> None:
	"""One facility gives a key once, in whichever of its warehouses."""
	given: dict[store.FacilityKey, Movement] = {}
	for movement in movements:
		first = given.setdefault(_facility_key(movement, owners), movement)
		if first is not movement:
			_check_same(movement, first, "this request")


def _write(movements: list[Movement], fresh: bool) -> dict[OwnKey, frappe._dict]:
	owners, licences, lots, heads = store.lock_positions(movements, fresh)
	now = now_datetime()  # after the locks: a recall that was waited for lies before
	checks = MovementChecks(owners, licences, lots, now, fresh)
	movements = checks.check(movements)
	_check_keys(movements, owners)
	posted = rules.post(movements, heads)
	user = frappe.session.user
	rows = [
		(
			*store.as_row(
				p.movement,
				owners[p.movement.warehouse],
				lots[p.movement.national_lot],
				now,
				name,
				user,
				p.movement.own_key in checks.late,
			),
			p.position_sequence,
			p.balance_after,
		)
		for p, name in zip(posted, new_names(now, len(posted)), strict=True)
	]
	_insert(rows)
	results = (_result(dict(zip(store.COLUMNS, row, strict=True)), replayed=False) for row in rows)
	return {movement.own_key: result for movement, result in zip(movements, results, strict=True)}


def _insert(rows: list[tuple]) -> None:
	try:
		store.insert(rows)
	except IntegrityError as error:
		if not frappe.db.is_duplicate_entry(error):
			raise
		# Duplicate entry 'VALUE' for key 'NAME'; values may hold quotes
		message = str(error.args[1]).strip("'")
		value, key = message.split("'", 1)[1].rsplit("' for key '", 1)
		if key == "reversal_of":
			raise DomainError("invalid_reversal", movement=value) from error
		raise _DuplicateKeyError(_taken_key(rows, value) if key == "idempotency_key" else None) from error


def _taken_key(rows: list[tuple], value: str) -> store.FacilityKey | None:
	"""The key among the rows' that the database means: it joins the columns' values, and cuts what is too long."""
	indices = [store.COLUMNS.index(column) for column in ("facility_type", "facility", "idempotency_key")]
	keys = (tuple(row[index] for index in indices) for row in rows)
	return next((key for key in keys if "-".join(key).startswith(value.removesuffix("..."))), None)


def new_name(now: datetime) -> str:
	"""A name for a row recorded at this time: a ULID, so that rows lie in the order of their writing."""
	return new_names(now, 1)[0]


def new_names(now: datetime, count: int) -> list[str]:
	"""Names for the rows of one call, rising in the order in which they are given."""
	first = int(ULID.from_datetime(now.astimezone()))
	return [str(ULID.from_int(number)) for number in range(first, first + count)]


def _result(row: dict, replayed: bool) -> frappe._dict:
	result = frappe._dict({name: row[name] for name in RESULT_FIELDS})
	result.replayed = replayed
	return result
