"""Which status was in force when: the periods in which a lot might not move freely."""

from collections import defaultdict

from healthcare_erp.domain.traceability.restrictions import Restriction, restrictions_of
from healthcare_erp.domain.traceability.tradability import Change
from healthcare_erp.domain.vocabulary import LotStatus, MedicineStatus

from ..read import Bundle


def restrictions(bundle: Bundle) -> list[Restriction]:
	"""All restricted periods of all lots."""
	lot_changes = _changes(bundle, "lot_events", "lot", LotStatus)
	medicine_changes = _changes(bundle, "medicine_events", "medicine", MedicineStatus)
	found = []
	for lot, medicine, expiry in bundle.rows("SELECT name, national_medicine, expiry_date FROM lots"):
		found += restrictions_of(lot, expiry, lot_changes.get(lot, []), medicine_changes.get(medicine, []))
	return found


def _changes(bundle: Bundle, table: str, subject: str, known: type) -> dict[str, list[Change]]:
	"""The status changes of each subject, oldest first; events without sense are left to their own check."""
	changes = defaultdict(list)
	statuses = {status.value for status in known}
	query = f'SELECT {subject}, "at", status FROM {table} WHERE "at" IS NOT NULL ORDER BY {subject}, "at"'  # nosec B608 # constants only
	for key, at, status in bundle.rows(query):
		if status in statuses:
			changes[key].append((at, status))
	return changes
