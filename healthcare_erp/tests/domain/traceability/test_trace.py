"""The trace graph against a naive recomputation, and the walk through it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.traceability import trace
from healthcare_erp.domain.traceability.trace import DESTROYED, ORIGIN, PATIENTS, Flow, build, collapse
from healthcare_erp.tests.domain.traceability.lot_flows import NODES, START, flow, flows, transfer


@given(st.lists(flows(), max_size=40))
def test_what_a_facility_has_is_what_it_wrote(rows):
	graph = build(rows)
	taken, given_out = Counter(), Counter()
	for row in rows:
		(taken if row.direction == "In" else given_out)[row.node] += row.quantity
	for name in NODES:
		if name in graph.nodes:
			node = graph.nodes[name]
			assert (node.quantity_in, node.quantity_out) == (taken[name], given_out[name])
			assert node.on_hand == taken[name] - given_out[name]
	assert {row.node for row in rows} <= set(graph.nodes)


@given(st.lists(flows(), max_size=40))
def test_edges_hold_every_unit_that_was_written_once(rows):
	graph = build(rows)
	assert sum(edge.sent or 0 for edge in graph.edges) == sum(
		r.quantity for r in rows if r.direction == "Out"
	)
	assert sum(edge.received or 0 for edge in graph.edges) == sum(
		r.quantity for r in rows if r.direction == "In"
	)
	assert sum(edge.movements for edge in graph.edges) == sum(row.movements for row in rows)
	keys = [(edge.source, edge.target, edge.kind, edge.document) for edge in graph.edges]
	assert len(keys) == len(set(keys))


@given(st.lists(flows(), max_size=40))
def test_both_ends_of_every_edge_are_nodes_and_outside_ends_balance(rows):
	graph = build(rows)
	for edge in graph.edges:
		assert {edge.source, edge.target} <= set(graph.nodes)
		assert edge.first_at <= edge.last_at
	for name, node in graph.nodes.items():
		if trace.is_outside(name):
			assert node.quantity_out == sum(e.quantity for e in graph.edges if e.source == name)
			assert node.quantity_in == sum(e.quantity for e in graph.edges if e.target == name)


@given(st.lists(flows(), max_size=40))
def test_collapsed_edges_hold_the_same_units(rows):
	edges = build(rows).edges
	merged = collapse(edges)
	assert len({(e.source, e.target, e.kind) for e in edges}) == len(merged)
	for side in ("sent", "received", "movements"):
		assert sum(getattr(e, side) or 0 for e in merged) == sum(getattr(e, side) or 0 for e in edges)
	for edge in merged:
		same = [e for e in edges if (e.source, e.target, e.kind) == (edge.source, edge.target, edge.kind)]
		assert (edge.first_at, edge.last_at) == (min(e.first_at for e in same), max(e.last_at for e in same))


@given(st.lists(flows(), max_size=40))
def test_holders_are_those_with_units_most_first(rows):
	graph = build(rows)
	held = [node.on_hand for node in graph.holders()]
	assert held == sorted(held, reverse=True)
	assert {node.id for node in graph.holders()} == {
		name for name, node in graph.nodes.items() if name in NODES and node.on_hand > 0
	}


class TestTransfer:
	def test_both_ends_are_one_edge(self):
		[edge] = build(transfer("Pharmacy:A", "Pharmacy:B", 10, 8)).edges
		assert (edge.kind, edge.sent, edge.received, edge.quantity, edge.unconfirmed) == (
			"Transfer",
			10,
			8,
			10,
			2,
		)

	def test_an_end_that_wrote_nothing_leaves_the_units_unconfirmed(self):
		[edge] = build(transfer("Pharmacy:A", "Pharmacy:B", 10)).edges
		assert (edge.received, edge.unconfirmed) == (None, 10)

	def test_documents_keep_transfers_apart(self):
		rows = transfer("Pharmacy:A", "Pharmacy:B", 1, 1) + transfer(
			"Pharmacy:A", "Pharmacy:B", 2, 2, document="Order:2"
		)
		assert [edge.quantity for edge in build(rows).edges] == [1, 2]
		[merged] = collapse(build(rows).edges)
		assert (merged.sent, merged.received, merged.document) == (3, 3, None)

	def test_a_return_goes_the_other_way(self):
		at = (START, START)
		rows = [
			Flow("Pharmacy:B", "Return", "Out", 3, 1, *at, "Pharmacy:A", "R"),
			Flow("Pharmacy:A", "Return", "In", 3, 1, *at, "Pharmacy:B", "R"),
		]
		[edge] = build(rows).edges
		assert (edge.source, edge.target, edge.kind) == ("Pharmacy:B", "Pharmacy:A", "Return")

	@pytest.mark.parametrize(
		("kind", "way", "other"),
		[
			("Import", "In", ORIGIN),
			("Sale", "Out", PATIENTS),
			("Return", "In", PATIENTS),
			("Recall Removal", "Out", DESTROYED),
			("Adjustment", "Out", trace.CORRECTIONS),
			("B2B Out", "Out", trace.ELSEWHERE),
		],
	)
	def test_the_other_end_where_none_is_named(self, kind, way, other):
		[edge] = build([flow("Pharmacy:A", kind, way, 5)]).edges
		assert other in (edge.source, edge.target)
		assert edge.unconfirmed == 0


class TestWalk:
	"""Origin -> A -> B -> C; A and D sell; D takes a patient's return; D has its own import."""

	rows = (
		flow("Pharmacy:A", "Import", "In", 100),
		*transfer("Pharmacy:A", "Pharmacy:B", 50, 50),
		*transfer("Pharmacy:B", "Public Facility:C", 20, 20),
		flow("Pharmacy:A", "Sale", "Out", 5),
		flow("Pharmacy:A", "Adjustment", "Out", 1),
		flow("Public Facility:D", "Import", "In", 9),
		flow("Public Facility:D", "Return", "In", 2),
		flow("Public Facility:D", "Adjustment", "In", 1),
	)

	def walked(self, start: str, direction: str) -> set[str]:
		return {name for name in build(self.rows).walk(start, direction).nodes if name in NODES}

	def test_forward_is_whom_it_reached(self):
		assert self.walked("Pharmacy:A", "forward") == {"Pharmacy:A", "Pharmacy:B", "Public Facility:C"}
		assert self.walked("Public Facility:C", "forward") == {"Public Facility:C"}

	def test_backward_is_whence_it_came(self):
		assert self.walked("Public Facility:C", "backward") == {
			"Pharmacy:A",
			"Pharmacy:B",
			"Public Facility:C",
		}

	def test_no_walk_leads_through_an_outside_end(self):
		"""That A sold to patients and D took a return from one does not lead from A to D."""
		for direction in ("forward", "backward", "both"):
			assert "Public Facility:D" not in self.walked("Pharmacy:A", direction)

	def test_a_walk_may_start_outside(self):
		assert self.walked(ORIGIN, "forward") == set(NODES)

	def test_an_unknown_start_leads_nowhere(self):
		graph = build(self.rows).walk("Pharmacy:Z", "both")
		assert (graph.nodes, graph.edges) == ({}, [])

	@given(st.lists(flows(), max_size=30), st.sampled_from(NODES))
	def test_both_is_forward_and_backward_and_edges_stay_within(self, rows, start):
		graph = build(rows)
		parts = [graph.walk(start, direction) for direction in ("forward", "backward", "both")]
		assert set(parts[2].nodes) == set(parts[0].nodes) | set(parts[1].nodes)
		for part in parts:
			assert all({edge.source, edge.target} <= set(part.nodes) for edge in part.edges)
