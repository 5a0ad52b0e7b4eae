"""The account of a lot adds up, whichever part of its places somebody sees."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.traceability.trace import Flow, build
from healthcare_erp.domain.traceability.trace import totals as account
from healthcare_erp.domain.traceability.trace.account import SOURCES, USES
from healthcare_erp.domain.vocabulary import DIRECTIONS, MovementType
from healthcare_erp.tests.domain.traceability.lot_flows import NODES, START, flow, flows, transfer

EVERY_KIND = [(kind, way) for kind in MovementType for way in DIRECTIONS[kind]]


@st.composite
def any_flows(draw) -> Flow:
	"""Every type, any counterparty (also the facility itself), and units below zero, as a reversal may leave them."""
	row = draw(flows())
	kind, way = draw(st.sampled_from(EVERY_KIND))
	quantity = draw(st.integers(-50, 50).filter(bool))
	other = draw(st.sampled_from([None, *NODES]))
	return replace(row, movement_type=kind, direction=way, quantity=quantity, counterparty=other)


HISTORIES = st.lists(any_flows(), max_size=40)
PARTS = st.sets(st.sampled_from(NODES))


def assert_adds_up(totals: dict) -> None:
	assert sum(totals[term] for term in SOURCES) == sum(totals[term] for term in USES)
	doubt = totals["under_way"] + totals["unconfirmed"] - totals["unsent"] - totals["overdrawn"]
	assert totals["unexplained"] == doubt
	came = totals["imported"] + totals["corrections_in"] + totals["from_others"]
	went = (
		"dispensed",
		"destroyed",
		"corrections_out",
		"returned_abroad",
		"to_others",
		"on_hand",
		"unexplained",
	)
	assert came == sum(totals[term] for term in went)


@given(HISTORIES)
def test_units_of_a_history_are_lost_in_no_sum(rows):
	totals = account(build(rows))
	assert_adds_up(totals)
	assert (totals["from_others"], totals["to_others"]) == (0, 0)
	assert totals["on_hand"] == sum(node.on_hand for node in build(rows).holders())


@given(HISTORIES, PARTS)
def test_units_that_one_may_see_are_lost_in_no_sum(rows, visible):
	"""Of the places that one may not see nothing is known but that one's own places name them."""
	seen = [row for row in rows if row.node in visible]
	assert_adds_up(account(build(seen), visible, whole=False))


@given(HISTORIES, PARTS)
def test_units_of_a_walked_part_are_lost_in_no_sum(rows, part):
	assert_adds_up(account(build(rows), part))


@given(HISTORIES)
def test_terms_are_what_the_rows_of_their_type_add_up_to(rows):
	def units(kind: str, way: str) -> int:
		return sum(row.quantity for row in rows if (row.movement_type, row.direction) == (kind, way))

	totals = account(build(rows))
	assert totals["imported"] == units("Import", "In")
	assert totals["destroyed"] == units("Recall Removal", "Out")
	assert totals["corrections_in"] == units("Adjustment", "In")
	assert totals["corrections_out"] == units("Adjustment", "Out")


class TestTerms:
	def totals(self, *rows: Flow, **part) -> dict:
		"""The terms that are not zero."""
		found = account(build(rows), **part)
		return {term: units for term, units in found.items() if units}

	@pytest.mark.parametrize(
		("kind", "way", "term", "sign"),
		[
			("Import", "In", "imported", 0),
			("Adjustment", "In", "corrections_in", 0),
			("B2B In", "In", "unsent", -1),
			("Return", "In", "dispensed", 0),
		],
	)
	def test_where_units_came_from(self, kind, way, term, sign):
		found = self.totals(flow("Pharmacy:A", kind, way, 5))
		unexplained = {"unexplained": 5 * sign} if sign else {}
		assert found == {term: -5 if term == "dispensed" else 5, "on_hand": 5} | unexplained

	@pytest.mark.parametrize(
		("kind", "term"),
		[
			("Sale", "dispensed"),
			("Recall Removal", "destroyed"),
			("Adjustment", "corrections_out"),
			("Return", "returned_abroad"),
		],
	)
	def test_where_units_went(self, kind, term):
		rows = [flow("Pharmacy:A", "Import", "In", 9), flow("Pharmacy:A", kind, "Out", 4)]
		assert self.totals(*rows) == {"imported": 9, term: 4, "on_hand": 5}

	def test_goods_on_their_way_are_neither_lost_nor_red(self):
		rows = [flow("Pharmacy:A", "Import", "In", 9), flow("Pharmacy:A", "B2B Out", "Out", 4)]
		assert self.totals(*rows) == {"imported": 9, "under_way": 4, "on_hand": 5, "unexplained": 4}

	def test_missing_and_surplus_units_do_not_hide_each_other(self):
		rows = [
			flow("Pharmacy:A", "Import", "In", 30),
			*transfer("Pharmacy:A", "Pharmacy:B", 10, 6),
			*transfer("Pharmacy:B", "Public Facility:C", 1, 5),
		]
		found = self.totals(*rows)
		assert found == {"imported": 30, "unconfirmed": 4, "unsent": 4, "on_hand": 30}

	def test_units_sold_before_they_came_in_are_overdrawn(self):
		found = self.totals(flow("Pharmacy:A", "Sale", "Out", 3), flow("Pharmacy:B", "Import", "In", 5))
		assert found == {"imported": 5, "dispensed": 3, "overdrawn": 3, "on_hand": 5, "unexplained": -3}

	def test_a_half_written_move_inside_a_facility_is_unconfirmed(self):
		rows = [flow("Pharmacy:A", "Import", "In", 9), flow("Pharmacy:A", "Internal Transfer", "Out", 2)]
		assert self.totals(*rows) == {"imported": 9, "unconfirmed": 2, "on_hand": 7, "unexplained": 2}

	def test_an_import_from_a_named_facility_is_an_import(self):
		row = Flow("Pharmacy:A", "Import", "In", 7, 1, START, START, "Pharmacy:B")
		assert self.totals(row) == {"imported": 7, "on_hand": 7}

	def test_of_a_part_both_borders_are_terms_of_their_own(self):
		rows = [
			flow("Pharmacy:A", "Import", "In", 30),
			*transfer("Pharmacy:A", "Pharmacy:B", 10, 8),
			*transfer("Pharmacy:B", "Public Facility:C", 3, 2),
		]
		assert self.totals(*rows, part={"Pharmacy:B"}) == {"from_others": 8, "to_others": 3, "on_hand": 5}

	def test_an_unnamed_other_end_may_be_one_that_is_hidden(self):
		rows = [flow("Pharmacy:A", "B2B In", "In", 9), flow("Pharmacy:A", "B2B Out", "Out", 4)]
		part = {"part": {"Pharmacy:A"}, "whole": False}
		assert self.totals(*rows, **part) == {"from_others": 9, "to_others": 4, "on_hand": 5}
