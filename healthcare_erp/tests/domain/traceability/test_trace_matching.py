"""What one facility sent and what the other received are matched as running totals."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.traceability import trace
from healthcare_erp.domain.traceability.trace import Flow, build
from healthcare_erp.tests.domain.traceability.lot_flows import START, flow, flows, transfer


def delivery(quantity: int, day: int, number: int = 1) -> Flow:
	"""A delivery note of the sender's."""
	at = START + timedelta(days=day)
	document = f"Delivery Note:DN-{number}"
	return Flow("Pharmacy:A", "B2B Out", "Out", quantity, 1, at, at, "Pharmacy:B", document)


def receipt(quantity: int, day: int, number: int = 1) -> Flow:
	"""A receipt, which the receiver writes under a document of its own."""
	at = START + timedelta(days=day)
	document = f"Purchase Receipt:PR-{number}"
	return Flow("Pharmacy:B", "B2B In", "In", quantity, 1, at, at, "Pharmacy:A", document)


def is_named(row: Flow) -> bool:
	"""Not goods that were sent on their way without their receiver's name."""
	return bool(row.counterparty) or row.movement_type != "B2B Out"


def seen(rows: list[Flow]) -> list[tuple]:
	return [(e.document, e.sent, e.received, e.unconfirmed, e.movements) for e in build(rows).edges]


class TestMatching:
	"""Delivery notes and receipts of the same two facilities are matched as running totals."""

	@pytest.mark.parametrize("day", [1, 2, 3])
	def test_two_documents_of_one_transfer_are_one_edge_whichever_was_typed_first(self, day):
		[edge] = build([receipt(40, day), delivery(40, 2)]).edges
		assert (edge.document, edge.sent, edge.received, edge.unconfirmed) == (
			"Delivery Note:DN-1",
			40,
			40,
			0,
		)
		days = [START + timedelta(days=number) for number in sorted((2, day))]
		assert (edge.movements, [edge.first_at, edge.last_at]) == (2, days)

	def test_part_deliveries_confirm_one_note(self):
		rows = [delivery(50, 1), receipt(30, 2, 1), receipt(20, 3, 2)]
		assert seen(rows) == [("Delivery Note:DN-1", 50, 50, 0, 3)]

	def test_one_receipt_confirms_several_notes(self):
		rows = [delivery(30, 1, 1), delivery(20, 2, 2), receipt(50, 3)]
		assert seen(rows) == [("Delivery Note:DN-1", 30, 30, 0, 1), ("Delivery Note:DN-2", 20, 20, 0, 2)]

	def test_a_short_delivery_leaves_what_is_missing(self):
		assert seen([delivery(50, 1), receipt(45, 2)]) == [("Delivery Note:DN-1", 50, 45, 5, 2)]

	def test_several_documents_a_day_leave_what_is_missing_in_sum(self):
		rows = [delivery(n, 1, n) for n in (7, 8, 9)] + [receipt(n, 1, n) for n in (8, 9, 5)]
		assert sum(edge.unconfirmed for edge in build(rows).edges) == 2

	def test_what_was_received_and_never_sent_stands_under_the_receipt(self):
		rows = [delivery(50, 1), receipt(45, 2, 1), receipt(15, 3, 2)]
		assert seen(rows) == [
			("Delivery Note:DN-1", 50, 50, 0, 2),
			("Purchase Receipt:PR-2", None, 10, -10, 1),
		]

	def test_ends_under_one_document_are_matched_before_all_others(self):
		"""The first order came short by 5; the second, complete, does not make up for it."""
		rows = [
			*transfer("Pharmacy:A", "Pharmacy:B", 50, 45, document="Order:1"),
			*transfer("Pharmacy:A", "Pharmacy:B", 20, 20, document="Order:2"),
		]
		assert [(edge.document, edge.unconfirmed) for edge in build(rows).edges] == [
			("Order:1", 5),
			("Order:2", 0),
		]

	def test_units_too_many_under_one_document_make_up_for_too_few_under_another(self):
		rows = [
			*transfer("Pharmacy:A", "Pharmacy:B", 50, 55, document="Order:1"),
			*transfer("Pharmacy:A", "Pharmacy:B", 20, 10, document="Order:2"),
		]
		assert [(edge.received, edge.unconfirmed) for edge in build(rows).edges] == [(50, 0), (15, 5)]

	def test_other_facilities_and_returns_do_not_confirm(self):
		at = (START, START)
		rows = [
			delivery(50, 1),
			Flow("Public Facility:C", "B2B In", "In", 50, 1, *at, "Pharmacy:A", "Purchase Receipt:1"),
			Flow("Pharmacy:B", "Return", "In", 50, 1, *at, "Pharmacy:A", "Purchase Receipt:2"),
		]
		assert sorted(edge.unconfirmed for edge in build(rows).edges) == [-50, -50, 50]

	@given(st.lists(flows().filter(is_named), max_size=40))
	def test_what_is_unconfirmed_between_two_facilities_is_sent_less_received(self, rows):
		expected, found = Counter(), Counter()
		for row in rows:
			if row.counterparty or row.movement_type == "B2B In":
				inward = row.direction == "In"
				other = row.counterparty or trace.ELSEWHERE
				ends = (other, row.node) if inward else (row.node, other)
				expected[(*ends, row.movement_type == "Return")] += -row.quantity if inward else row.quantity
		for edge in build(rows).edges:
			found[(edge.source, edge.target, edge.kind == "Return")] += edge.unconfirmed
		assert {pair: units for pair, units in found.items() if units} == {
			pair: units for pair, units in expected.items() if units
		}

	@given(st.lists(flows(), max_size=40))
	def test_no_note_is_confirmed_beyond_itself_while_another_waits(self, rows):
		"""Left over is what was sent, or what was received, and never both between the same two."""
		sides = defaultdict(set)
		for edge in build(rows).edges:
			if edge.unconfirmed:
				sides[(edge.source, edge.target, edge.kind)].add(edge.unconfirmed > 0)
		assert all(len(side) == 1 for side in sides.values())

	@given(st.lists(flows(), max_size=40), st.randoms())
	def test_the_order_of_typing_does_not_matter(self, rows, chance):
		shuffled = list(rows)
		chance.shuffle(shuffled)
		assert build(shuffled).edges == build(rows).edges

	@given(st.lists(flows(), max_size=40), st.randoms())
	def test_when_each_was_typed_does_not_change_what_remains(self, rows, chance):
		retimed = [replace(row, first_at=START + timedelta(hours=chance.randint(0, 500))) for row in rows]
		retimed = [replace(row, last_at=row.first_at) for row in retimed]
		assert self.remaining(retimed) == self.remaining(rows)

	def remaining(self, rows: list[Flow]) -> Counter:
		units = Counter()
		for edge in build(rows).edges:
			units[(edge.source, edge.target, edge.kind)] += edge.unconfirmed
		return +units

	def test_disagreeing_transfers_come_with_their_lots(self):
		ledger = {
			"LOT-1": [delivery(50, 1), receipt(50, 2)],
			"LOT-2": [delivery(50, 1), receipt(45, 2), flow("Pharmacy:A", "Sale", "Out", 5)],
			"LOT-3": [receipt(1, 1)],
		}
		found = trace.disagreeing((lot, row) for lot, rows in ledger.items() for row in rows)
		assert [(lot, edge.unconfirmed) for lot, edge in found] == [("LOT-2", 5), ("LOT-3", -1)]


