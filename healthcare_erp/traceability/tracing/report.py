"""A trace as a table (CSV) and as a page to print, in the reader's language."""

import csv
import io

import frappe
from frappe import _, _lt
from frappe.utils import now_datetime

from healthcare_erp.domain.traceability import trace as graph
from healthcare_erp.domain.traceability.trace import CORRECTIONS, DESTROYED, ELSEWHERE, ORIGIN, PATIENTS
from healthcare_erp.domain.traceability.trace.account import SOURCES, USES

TEMPLATE = "healthcare_erp/templates/trace_report.html"
PRINTED_FLOWS = 1_000  # the largest; all of them are in the CSV
PDF_OPTIONS = {"footer-right": "[page] / [topage]", "footer-font-size": "8", "margin-bottom": "15mm"}

_OUTSIDE = {
	ORIGIN: _lt("Import"),
	PATIENTS: _lt("Patients"),
	DESTROYED: _lt("Destroyed"),
	CORRECTIONS: _lt("Corrections"),
	ELSEWHERE: _lt("Unnamed party"),
}
_EDGE_FIELDS = (
	"source",
	"target",
	"kind",
	"document",
	"movements",
	"first_at",
	"last_at",
	"sent",
	"received",
)
_TERMS = {
	"imported": _lt("Imported"),
	"corrections_in": _lt("Corrections in"),
	"from_others": _lt("From other places"),
	"unsent": _lt("Received, never sent"),
	"overdrawn": _lt("Given out before it came in"),
	"dispensed": _lt("Dispensed"),
	"destroyed": _lt("Destroyed"),
	"corrections_out": _lt("Corrections out"),
	"returned_abroad": _lt("Returned abroad"),
	"to_others": _lt("To other places"),
	"under_way": _lt("On the way"),
	"unconfirmed": _lt("Unconfirmed"),
	"on_hand": _lt("On hand"),
}
_ALWAYS_SHOWN = ("imported", "dispensed", "destroyed", "unconfirmed", "on_hand")
_ALARMS = ("unsent", "overdrawn", "unconfirmed")
_HIDDEN = _lt("not visible to you")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(trace: dict) -> str:
	"""One line per flow, oldest first, under translated headings; of a part the last line says which.

	:param trace: as `tracing.get_trace` returns it.
	"""
	nodes = {node["id"]: node for node in trace["nodes"]}
	file = io.StringIO()
	writer = csv.writer(file)
	writer.writerow(_headings())
	for edge in trace["edges"]:
		writer.writerow([_cell(value) for value in _line(trace["lot"], edge, nodes)])
	if trace["scope"]["text"]:
		writer.writerow([_cell(trace["scope"]["text"])])
	return "\ufeff" + file.getvalue()


def html(trace: dict) -> str:
	"""The page to print. Flows are summed over their documents; the `PRINTED_FLOWS` largest are shown."""
	flows = _summed(trace)
	context = {
		"lot": trace["lot"],
		"as_of": trace["as_of"],
		"printed_at": now_datetime(),
		"printed_by": frappe.utils.get_fullname(),
		"scope": trace["scope"],
		"account": [_terms(trace["totals"], side) for side in (SOURCES, USES)],
		"holders": trace["holders"],
		"flows": flows[:PRINTED_FLOWS],
		"flow_count": len(flows),
	}
	return frappe.render_template(TEMPLATE, context)


def _terms(totals: dict, side: tuple[str, ...]) -> list[dict]:
	"""One side of the account: `[{label, units, alarm}]`, without the terms that few lots have where they are zero."""
	return [
		{"label": _TERMS[term], "units": totals[term], "alarm": bool(totals[term]) and term in _ALARMS}
		for term in side
		if totals[term] or term in _ALWAYS_SHOWN
	]


def _headings() -> list[str]:
	return [
		_("Medicine"),
		_("Lot"),
		_("From"),
		_("From (ID)"),
		_("From (Province)"),
		_("To"),
		_("To (ID)"),
		_("To (Province)"),
		_("Type"),
		_("Quantity"),
		_("Sent"),
		_("Received"),
		_("Unconfirmed"),
		_("Movements"),
		_("First"),
		_("Last"),
		_("Document Type"),
		_("Document"),
	]


def _line(lot: dict, edge: dict, nodes: dict[str, dict]) -> list:
	ends = [part for end in ("source", "target") for part in _end(nodes[edge[end]])]
	sent, received, unconfirmed = _amounts(edge, nodes)
	amounts = [edge["quantity"], sent, received, unconfirmed, edge["movements"]]
	document = [_(edge["document_type"] or ""), edge["document"]]
	return [
		lot["medicine_title"],
		lot["lot_number"],
		*ends,
		_(edge["kind"]),
		*amounts,
		edge["first_at"],
		edge["last_at"],
		*document,
	]


def _amounts(edge: dict, nodes: dict[str, dict]) -> list:
	"""What each end wrote and on how much they disagree; in words where the reader may not see it."""
	hidden = str(_HIDDEN)
	sent = edge["sent"] if nodes[edge["source"]]["visible"] else hidden
	received = edge["received"] if nodes[edge["target"]]["visible"] else hidden
	return [sent, received, hidden if edge["unconfirmed"] is None else edge["unconfirmed"]]


def _end(node: dict) -> list[str | None]:
	return [_label(node), node["facility"], node["province"]]


def _label(node: dict) -> str:
	outside = _OUTSIDE.get(node["id"])
	return str(outside) if outside else node["label"]


def _cell(value):
	"""A cell that no spreadsheet takes for a formula."""
	if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
		return f"'{value}"
	return value


def _summed(trace: dict) -> list[dict]:
	"""(What is unconfirmed is taken from the trace, which knows which ends the reader cannot see.)"""
	nodes = {node["id"]: node for node in trace["nodes"]}
	unconfirmed = _unconfirmed(trace["edges"])
	edges = graph.collapse(graph.Edge(**{key: edge[key] for key in _EDGE_FIELDS}) for edge in trace["edges"])
	edges.sort(key=lambda edge: -edge.quantity)
	return [_flow(edge, unconfirmed[(edge.source, edge.target, edge.kind)], nodes) for edge in edges]


def _unconfirmed(edges: list[dict]) -> dict[tuple, int | None]:
	found: dict[tuple, int | None] = {}
	for edge in edges:
		key = (edge["source"], edge["target"], edge["kind"])
		known = found.get(key, 0)
		unseen = known is None or edge["unconfirmed"] is None
		found[key] = None if unseen else known + edge["unconfirmed"]
	return found


def _flow(edge: graph.Edge, unconfirmed: int | None, nodes: dict[str, dict]) -> dict:
	ends = {"source": edge.source, "target": edge.target}
	amounts = ends | {"sent": edge.sent, "received": edge.received, "unconfirmed": unconfirmed}
	return {
		"from": _label(nodes[edge.source]),
		"to": _label(nodes[edge.target]),
		"kind": _(edge.kind),
		"amounts": _amounts(amounts, nodes),
		"doubtful": bool(unconfirmed),
		"first_at": edge.first_at,
		"last_at": edge.last_at,
	}
