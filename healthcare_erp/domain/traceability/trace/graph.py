"""The trace graph of a lot: who passed how many units to whom, and who holds them.

Facilities write both ends of a transfer; the graph joins them to one edge with what was sent and what
arrived. Ends of the chain that are no facility are nodes too: the origin, patients, destruction ...
An edge kind is a row in `OUTSIDE` or `TRANSFERS`; more kinds (serials, genealogy) are more rows.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from ...vocabulary import Direction, MovementType

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
		return self.sent or self.received or 0

	@property
	def unconfirmed(self) -> int:
		"""Units on which two facilities do not agree: sent less received.

		Below zero they were received and never sent, be it that no sender was named. What was sent on its way
		without a receiver's name is under way, and no doubt.
		"""
		if is_outside(self.target) or (is_outside(self.source) and not self.from_nobody):
			return 0
		return (self.sent or 0) - (self.received or 0)

	@property
	def from_nobody(self) -> bool:
		"""Received as a transfer of which nobody is named as the sender."""
		return self.source == ELSEWHERE and self.kind == TRANSFERS[MovementType.B2B_IN]

	@property
	def under_way(self) -> bool:
		"""Sent as a transfer whose receiver is not named yet."""
		return self.target == ELSEWHERE and self.kind == TRANSFERS[MovementType.B2B_OUT]

	def as_answer(self) -> dict:
		"""As traces tell it, here and on the command line."""
		document_type, _colon, document = (self.document or "").partition(":")
		told = ("source", "target", "kind", "quantity", "sent", "received", "unconfirmed", "movements")
		return {field: getattr(self, field) for field in (*told, "first_at", "last_at")} | {
			"document_type": document_type or None,
			"document": document or None,
		}


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