class TestGoodsInTransit:
	"""A dispatch that names no receiver is what receipts that name the sender took in."""

	def dispatch(self, quantity: int, day: int, number: int = 1) -> Flow:
		return replace(delivery(quantity, day, number), counterparty=None)

	def edges(self, *rows: Flow) -> list[tuple]:
		return [(e.source, e.target, e.sent, e.received, e.movements) for e in build(rows).edges]

	def test_two_legs_are_one_transfer(self):
		assert self.edges(self.dispatch(14, 1), receipt(14, 2)) == [("Pharmacy:A", "Pharmacy:B", 14, 14, 2)]

	def test_what_is_still_under_way_is_elsewhere_and_no_doubt(self):
		graph = build([self.dispatch(14, 1), receipt(9, 2)])
		assert {(e.target, e.sent, e.unconfirmed) for e in graph.edges} == {
			(trace.ELSEWHERE, 5, 0),
			("Pharmacy:B", 9, 0),
		}

	def test_what_comes_back_to_the_sender_is_no_transfer(self):
		back = replace(receipt(14, 2), node="Pharmacy:A")
		assert self.edges(self.dispatch(14, 1), back) == []

	def test_more_than_was_sent_stays_in_doubt(self):
		[edge] = build([self.dispatch(14, 1), receipt(20, 2)]).edges
		assert (edge.sent, edge.received, edge.unconfirmed) == (14, 20, -6)

	def test_a_named_delivery_is_matched_first(self):
		rows = [self.dispatch(5, 1), delivery(10, 2, 2), receipt(10, 3)]
		assert self.edges(*rows) == [
			("Pharmacy:A", trace.ELSEWHERE, 5, None, 1),
			("Pharmacy:A", "Pharmacy:B", 10, 10, 2),
		]


def test_a_move_inside_a_facility_is_no_edge():
	inside = replace(delivery(5, 1), movement_type="Internal Transfer", counterparty="Pharmacy:A")
	graph = build([inside, replace(inside, direction="In")])
	assert graph.edges == []
	assert graph.nodes["Pharmacy:A"].on_hand == 0
