"""Which lots may move: the table of design section 2, written out."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.tradability import allowed_combinations, check_may_move, effective_status, may_move
from healthcare_erp.domain.vocabulary import DIRECTIONS, LotStatus, MedicineStatus, MovementType

TODAY = date(2026, 3, 1)
WAYS = [(kind.value, way.value) for kind in MovementType for way in DIRECTIONS[kind]]
EXITS = {("Recall Removal", "Out"), ("Return", "Out"), ("Adjustment", "Out")}
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


def test_combinations_are_those_that_may_move():
	everything = {
		(lot.value, medicine.value, *way) for lot, medicine, way in product(LotStatus, MedicineStatus, WAYS)
	}
	allowed = set(allowed_combinations())
	assert allowed == {combination for combination in everything if may_move(*combination)}
	assert len(allowed) == len(WAYS) + 7 * len(EXITS)
