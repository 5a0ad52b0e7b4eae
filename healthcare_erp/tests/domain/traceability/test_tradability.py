"""Which lots may move: the table of design section 2, written out."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.traceability.tradability import (
	allowed_combinations,
	check_late_report,
	check_may_move,
	check_take_back,
	effective_status,
	in_force,
	may_move,
	standing_at,
)
from healthcare_erp.domain.vocabulary import DIRECTIONS, LotStatus, MedicineStatus, MovementType

TODAY = date(2026, 3, 1)
WAYS = [(kind.value, way.value) for kind in MovementType for way in DIRECTIONS[kind]]
EXITS = {
	("Recall Removal", "Out"),
	("Return", "Out"),
	("Adjustment", "Out"),
	("Internal Transfer", "Out"),
	("Internal Transfer", "In"),
}
TAKE_BACK = ("Return", "In")
STATES = list(product(("Active", "Blocked", "Expired", "Recalled"), ("Authorized", "Blocked")))


@pytest.mark.parametrize(("lot", "medicine"), STATES)
@pytest.mark.parametrize("way", WAYS)
def test_only_an_active_lot_of_an_authorized_medicine_moves_freely(lot, medicine, way):
	free = (lot, medicine) == ("Active", "Authorized")
	assert may_move(lot, medicine, *way) == (free or way in EXITS)


@pytest.mark.parametrize(("lot", "medicine"), STATES)
@pytest.mark.parametrize("way", WAYS)
def test_the_refusal_says_whether_lot_or_medicine_is_at_fault(lot, medicine, way):
	if may_move(lot, medicine, *way):
		assert check_may_move("L", lot, medicine, *way) is None
		return
	with pytest.raises(DomainError) as caught:
		check_may_move("L", lot, medicine, *way)
	assert caught.value.code == ("medicine_blocked" if lot == "Active" else "lot_not_tradable")
	assert caught.value.context == {"lot": "L", "status": lot, "movement_type": way[0]}


@given(st.integers(-1000, 1000), st.sampled_from(LotStatus))
def test_only_an_active_lot_expires_and_only_after_its_last_day(days, status):
	found = effective_status(status.value, TODAY + timedelta(days), TODAY)
	expired = days < 0 and status is LotStatus.ACTIVE
	assert found is (LotStatus.EXPIRED if expired else status)


def test_combinations_are_those_that_may_move_or_come_back():
	everything = {
		(lot.value, medicine.value, *way) for lot, medicine, way in product(LotStatus, MedicineStatus, WAYS)
	}
	allowed = set(allowed_combinations())
	assert allowed == {c for c in everything if may_move(*c) or c[2:] == TAKE_BACK}
	assert len(allowed) == len(WAYS) + 7 * (len(EXITS) + 1)


changes = st.lists(
	st.tuples(st.datetimes(datetime(2026, 1, 1), datetime(2026, 5, 1)), st.sampled_from(LotStatus)),
	max_size=5,
)


@given(changes.map(sorted), st.datetimes(datetime(2025, 12, 1), datetime(2026, 6, 1)))
def test_the_status_in_force_is_that_of_the_last_change_before(history, moment):
	before = [status for at, status in history if at <= moment]
	assert in_force(history, moment, "Active") == (before[-1] if before else "Active")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 5, 1)))
def test_a_lot_stands_as_it_did_at_that_moment(moment):
	recalled, blocked = datetime(2026, 2, 1, 9), datetime(2026, 2, 10)
	standing = standing_at(moment, date(2026, 4, 1), [(recalled, "Recalled")], [(blocked, "Blocked")])
	assert standing.lot_status == ("Recalled" if moment >= recalled else "Active")
	assert standing.medicine_status == ("Blocked" if moment >= blocked else "Authorized")
	assert standing.allows("Sale", "Out") == (moment < recalled)
	assert standing_at(moment, date(2026, 1, 31), [], []).allows("Sale", "Out") == (
		moment.date() <= date(2026, 1, 31)
	)


@given(st.integers(1, 50), st.integers(0, 50))
def test_no_more_comes_back_than_went(quantity, outstanding):
	if quantity <= outstanding:
		assert check_take_back("L", "Recalled", quantity, outstanding) is None
		return
	with pytest.raises(DomainError) as caught:
		check_take_back("L", "Recalled", quantity, outstanding)
	assert caught.value.code == "return_beyond_sent"
	assert caught.value.context["outstanding"] == outstanding


@pytest.mark.parametrize(
	("hours", "approved", "refused"), [(72, False, False), (73, False, True), (73, True, False)]
)
def test_after_the_window_only_the_regulator_reports(hours, approved, refused):
	now = datetime(2026, 3, 4)
	arguments = ("L", now - timedelta(hours=hours), now, timedelta(hours=72), approved)
	if not refused:
		assert check_late_report(*arguments) is None
		return
	with pytest.raises(DomainError) as caught:
		check_late_report(*arguments)
	assert (caught.value.code, caught.value.context["hours"]) == ("reported_too_late", 72)
