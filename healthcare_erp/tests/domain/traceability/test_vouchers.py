"""What an ERPNext voucher means in the ledger."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.traceability.vouchers import BUYING, SELLING, Voucher, movement_type
from healthcare_erp.domain.vocabulary import DIRECTIONS, Direction

FACILITY = ("Pharmacy", "P")
OTHERS = ("Stock Entry", "Stock Reconciliation", "Subcontracting Receipt")
vouchers = st.builds(
	Voucher,
	voucher_type=st.sampled_from([*BUYING, *SELLING, *OTHERS]),
	direction=st.sampled_from(["In", "Out"]),
	is_return=st.booleans(),
	is_transfer=st.booleans(),
	is_internal=st.booleans(),
	in_transit=st.booleans(),
	is_import=st.booleans(),
	counterparty=st.sampled_from([None, FACILITY]),
)


@given(vouchers)
def test_the_type_always_allows_the_direction(voucher):
	"""Or the ledger would refuse what ERPNext has submitted."""
	assert Direction(voucher.direction) in DIRECTIONS[movement_type(voucher)]


@pytest.mark.parametrize(("kind", "direction"), list(product(sorted(BUYING | SELLING), ("In", "Out"))))
def test_returns_are_returns(kind, direction):
	assert movement_type(Voucher(kind, direction, is_return=True)) == "Return"


@pytest.mark.parametrize("kind", sorted(BUYING))
def test_buying(kind):
	assert movement_type(Voucher(kind, "In", is_import=True)) == "Import"
	assert movement_type(Voucher(kind, "In")) == "B2B In"
	assert movement_type(Voucher(kind, "In", counterparty=FACILITY)) == "B2B In"
	assert movement_type(Voucher(kind, "In", is_import=True, counterparty=FACILITY)) == "B2B In"
	assert movement_type(Voucher(kind, "Out")) == "Adjustment"


@pytest.mark.parametrize("kind", sorted(SELLING))
def test_selling(kind):
	assert movement_type(Voucher(kind, "Out")) == "Sale"
	assert movement_type(Voucher(kind, "Out", counterparty=FACILITY)) == "B2B Out"
	assert movement_type(Voucher(kind, "In")) == "Adjustment"


def test_a_transfer_within_the_network_is_one_between_facilities():
	for direction, expected in (("In", "B2B In"), ("Out", "B2B Out")):
		inside = Voucher("Stock Entry", direction, is_transfer=True, counterparty=FACILITY)
		assert movement_type(inside) == expected
		assert movement_type(Voucher("Stock Entry", direction, is_transfer=True)) == "Adjustment"


@pytest.mark.parametrize("kind", sorted(BUYING | SELLING | {"Stock Entry"}))
@pytest.mark.parametrize(("direction", "expected"), [("In", "B2B In"), ("Out", "B2B Out")])
def test_goods_in_transit_are_under_way_between_facilities(kind, direction, expected):
	leg = {"is_transfer": True, "in_transit": True}
	assert movement_type(Voucher(kind, direction, **leg)) == expected
	assert movement_type(Voucher(kind, direction, counterparty=FACILITY, **leg)) == expected
	assert movement_type(Voucher(kind, direction, is_return=True, **leg)) == expected  # they come home


@given(vouchers.filter(lambda voucher: voucher.is_internal))
def test_what_stays_in_its_facility_is_an_internal_transfer(voucher):
	assert movement_type(voucher) == "Internal Transfer"


@pytest.mark.parametrize(("kind", "direction"), list(product(OTHERS, ("In", "Out"))))
def test_anything_else_is_an_adjustment(kind, direction):
	assert movement_type(Voucher(kind, direction, counterparty=FACILITY)) == "Adjustment"
