"""A trace as a table (CSV) and as a page to print, in the reader's language."""

import csv
import io
from collections import Counter

import frappe
from frappe import _, _lt
from frappe.utils import now_datetime

from healthcare_erp.domain import trace as graph
from healthcare_erp.domain.trace import CORRECTIONS, DESTROYED, ELSEWHERE, ORIGIN, PATIENTS

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
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(trace: dict) -> str:
	"""One line per flow, oldest first, under translated headings.

	:param trace: as `tracing.get_trace` returns it.
	"""
	nodes = {node["id"]: node for node in trace["nodes"]}
	file = io.StringIO()
	writer = csv.writer(file)
	writer.writerow(_headings())
	for edge in trace["edges"]:
		writer.writerow([_cell(value) for value in _line(trace["lot"], edge, nodes)])
	return "\ufeff" + file.getvalue()


def html(trace: dict) -> str:
	"""The page to print. Flows are summed over their documents; the `PRINTED_FLOWS` largest are shown."""
	flows = _summed(trace)
	context = {
		"lot": trace["lot"],
		"as_of": trace["as_of"],
		"printed_at": now_datetime(),
		"printed_by": frappe.utils.get_fullname(),
		"totals": trace["totals"],
		"holders": trace["holders"],
		"flows": flows[:PRINTED_FLOWS],
		"flow_count": len(flows),
	}
	return frappe.render_template(TEMPLATE, context)


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
	amounts = [edge[key] for key in ("quantity", "sent", "received", "unconfirmed", "movements")]
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
	labels = {node["id"]: _label(node) for node in trace["nodes"]}
	unconfirmed: Counter = Counter()
	for edge in trace["edges"]:
		unconfirmed[(edge["source"], edge["target"], edge["kind"])] += edge["unconfirmed"]
	edges = graph.collapse(graph.Edge(**{key: edge[key] for key in _EDGE_FIELDS}) for edge in trace["edges"])
	edges.sort(key=lambda edge: -edge.quantity)
	return [
		{
			"from": labels[edge.source],
			"to": labels[edge.target],
			"edge": edge,
			"kind": _(edge.kind),
			"unconfirmed": unconfirmed[(edge.source, edge.target, edge.kind)],
		}
		for edge in edges
	]
