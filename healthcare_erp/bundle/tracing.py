"""Tracing a lot of a bundle: the same graph that a site draws, from the same `domain.trace`."""

from dataclasses import dataclass
from datetime import datetime

from healthcare_erp.domain.traceability import trace

from .errors import BundleError
from .opening.sound import refuse_unsound
from .output.text import joined
from .read import Bundle

# A reversal counts against the movement that it undoes: same type, counterparty and document, less.
_FLOWS = """
SELECT facility_type || ':' || facility AS node, movement_type,
	CASE WHEN reversal_of IS NULL THEN direction WHEN direction = 'In' THEN 'Out' ELSE 'In' END AS way,
	sum(CASE WHEN reversal_of IS NULL THEN quantity ELSE -quantity END)::BIGINT AS units,
	count(*), min(posting_datetime), max(posting_datetime),
	counterparty_type || ':' || counterparty AS partner, reference_doctype || ':' || reference_name AS document
FROM movements WHERE national_lot = $lot AND ($as_of::TIMESTAMP IS NULL OR posting_datetime <= $as_of)
GROUP BY ALL HAVING units <> 0 ORDER BY min(posting_datetime), node, movement_type, way, partner, document"""

_PLACES = """
SELECT facility_type || ':' || name AS id, facility_name AS label, kind, province, commune, latitude, longitude
FROM facilities"""

_LOT = """
SELECT l.name, l.lot_number, l.status, l.manufacture_date, l.expiry_date, l.quantity_imported,
	l.national_medicine, m.inn, m.strength, m.dosage_form, m.atc_code
FROM lots l LEFT JOIN medicines m ON m.name = l.national_medicine"""

OUTSIDE_LABELS = {
	trace.ORIGIN: "Imported",
	trace.PATIENTS: "Patients",
	trace.DESTROYED: "Removed after recall",
	trace.CORRECTIONS: "Corrections and destruction",
	trace.ELSEWHERE: "Elsewhere",
}


@dataclass(frozen=True, slots=True)
class Traced:
	"""A lot (as a dict), its graph, and the facilities of the graph by node id (as dicts)."""

	lot: dict
	graph: trace.Graph
	places: dict[str, dict]

	def label(self, node: str) -> str:
		"""What to call a node."""
		return OUTSIDE_LABELS.get(node) or self.places.get(node, {}).get("label") or node

	def province(self, node: str) -> str:
		return self.places.get(node, {}).get("province") or "?"

	def kind(self, node: str) -> str:
		return self.places.get(node, {}).get("kind") or "?"

	@property
	def unconfirmed(self) -> list[trace.Edge]:
		"""Transfers on which the two ends do not agree, the largest difference first."""
		return sorted((e for e in self.graph.edges if e.unconfirmed), key=lambda e: -abs(e.unconfirmed))

	@property
	def totals(self) -> dict[str, int]:
		"""The account of all units, as a site gives it: `trace.totals`."""
		return trace.totals(self.graph)


def find_lot(bundle: Bundle, text: str) -> dict:
	"""The lot that a text means: its name, or its lot number where only one medicine has it.

	:raises BundleError: `unknown_lot`, or `ambiguous_lot`, which names the choices.
	"""
	wanted = {
		"text": text.strip().encode(errors="backslashreplace").decode()
	}  # a shell may hand over any bytes
	found = bundle.records(f"{_LOT} WHERE l.name = $text", wanted)
	found = found or bundle.records(
		f"{_LOT} WHERE upper(l.lot_number) = upper($text) ORDER BY l.name", wanted
	)
	if not found:
		raise BundleError("unknown_lot", f"No lot of {bundle.folder} has the name or lot number {text!r}.")
	if len(found) > 1:
		choices = ", ".join(f"{lot['name']} ({joined(lot['inn'], lot['strength'])})" for lot in found)
		raise BundleError("ambiguous_lot", f"Several lots have the number {text!r}; name one of: {choices}.")
	return found[0]


def flows(bundle: Bundle, lot: str, as_of: datetime | None = None) -> list[trace.Flow]:
	"""The movements of a lot, posted up to `as_of`, summed as `domain.trace` takes them."""
	return [trace.Flow(*row) for row in bundle.rows(_FLOWS, {"lot": lot, "as_of": as_of})]


def trace_lot(bundle: Bundle, text: str, as_of: datetime | None = None) -> Traced:
	"""The trace of a lot by name or lot number, all of it or up to a moment.

	:raises BundleError: as `find_lot`, and as `refuse_unsound`.
	"""
	lot = find_lot(bundle, text)
	refuse_unsound(bundle, lot["name"])
	graph = trace.build(flows(bundle, lot["name"], as_of))
	places = {row.pop("id"): row for row in bundle.records(_PLACES)}
	return Traced(lot, graph, {node: places[node] for node in graph.nodes if node in places})
