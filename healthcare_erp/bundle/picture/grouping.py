"""What a picture of a trace shows: the graph with its small ends put together, in columns from left to right."""

from collections import Counter
from dataclasses import dataclass

from healthcare_erp.domain.traceability import trace

from ..tracing import OUTSIDE_LABELS, Traced

COLUMNS = (
	"Source",
	"Importers",
	"Wholesalers",
	"Hospitals",
	"Pharmacies and health centres",
	"Where it ended",
)
WHOLESALE, HOSPITALS, ENDS = 2, 3, 5
MOST_BY_NAME = 18  # facilities in a column that are drawn one by one
_COLUMN_OF = {
	"Wholesaler": WHOLESALE,
	"Central Store": WHOLESALE,
	"National Hospital": HOSPITALS,
	"Provincial Hospital": HOSPITALS,
}
_PLURALS = {
	"Retailer": "retail pharmacies",
	"Health Center": "health centres",
	"Dispensary": "dispensaries",
	"Provincial Hospital": "provincial hospitals",
	"National Hospital": "national hospitals",
	"Wholesaler": "wholesalers",
	"Central Store": "central stores",
}
# The same outside end is drawn left where units come from it and right where they go to it.
_AS_SOURCE = {
	trace.PATIENTS: "Brought back by patients",
	trace.CORRECTIONS: "Found at stock counts",
	trace.ELSEWHERE: "From elsewhere",
}


@dataclass(slots=True)
class Box:
	"""A facility, a group of facilities or an outside end; quantities in units of the lot."""

	id: str
	label: str
	column: int
	on_hand: int = 0
	members: int = 1
	flagged: bool = False


@dataclass(slots=True)
class Link:
	"""Units from one box to another; `missing` is what the receiving end did not confirm (negative: too much)."""

	source: str
	target: str
	kind: str
	quantity: int
	missing: int = 0


def group(traced: Traced) -> tuple[dict[str, Box], list[Link]]:
	"""The boxes by id and the links of a picture.

	Facilities are drawn by name where a column has few, else as one box per kind and province; those with a
	transfer that is not confirmed always stand alone.
	"""
	flagged = {node for edge in traced.unconfirmed for node in (edge.source, edge.target)}
	flagged |= _from_nowhere(traced)
	crowded = _crowded_columns(traced)
	boxes: dict[str, Box] = {}
	ids: dict[tuple[str, bool], str] = {}
	for edge in traced.graph.edges:
		for node, as_source in ((edge.source, True), (edge.target, False)):
			box = _box(traced, node, as_source, flagged, crowded)
			ids[node, as_source] = boxes.setdefault(box.id, box).id
	_count_members(traced, ids, boxes)
	return boxes, _links(traced, ids)


def _from_nowhere(traced: Traced) -> set[str]:
	"""Facilities that found more units than had ever arrived there."""
	arrived, found = Counter(), Counter()
	for edge in traced.graph.edges:
		(found if edge.source == trace.CORRECTIONS else arrived)[edge.target] += edge.quantity
	return {node for node, units in found.items() if units > arrived[node]}


def _column(traced: Traced, node: str) -> int:
	if _COLUMN_OF.get(traced.kind(node)) == WHOLESALE and _imported_by(traced, node):
		return WHOLESALE - 1
	return _COLUMN_OF.get(traced.kind(node), HOSPITALS + 1)


def _imported_by(traced: Traced, node: str) -> bool:
	return any(edge.source == trace.ORIGIN and edge.target == node for edge in traced.graph.edges)


def _crowded_columns(traced: Traced) -> set[int]:
	counts = Counter(_column(traced, node) for node in traced.graph.nodes if not trace.is_outside(node))
	return {column for column, count in counts.items() if count > MOST_BY_NAME}


def _box(traced: Traced, node: str, as_source: bool, flagged: set[str], crowded: set[int]) -> Box:
	if trace.is_outside(node):
		label = _AS_SOURCE.get(node) if as_source else None
		return Box(f"{node}:{as_source}", label or OUTSIDE_LABELS[node], 0 if as_source else ENDS)
	column = _column(traced, node)
	if node in flagged or column not in crowded:
		return Box(node, traced.label(node), column, flagged=node in flagged)
	kind, province = traced.kind(node), traced.province(node)
	return Box(f"group:{kind} in {province}", f"{_PLURALS.get(kind, kind)}, {province}", column)


def _count_members(traced: Traced, ids: dict[tuple[str, bool], str], boxes: dict[str, Box]) -> None:
	members: dict[str, set[str]] = {}
	for (node, _as_source), box in ids.items():
		members.setdefault(box, set()).add(node)
	for key, nodes in members.items():
		box = boxes[key]
		box.members = len(nodes)
		if not any(map(trace.is_outside, nodes)):
			box.on_hand = sum(traced.graph.nodes[node].on_hand for node in nodes)
		if key not in nodes and not key.startswith("outside:"):
			box.label = f"{box.members} {box.label}" if box.members > 1 else traced.label(*nodes)


def _links(traced: Traced, ids: dict[tuple[str, bool], str]) -> list[Link]:
	links: dict[tuple, Link] = {}
	for edge in traced.graph.edges:
		source, target = ids[edge.source, True], ids[edge.target, False]
		link = links.setdefault((source, target, edge.kind), Link(source, target, edge.kind, 0))
		link.quantity += max(edge.quantity, edge.received or 0)
		link.missing += edge.unconfirmed
	return list(links.values())
