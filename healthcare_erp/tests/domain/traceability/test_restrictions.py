"""The periods in which a lot might not move freely agree, moment by moment, with the standing that the ledger asks for."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.traceability.restrictions import restricting_statuses, restrictions_of
from healthcare_erp.domain.traceability.tradability import standing_at
from healthcare_erp.domain.vocabulary import LotStatus, MedicineStatus

START = datetime(2026, 1, 1)
MOMENTS = st.integers(0, 40 * 24).map(lambda hours: START + timedelta(hours=hours))


def changes(statuses):
	return st.lists(st.tuples(MOMENTS, st.sampled_from([s.value for s in statuses])), max_size=4).map(sorted)


@given(
	changes(LotStatus),
	changes(MedicineStatus),
	st.integers(-5, 45),
	st.lists(MOMENTS, min_size=1, max_size=20),
)
def test_a_moment_is_restricted_where_the_standing_forbids_something(lots, medicines, days, moments):
	expiry = START.date() + timedelta(days)
	periods = list(restrictions_of("L", expiry, lots, medicines))
	for moment in moments:
		standing = standing_at(moment, expiry, lots, medicines)
		statuses = (str(standing.lot_status), str(standing.medicine_status))
		found = [
			(p.lot_status, p.medicine_status)
			for p in periods
			if p.since <= moment and (p.until is None or moment < p.until)
		]
		assert found == ([statuses] if statuses in restricting_statuses() else [])


def test_a_lot_that_nothing_stops_has_no_restricted_period():
	assert list(restrictions_of("L", None, [], [])) == []
	assert list(restrictions_of("L", date.max, [], [])) == []
