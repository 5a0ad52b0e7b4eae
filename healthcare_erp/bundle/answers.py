"""The tool's answers as plain data, in the shapes that a site's API gives."""

from datetime import date, datetime

from healthcare_erp.domain.traceability import trace

from .holdings import holders
from .output import text
from .tracing import Traced
from .verification import Verdict


def as_json(answer: object) -> str:
	"""Indented JSON; moments and dates in ISO 8601."""
	return text.as_json(answer, default=_plain)


def verdict(found: Verdict) -> dict:
	"""`{clean, movements, positions, counts: {code: n}, defects: [{code, subject, ...}]}`."""
	return {
		"clean": found.clean,
		"movements": found.movements,
		"positions": found.positions,
		"counts": found.counts,
		"defects": [{"code": d.code, "subject": d.subject, **d.detail} for d in found.defects],
	}


def traced(found: Traced, as_of: datetime | None) -> dict:
	"""`{lot, as_of, scope, nodes, edges, holders, totals}`; quantities in units."""
	return {
		"lot": found.lot,
		"as_of": as_of,
		"scope": _scope(found),
		"nodes": [_node(found, node) for node in found.graph.nodes.values()],
		"edges": [edge.as_answer() for edge in found.graph.edges],
		"holders": holders(found),
		"totals": found.totals,
	}


def _scope(found: Traced) -> dict:
	"""A bundle hides nothing."""
	places = sum(not trace.is_outside(node) for node in found.graph.nodes)
	return {"all": True, "granted": [], "places": places, "visible_places": places, "text": None}


def _node(found: Traced, node: trace.Node) -> dict:
	outside = trace.is_outside(node.id)
	return {
		"id": node.id,
		"outside": outside,
		"visible": True,
		"label": found.label(node.id),
		"kind": None if outside else found.kind(node.id),
		"province": None if outside else found.province(node.id),
		"quantity_in": node.quantity_in,
		"quantity_out": node.quantity_out,
		"on_hand": 0 if outside else node.on_hand,
	}


def _plain(value: date | datetime) -> str:
	return value.isoformat()
