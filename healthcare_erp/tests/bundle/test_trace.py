"""The trace of a bundle is what adding up its rows by hand gives, and what `domain.trace` draws of them."""

from collections import defaultdict
from datetime import datetime, timedelta

import pytest

from healthcare_erp.bundle import discrepancies, holdings
from healthcare_erp.bundle.errors import BundleError
from healthcare_erp.bundle.read import Bundle
from healthcare_erp.bundle.tracing import find_lot, trace_lot
from healthcare_erp.domain.traceability import trace
from healthcare_erp.domain.traceability.ledger import signed
from healthcare_erp.domain.traceability.trace.account import SOURCES, USES

from .conftest import read_tables


def node(row: dict) -> str:
	return f"{row['facility_type']}:{row['facility']}"


def partner(row: dict) -> str | None:
	return f"{row['counterparty_type']}:{row['counterparty']}" if row["counterparty"] else None


def document(row: dict) -> str | None:
	return f"{row['reference_doctype']}:{row['reference_name']}" if row["reference_name"] else None


def naive_graph(rows: list[dict]) -> trace.Graph:
	"""One flow per movement, for `domain.trace` to add up."""
	return trace.build(
		trace.Flow(
			node(row),
			row["movement_type"],
			row["direction"],
			row["quantity"],
			1,
			row["posting_datetime"],
			row["posting_datetime"],
			partner(row),
			document(row),
		)
		for row in rows
	)


def by_ends(graph: trace.Graph) -> dict:
	return {(edge.source, edge.target, edge.kind, edge.document): edge for edge in graph.edges}


@pytest.fixture
def opened(nation):
	with Bundle(nation) as bundle:
		yield bundle


@pytest.fixture(scope="module")
def tables(nation):
	return read_tables(nation)


def test_the_graph_of_every_lot_is_what_its_rows_add_up_to(opened, tables):
	rows = defaultdict(list)
	for row in tables["movements"]:
		rows[row["national_lot"]].append(row)
	for lot, movements in rows.items():
		graph, expected = trace_lot(opened, lot).graph, naive_graph(movements)
		assert graph.nodes == expected.nodes
		assert by_ends(graph) == by_ends(expected)


def test_what_is_on_hand_is_the_last_balance(opened, tables, recalled):
	last = {node(row): row["balance_after"] for row in tables["movements"] if row["national_lot"] == recalled}
	held = {holder.id: holder.on_hand for holder in trace_lot(opened, recalled).graph.holders()}
	assert held == {facility: balance for facility, balance in last.items() if balance}


def test_units_are_neither_made_nor_lost(opened, tables):
	for lot in tables["lots"]:
		totals = trace_lot(opened, lot["name"]).totals
		assert sum(totals[term] for term in SOURCES) == sum(totals[term] for term in USES)


def test_a_trace_up_to_a_moment_knows_nothing_later(opened, tables, recalled):
	rows = [row for row in tables["movements"] if row["national_lot"] == recalled]
	moment = rows[len(rows) // 2]["posting_datetime"]
	graph = trace_lot(opened, recalled, moment).graph
	assert by_ends(graph) == by_ends(naive_graph([row for row in rows if row["posting_datetime"] <= moment]))
	assert trace_lot(opened, recalled, datetime(2000, 1, 1)).graph.nodes == {}


def test_a_reversed_movement_counts_as_if_it_had_not_been(broken, nation, recalled):
	def reverse_last(tables):
		last = [row for row in tables["movements"] if row["national_lot"] == recalled][-1]
		opposite = {"In": "Out", "Out": "In"}[last["direction"]]
		tables["movements"].append(
			last
			| {
				"name": "R",
				"idempotency_key": "R",
				"direction": opposite,
				"reversal_of": last["name"],
				"position_sequence": last["position_sequence"] + 1,
				"balance_after": last["balance_after"] + signed(opposite, last["quantity"]),
			}
		)

	rows = [row for row in read_tables(nation)["movements"] if row["national_lot"] == recalled]
	with Bundle(broken(reverse_last)) as bundle:
		assert by_ends(trace_lot(bundle, recalled).graph) == by_ends(naive_graph(rows[:-1]))


def test_the_diversion_is_what_stands_out(opened, recalled):
	crime = opened.manifest.parameters["diversion"]
	ends = (f"Pharmacy:{crime['sender']}", f"Pharmacy:{crime['receiver']}")
	worst = max(trace_lot(opened, recalled).unconfirmed, key=lambda edge: edge.unconfirmed)
	assert (worst.source, worst.target) == ends
	disagreeing = discrepancies.disagreeing_transfers(opened)
	assert all(row["sent"] > row["received"] for row in disagreeing)
	last_days = holdings.last_day(opened) - timedelta(10)
	long_ago = [row for row in disagreeing if row["first_at"].date() < last_days]
	assert {(row["lot"], row["sender"], row["receiver"]) for row in long_ago[:3]} == {(recalled, *ends)}
	nowhere = discrepancies.stock_from_nowhere(opened)
	assert [(row["lot"], row["facility"]) for row in nowhere] == [(recalled, f"Pharmacy:{crime['outlet']}")]


def test_holders_are_summed_by_province(opened, tables, recalled):
	found = trace_lot(opened, recalled)
	provinces = {f"{f['facility_type']}:{f['name']}": f["province"] for f in tables["facilities"]}
	expected = defaultdict(int)
	for holder in found.graph.holders():
		expected[provinces[holder.id]] += holder.on_hand
	groups = holdings.holders(found)
	assert {group["province"]: group["quantity"] for group in groups} == expected
	assert all(group["quantity"] == sum(f["on_hand"] for f in group["facilities"]) for group in groups)


def test_lots_that_expire_soon_are_those_with_stock(opened, tables):
	day = holdings.last_day(opened)
	on_hand = defaultdict(int)
	for row in tables["movements"]:
		on_hand[row["national_lot"]] += signed(row["direction"], row["quantity"])
	soon = {
		lot["name"]: on_hand[lot["name"]]
		for lot in tables["lots"]
		if day <= lot["expiry_date"] <= day + timedelta(90) and on_hand[lot["name"]]
	}
	rows = holdings.expiring(opened, day, 90)
	assert {row["lot"]: row["on_hand"] for row in rows} == soon
	assert [row["days"] for row in rows] == sorted((row["expiry_date"] - day).days for row in rows)


def test_a_lot_is_found_by_name_or_number(opened, tables):
	lot = tables["lots"][5]
	assert find_lot(opened, lot["name"])["name"] == lot["name"]
	assert find_lot(opened, f" {lot['lot_number'].lower()} ")["name"] == lot["name"]


def test_an_unknown_lot_is_refused_by_name(opened):
	with pytest.raises(BundleError) as refusal:
		find_lot(opened, "NONESUCH")
	assert refusal.value.code == "unknown_lot"


def test_a_lot_number_of_two_medicines_names_the_choices(broken):
	def share_number(tables):
		tables["lots"][1]["lot_number"] = tables["lots"][0]["lot_number"] = "SAME1"

	with Bundle(broken(share_number)) as bundle, pytest.raises(BundleError) as refusal:
		find_lot(bundle, "SAME1")
	assert refusal.value.code == "ambiguous_lot"
	assert "LOT-00001" in refusal.value.sentence
	assert "LOT-00002" in refusal.value.sentence
