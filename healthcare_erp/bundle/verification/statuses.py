"""Which status was in force when: the periods in which a lot might not move freely."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from healthcare_erp.domain.tradability import Change, allowed_combinations, effective_status, in_force
from healthcare_erp.domain.vocabulary import DIRECTIONS, LotStatus, MedicineStatus

from ..read import Bundle

BEGINNING = datetime.min


class Restriction(NamedTuple):
	"""From `since` until before `until` (None: for good) the lot has these statuses, which forbid something."""

	lot: str
	since: datetime
	until: datetime | None
	lot_status: str
	medicine_status: str


def restricting_statuses() -> set[tuple[str, str]]:
	"""The (lot status, medicine status) in which not every movement is allowed."""
	everything = {(kind.value, way.value) for kind, ways in DIRECTIONS.items() for way in ways}
	allowed = defaultdict(set)
	for lot_status, medicine_status, movement_type, direction in allowed_combinations():
		allowed[lot_status, medicine_status].add((movement_type, direction))
	pairs = ((lot.value, medicine.value) for lot in LotStatus for medicine in MedicineStatus)
	return {pair for pair in pairs if allowed[pair] != everything}


def restrictions(bundle: Bundle) -> list[Restriction]:
	"""All restricted periods of all lots. A lot is Active and a medicine Authorized before its first event."""
	lot_changes = _changes(bundle, "lot_events", "lot", LotStatus)
	medicine_changes = _changes(bundle, "medicine_events", "medicine", MedicineStatus)
	restricting = restricting_statuses()
	found = []
	for lot, medicine, expiry in bundle.rows("SELECT name, national_medicine, expiry_date FROM lots"):
		periods = _periods(lot, expiry, lot_changes.get(lot, []), medicine_changes.get(medicine, []))
		found += [p for p in periods if (p.lot_status, p.medicine_status) in restricting]
	return found


def _changes(bundle: Bundle, table: str, subject: str, known: type) -> dict[str, list[Change]]:
	"""The status changes of each subject, oldest first; events without sense are left to their own check."""
	changes = defaultdict(list)
	statuses = {status.value for status in known}
	query = f'SELECT {subject}, "at", status FROM {table} WHERE "at" IS NOT NULL ORDER BY {subject}, "at"'
	for key, at, status in bundle.rows(query):
		if status in statuses:
			changes[key].append((at, status))
	return changes


def _periods(
	lot: str, expiry: date | None, lots: list[Change], medicines: list[Change]
) -> Iterator[Restriction]:
	expired_at = [datetime.combine(expiry + timedelta(1), time())] if expiry and expiry < date.max else []
	moments = sorted({BEGINNING, *expired_at, *(at for at, _ in lots), *(at for at, _ in medicines)})
	for since, until in zip(moments, [*moments[1:], None], strict=True):
		status = effective_status(in_force(lots, since, "Active"), expiry or date.max, since.date())
		yield Restriction(lot, since, until, status.value, in_force(medicines, since, "Authorized"))
