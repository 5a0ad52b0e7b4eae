"""What a facility may do: the table, written out once more."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.licensing import permitted_movements as rules
from healthcare_erp.domain.vocabulary import DIRECTIONS, FacilityStatus, MovementType

KINDS = (
	"Wholesaler",
	"Retailer",
	"Central Store",
	"National Hospital",
	"Provincial Hospital",
	"Health Center",
	"Dispensary",
)
WAYS = [(kind, direction) for kind in MovementType for direction in sorted(DIRECTIONS[kind])]
# movement type, direction -> without a licence in force
STOPPED = {
	("Import", "In"): False,
	("B2B In", "In"): False,
	("B2B Out", "Out"): False,
	("Sale", "Out"): False,
	("Return", "In"): True,
	("Return", "Out"): True,
	("Adjustment", "In"): False,
	("Adjustment", "Out"): True,
	("Recall Removal", "Out"): True,
	("Internal Transfer", "In"): True,
	("Internal Transfer", "Out"): True,
}


def test_the_table_has_every_movement():
	assert set(STOPPED) == {(str(kind), str(direction)) for kind, direction in WAYS}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", ["Pending", "Rejected", "Suspended", "Illegal"])
@pytest.mark.parametrize(("movement_type", "direction"), WAYS)
def test_without_a_licence_in_force_medicines_leave_the_trade_only(kind, status, movement_type, direction):
	assert rules.may_move(kind, status, movement_type, direction) is STOPPED[movement_type, direction]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("movement_type", "direction"), WAYS)
def test_in_good_standing_only_the_import_depends_on_the_kind(kind, movement_type, direction):
	expected = movement_type != "Import" or kind in ("Wholesaler", "Central Store")
	assert rules.may_move(kind, "Approved", movement_type, direction) is expected


@given(st.sampled_from(KINDS), st.sampled_from(FacilityStatus), st.sampled_from(WAYS))
def test_what_may_not_be_is_refused_by_its_cause(kind, status, way):
	if rules.may_move(kind, status, *way):
		assert rules.check("PHA-1", kind, status, *way) is None
		return
	with pytest.raises(DomainError) as refusal:
		rules.check("PHA-1", kind, status, *way)
	imports = status == "Approved"
	assert refusal.value.code == ("kind_does_not_import" if imports else "facility_not_licensed")


@pytest.mark.parametrize(
	("changes", "statuses"),
	[
		([], ["Pending"] * 3),
		([(2, "Approved")], ["Pending", "Approved", "Approved"]),
		([(2, "Rejected")], ["Pending", "Rejected", "Rejected"]),
		([(2, "Suspended")], ["Approved", "Suspended", "Suspended"]),
		([(2, "Suspended"), (3, "Approved")], ["Approved", "Suspended", "Approved"]),
		([(1, "Approved"), (3, "Suspended")], ["Approved", "Approved", "Suspended"]),
	],
)
def test_the_status_at_a_moment_is_the_one_before_it(changes, statuses):
	moments = [datetime(2026, 6, day) for day in (1, 2, 3)]
	dated = [(datetime(2026, 6, day), status) for day, status in changes]
	assert [rules.status_at(moment, dated) for moment in moments] == statuses
