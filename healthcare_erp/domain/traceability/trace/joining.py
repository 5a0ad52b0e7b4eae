"""The graph of a lot from its summed movements: both ends of a transfer are joined to one edge."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from ...vocabulary import Direction, MovementType
from .graph import ELSEWHERE, OUTSIDE, TRANSFERS, Edge, Flow, Graph, Node, is_outside


def build(flows: Iterable[Flow]) -> Graph:
	"""The graph of one lot from its summed movements."""
	graph, edges = Graph(), {}
	for flow in flows:
		_count(graph, flow)
		_join(edges, flow)
	graph.edges = sorted(_matched(edges.values()), key=_in_time)
	for edge in graph.edges:
		_count_outside(graph, edge)
	return graph


def _count(graph: Graph, flow: Flow) -> None:
	node = graph.nodes.setdefault(flow.node, Node(flow.node))
	if flow.direction == Direction.IN:
		node.quantity_in += flow.quantity
	else:
		node.quantity_out += flow.quantity


def _join(edges: dict[tuple, Edge], flow: Flow) -> None:
	other = _other_end(flow)
	inward = flow.direction == Direction.IN
	source, target = (other, flow.node) if inward else (flow.node, other)
	kind = TRANSFERS.get(flow.movement_type, str(flow.movement_type))
	key = (source, target, kind, flow.document)
	edge = edges.get(key)
	if edge is None:
		edge = edges[key] = Edge(source, target, kind, flow.document, 0, flow.first_at, flow.last_at)
	side = "received" if inward else "sent"
	setattr(edge, side, (getattr(edge, side) or 0) + flow.quantity)
	edge.movements += flow.movements
	edge.first_at, edge.last_at = min(edge.first_at, flow.first_at), max(edge.last_at, flow.last_at)


def _other_end(flow: Flow) -> str:
	"""(What was imported, destroyed or counted came from or went to no other facility, whoever is named.)"""
	if flow.movement_type == MovementType.INTERNAL_TRANSFER:
		return flow.node
	if flow.counterparty and flow.movement_type in (*TRANSFERS, MovementType.SALE):
		return flow.counterparty
	return OUTSIDE.get((flow.movement_type, flow.direction), ELSEWHERE)


def _matched(edges: Iterable[Edge]) -> list[Edge]:
	"""Join what one facility sent under its documents to what the other received under others."""
	joined: list[Edge] = []
	pairs: dict[tuple, list[Edge]] = defaultdict(list)
	for edge in edges:
		if is_outside(edge.source) or is_outside(edge.target):
			joined.append(edge)
		else:
			pairs[(edge.source, edge.target, edge.kind)].append(edge)
	matched = [edge for pair in pairs.values() for edge in _matched_pair(sorted(pair, key=_in_time))]
	_address(joined, matched)
	return [edge for edge in (*joined, *matched) if edge.quantity and not _is_back_home(edge)]


def _is_back_home(edge: Edge) -> bool:
	"""What left a facility and came in again at the same one."""
	return edge.source == edge.target and not edge.unconfirmed


def _address(outward: Iterable[Edge], transfers: Iterable[Edge]) -> None:
	"""Goods that were sent on their way without a receiver's name: their receivers name the sender.

	What has come back to the sender is no transfer; what nobody has received is still elsewhere.
	"""
	under_way: dict[str, deque[Edge]] = defaultdict(deque)
	for edge in sorted(outward, key=_in_time):
		if edge.under_way:
			under_way[edge.source].append(edge)
	for receipt in sorted((edge for edge in transfers if edge.unconfirmed < 0), key=_in_time):
		waiting = under_way[receipt.source]
		while waiting and receipt.unconfirmed < 0:
			_name_receiver(waiting[0], receipt)
			if not waiting[0].sent:
				waiting.popleft()


def _name_receiver(sent: Edge, receipt: Edge) -> None:
	"""Move as many of the units under way as the receipt names to its edge; with the last ones go the movements."""
	units = min(sent.sent or 0, -receipt.unconfirmed)
	sent.sent = (sent.sent or 0) - units
	receipt.sent = (receipt.sent or 0) + units
	receipt.first_at, receipt.last_at = (
		min(sent.first_at, receipt.first_at),
		max(sent.last_at, receipt.last_at),
	)
	if not sent.sent:
		receipt.movements += sent.movements


def _matched_pair(edges: list[Edge]) -> list[Edge]:
	"""What both ends wrote under one document is one edge already; the rest is matched as running totals.

	Oldest first and in parts: a delivery note may be received under several receipts, a receipt may stand for
	several notes, and may be typed before them. The joined edge bears the sender's document. What is left over is
	on one side only: sent and not received, or received and never sent.
	"""
	waiting = deque(edge for edge in edges if edge.unconfirmed > 0)
	for receipt in [edge for edge in edges if edge.unconfirmed < 0]:
		while waiting and receipt.unconfirmed < 0:
			_confirm(waiting[0], receipt)
			if not waiting[0].unconfirmed:
				waiting.popleft()
	return [edge for edge in edges if edge.sent is not None or edge.received]


def _confirm(sent: Edge, receipt: Edge) -> None:
	"""Move to `sent` as many of the receipt's units as it waits for; with the last ones go its movements."""
	units = min(sent.unconfirmed, -receipt.unconfirmed)
	sent.received = (sent.received or 0) + units
	receipt.received = (receipt.received or 0) - units
	sent.first_at, sent.last_at = min(sent.first_at, receipt.first_at), max(sent.last_at, receipt.last_at)
	if receipt.sent is None and not receipt.received:
		sent.movements += receipt.movements


def _in_time(edge: Edge) -> tuple:
	return (edge.first_at, edge.source, edge.target, edge.document or "", edge.kind)


def _count_outside(graph: Graph, edge: Edge) -> None:
	if is_outside(edge.source):
		graph.nodes.setdefault(edge.source, Node(edge.source)).quantity_out += edge.quantity
	if is_outside(edge.target):
		graph.nodes.setdefault(edge.target, Node(edge.target)).quantity_in += edge.quantity
	for end in (edge.source, edge.target):
		graph.nodes.setdefault(end, Node(end))


def disagreeing(flows: Iterable[tuple[str, Flow]]) -> Iterator[tuple[str, Edge]]:
	"""Transfers whose ends do not agree, as (lot, edge), from the (lot, flow) pairs of whole lots, lot by lot.

	Flows between two facilities whose totals are equal may be left out: all of them agree.
	"""
	for lot, rows in groupby(flows, key=itemgetter(0)):
		for edge in build(flow for _lot, flow in rows).edges:
			if edge.unconfirmed:
				yield lot, edge


def collapse(edges: Iterable[Edge]) -> list[Edge]:
	"""Edges for drawing: one per (source, target, kind), its documents summed."""
	merged: dict[tuple, Edge] = {}
	for edge in edges:
		key = (edge.source, edge.target, edge.kind)
		if key not in merged:
			merged[key] = replace(edge, document=None)
			continue
		into = merged[key]
		for side in ("sent", "received"):
			if getattr(edge, side) is not None:
				setattr(into, side, (getattr(into, side) or 0) + getattr(edge, side))
		into.movements += edge.movements
		into.first_at, into.last_at = min(into.first_at, edge.first_at), max(into.last_at, edge.last_at)
	return list(merged.values())
