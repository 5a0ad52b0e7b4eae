"""The account of a lot: where its units came from, and where they went or are, over a part of its places.

It always adds up: each unit that a place of the part wrote down stands in one term.
"""

from collections import Counter
from collections.abc import Collection

from .graph import CORRECTIONS, DESTROYED, ELSEWHERE, ORIGIN, PATIENTS, Edge, Graph, is_outside

SOURCES = ("imported", "corrections_in", "from_others", "unsent", "overdrawn")
USES = (
	"dispensed",
	"destroyed",
	"corrections_out",
	"returned_abroad",
	"to_others",
	"under_way",
	"unconfirmed",
	"on_hand",
)

_FROM = {ORIGIN: "imported", CORRECTIONS: "corrections_in"}
_TO = {PATIENTS: "dispensed", DESTROYED: "destroyed", CORRECTIONS: "corrections_out"}


def totals(graph: Graph, part: Collection[str] | None = None, whole: bool = True) -> dict[str, int]:
	"""The account of the facilities in `part`: of all of them where it is left out.

	:param graph: all edges that these facilities wrote, also those that lead out of the part.
	:param whole: False where other places are hidden from the reader. An unnamed sender or receiver may be one of
		them then: its units came from or went to others.
	:returns: units by term; the sum of `SOURCES` equals the sum of `USES`. `unsent` was received and never sent,
		`unconfirmed` sent and not received, `overdrawn` given out before it came in (by the times that were
		written), `from_others` and `to_others` passed the border of the part. `unexplained` sums up the doubt:
		imported + corrections_in + from_others = dispensed + destroyed + corrections_out + returned_abroad
		+ to_others + on_hand + unexplained.
	"""
	inside = {node for node in (graph.nodes if part is None else part) if not is_outside(node)}
	terms = Counter(dict.fromkeys((*SOURCES, *USES), 0))
	for edge in graph.edges:
		for term, units in _terms(edge, inside, whole):
			terms[term] += units
	for node in inside & graph.nodes.keys():
		on_hand = graph.nodes[node].on_hand
		terms["on_hand" if on_hand > 0 else "overdrawn"] += abs(on_hand)
	terms["unexplained"] = terms["under_way"] + terms["unconfirmed"] - terms["unsent"] - terms["overdrawn"]
	return dict(terms)


def _terms(edge: Edge, inside: set[str], whole: bool) -> list[tuple[str, int]]:
	"""What an edge adds to which terms."""
	sent, received = edge.sent or 0, edge.received or 0
	given, taken = edge.source in inside, edge.target in inside
	if given and taken:
		return _doubt(edge.unconfirmed)
	if given:
		return [(_use(edge, whole), sent)]
	if not taken:
		return []
	if edge.source == PATIENTS:
		return [("dispensed", -received)]
	if edge.from_nobody and whole:
		return _doubt(edge.unconfirmed)
	return [(_FROM.get(edge.source, "from_others"), received)]


def _use(edge: Edge, whole: bool) -> str:
	if edge.under_way:
		return "under_way" if whole else "to_others"
	if edge.target == ELSEWHERE:
		return "returned_abroad"
	return _TO.get(edge.target, "to_others")


def _doubt(unconfirmed: int) -> list[tuple[str, int]]:
	return [("unconfirmed", unconfirmed)] if unconfirmed > 0 else [("unsent", -unconfirmed)]
