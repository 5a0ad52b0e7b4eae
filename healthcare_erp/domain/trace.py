"""The trace graph of a lot: who passed how many units to whom, and who holds them.

Facilities write both ends of a transfer; the graph joins them to one edge with what was sent and what
arrived. Ends of the chain that are no facility are nodes too: the origin, patients, destruction ...
An edge kind is a row in `OUTSIDE` or `TRANSFERS`; more kinds (serials, genealogy) are more rows.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from .vocabulary import Direction, MovementType

ORIGIN, PATIENTS, DESTROYED = "outside:origin", "outside:patients", "outside:destroyed"
CORRECTIONS, ELSEWHERE = "outside:corrections", "outside:elsewhere"

# The node at the other end where a movement names no facility.
OUTSIDE: dict[tuple[str, str], str] = {
	(MovementType.IMPORT, Direction.IN): ORIGIN,
	(MovementType.SALE, Direction.OUT): PATIENTS,
	(MovementType.RETURN, Direction.IN): PATIENTS,
	(MovementType.RETURN, Direction.OUT): ELSEWHERE,
	(MovementType.RECALL_REMOVAL, Direction.OUT): DESTROYED,
	(MovementType.ADJUSTMENT, Direction.IN): CORRECTIONS,
	(MovementType.ADJUSTMENT, Direction.OUT): CORRECTIONS,
	(MovementType.B2B_IN, Direction.IN): ELSEWHERE,
	(MovementType.B2B_OUT, Direction.OUT): ELSEWHERE,
}

# Movement types whose two ends are one transfer, by the name that the edge bears.
TRANSFERS: dict[str, str] = {
	MovementType.B2B_IN: "Transfer",
	MovementType.B2B_OUT: "Transfer",
	MovementType.RETURN: "Return",
}


@dataclass(frozen=True, slots=True)
class Flow:
	"""Movements of one lot summed over (facility, type, direction, counterparty, document)."""

	node: str
	movement_type: str
	direction: str
	quantity: int
	movements: int
	first_at: datetime
	last_at: datetime
	counterparty: str | None = None
	document: str | None = None


@dataclass(slots=True)
class Node:
	"""A facility (or an outside end) with its units of the lot."""

	id: str
	quantity_in: int = 0
	quantity_out: int = 0

	@property
	def on_hand(self) -> int:
		return self.quantity_in - self.quantity_out


@dataclass(slots=True)
class Edge:
	"""Units that went from one node to another under one document.

	`sent` and `received` are what each end wrote (None: that end wrote nothing, or is outside).
	"""

	source: str
	target: str
	kind: str
	document: str | None
	movements: int
	first_at: datetime
	last_at: datetime
	sent: int | None = None
	received: int | None = None

	@property
	def quantity(self) -> int:
		return self.sent if self.sent is not None else self.received or 0

	@property
	def unconfirmed(self) -> int:
		"""Units between two facilities on which they do not agree: sent less received."""
		if is_outside(self.source) or is_outside(self.target):
			return 0
		return (self.sent or 0) - (self.received or 0)


@dataclass(slots=True)
class Graph:
	nodes: dict[str, Node] = field(default_factory=dict)
	edges: list[Edge] = field(default_factory=list)

	def holders(self) -> list[Node]:
		"""Facilities with units on hand, most first."""
		held = [n for n in self.nodes.values() if not is_outside(n.id) and n.on_hand > 0]
		return sorted(held, key=lambda n: (-n.on_hand, n.id))

	def walk(self, start: str, direction: str) -> "Graph":
		"""The part reachable from `start`: `forward` (whom did it reach), `backward` (whence), or `both`."""
		seen: set[str] = set()
		if direction in ("forward", "both"):
			seen |= _reachable(start, self._neighbours("source", "target"))
		if direction in ("backward", "both"):
			seen |= _reachable(start, self._neighbours("target", "source"))
		nodes = {key: node for key, node in self.nodes.items() if key in seen}
		return Graph(nodes, [e for e in self.edges if e.source in seen and e.target in seen])

	def _neighbours(self, tail: str, head: str) -> dict[str, set[str]]:
		neighbours = defaultdict(set)
		for edge in self.edges:
			neighbours[getattr(edge, tail)].add(getattr(edge, head))
		return neighbours


def is_outside(node: str) -> bool:
	return node.startswith("outside:")


def build(flows: Iterable[Flow]) -> Graph:
	"""The graph of one lot from its summed movements."""
	graph, edges = Graph(), {}
	for flow in flows:
		_count(graph, flow)
		if flow.movement_type != MovementType.INTERNAL_TRANSFER:
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
	other = flow.counterparty or OUTSIDE.get((flow.movement_type, flow.direction), ELSEWHERE)
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
	return [edge for edge in (*joined, *matched) if edge.source != edge.target and edge.quantity]


def _address(outward: Iterable[Edge], transfers: Iterable[Edge]) -> None:
	"""Goods that were sent on their way without a receiver's name: their receivers name the sender.

	What has come back to the sender is no transfer; what nobody has received is still elsewhere.
	"""
	under_way: dict[str, deque[Edge]] = defaultdict(deque)
	for edge in sorted(outward, key=_in_time):
		if edge.target == ELSEWHERE and edge.kind == TRANSFERS[MovementType.B2B_OUT]:
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
	return (edge.first_at, edge.source, edge.target, edge.document or "")


def _count_outside(graph: Graph, edge: Edge) -> None:
	if is_outside(edge.source):
		graph.nodes.setdefault(edge.source, Node(edge.source)).quantity_out += edge.quantity
	if is_outside(edge.target):
		graph.nodes.setdefault(edge.target, Node(edge.target)).quantity_in += edge.quantity
	for end in (edge.source, edge.target):
		graph.nodes.setdefault(end, Node(end))


def _reachable(start: str, neighbours: dict[str, set[str]]) -> set[str]:
	"""An outside end is reached and not passed: units of one patient's return are not another's purchase."""
	seen, queue = {start}, [start]
	while queue:
		for node in neighbours.get(queue.pop(), ()):
			if node not in seen:
				seen.add(node)
				if not is_outside(node):
					queue.append(node)
	return seen


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
