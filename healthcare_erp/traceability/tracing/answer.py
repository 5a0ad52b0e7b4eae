"""Where a lot has been and who holds it, as the user may see it: the graph from import to the present holders.

Of a place outside the user's scope the trace says what a stranger may know (name, code, commune, standing), and that
its stock is not visible; never a quantity, balance or document of its own.
"""

from datetime import datetime

import frappe
from frappe.utils import getdate

from healthcare_erp.core import visible_part
from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.core.permissions import is_national, stock_movement_conditions
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.traceability import trace
from healthcare_erp.domain.traceability.tradability import effective_status
from healthcare_erp.domain.values.moments import FIRST_MOMENT
from healthcare_erp.traceability.tracing.places import facilities_of, writers_of

DIRECTIONS = ("forward", "backward", "both")

# A time that no calendar has (a row that was planted by SQL) is the first one: Frappe would read it as nothing.
_FIRST = f"TIMESTAMP'{FIRST_MOMENT}'"
POSTED = f"IF(posting_datetime > {_FIRST}, posting_datetime, {_FIRST})"
# A reversal counts against the movement that it undoes: same type, counterparty and document, less.
_FLOWS = f"""SELECT CONCAT(facility_type, ':', facility), movement_type,
	IF(reversal_of IS NULL, direction, IF(direction = 'In', 'Out', 'In')) AS way,
	SUM(IF(reversal_of IS NULL, quantity, -quantity)) AS units, COUNT(*), MIN({POSTED}), MAX({POSTED}),
	IF(counterparty IS NULL, NULL, CONCAT(counterparty_type, ':', counterparty)),
	IF(reference_name IS NULL, NULL, CONCAT(reference_doctype, ':', reference_name))
FROM `tabStock Movement`
WHERE national_lot = %(lot)s AND (%(as_of)s IS NULL OR posting_datetime <= %(as_of)s) AND {{scope}}
GROUP BY facility_type, facility, movement_type, way, counterparty_type, counterparty, reference_doctype, reference_name
HAVING units <> 0"""  # nosec B608 # constants only

_LOT_FIELDS = (
	"name",
	"lot_number",
	"national_medicine",
	"medicine_title",
	"gtin",
	"status",
	"status_reason",
	"manufacture_date",
	"expiry_date",
	"quantity_imported",
	"importer",
	"batch",
)
_MEDICINE_FIELDS = ("brand_name", "inn", "strength", "dosage_form", "atc_code", "status as medicine_status")
_AMOUNTS = ("quantity_in", "quantity_out", "on_hand")


@named_errors()
def get_trace(
	lot: str, facility: str | None = None, direction: str = "both", as_of: datetime | None = None
) -> dict:
	"""The trace of a lot inside the user's scope.

	:param facility: node id (`Pharmacy:PHA-00001`) to walk from; the whole graph if left out.
	:param direction: `forward` (whom did it reach), `backward` (whence), `both`.
	:param as_of: only movements posted up to this time.
	:returns: `{lot, as_of, scope, nodes, edges, holders, totals}` as docs/api.md shows; quantities in units.
	"""
	if direction not in DIRECTIONS:
		problem = frappe._("Direction is one of: {0}.").format(", ".join(DIRECTIONS))
		raise DomainError("invalid_request", problem=problem)
	graph = trace.build(_flows(lot, as_of))
	view = View(graph, lot, as_of)
	shown = graph.walk(facility, direction) if facility else graph
	return {
		"lot": _lot(lot),
		"as_of": as_of,
		"scope": view.scope,
		"nodes": [view.node(node) for node in shown.nodes.values()],
		"edges": [view.edge(edge) for edge in shown.edges],
		"holders": view.holders(shown),
		"totals": view.totals(shown),
	}


def _flows(lot: str, as_of: datetime | None) -> list[trace.Flow]:
	query = _FLOWS.format(scope=stock_movement_conditions() or "1 = 1")
	rows = frappe.db.sql(query, {"lot": lot, "as_of": as_of})
	return [trace.Flow(*row[:3], int(row[3]), *row[4:]) for row in rows]


def _lot(name: str) -> dict:
	lot = frappe.db.get_value("National Lot", name, _LOT_FIELDS, as_dict=True)
	lot.update(
		frappe.db.get_value("National Medicine", lot.national_medicine, _MEDICINE_FIELDS, as_dict=True)
	)
	lot.status = str(effective_status(lot.status, lot.expiry_date, getdate()))
	return lot


class View:
	"""A graph as the user may see it."""

	def __init__(self, graph: trace.Graph, lot: str, as_of: datetime | None):
		self.graph = graph
		named = {node for node in graph.nodes if not trace.is_outside(node)}
		places = named if is_national() else named | set(writers_of(lot, as_of))
		self.facilities = facilities_of(places)
		self.hidden = {node for node in places if self._is_hidden(node)}
		self.whole = not self.hidden
		self.scope = visible_part.describe(len(places), len(places - self.hidden))
		if visible_part.sees_nothing(self.scope):
			self.scope["places"] = None

	def _is_hidden(self, node: str) -> bool:
		facility = self.facilities.get(node)
		return facility.hidden if facility else not is_national()

	def node(self, node: trace.Node) -> dict:
		facility = self.facilities.get(node.id, {})
		facility_type, _colon, name = node.id.partition(":")
		outside, visible = trace.is_outside(node.id), node.id not in self.hidden
		amounts = (node.quantity_in, node.quantity_out, 0 if outside else node.on_hand)
		return {
			"id": node.id,
			"outside": outside,
			"visible": visible,
			"facility_type": None if outside else facility_type,
			"facility": None if outside else name,
			"label": facility.get("label") or name,
			"kind": facility.get("kind") if visible else None,
			"status": facility.get("status"),
			"commune": facility.get("commune"),
			"province": facility.get("province"),
		} | dict(zip(_AMOUNTS, amounts if visible else (None,) * 3, strict=True))

	def edge(self, edge: trace.Edge) -> dict:
		return edge.as_answer() | ({"unconfirmed": None} if self._half_seen(edge) else {})

	def _half_seen(self, edge: trace.Edge) -> bool:
		"""An end that one may not see is not seen to confirm; an unnamed one may be among those."""
		unnamed = edge.from_nobody or edge.under_way
		return bool({edge.source, edge.target} & self.hidden) or (unnamed and not self.whole)

	def holders(self, shown: trace.Graph) -> list[dict]:
		"""Who holds it now, by province, most units first."""
		provinces: dict[str, dict] = {}
		for node in shown.holders():
			place = self.node(node)
			province = place["province"] or ""
			group = provinces.setdefault(province, {"province": province, "quantity": 0, "facilities": []})
			group["quantity"] += node.on_hand
			group["facilities"].append({key: place[key] for key in ("id", "label", "kind", "on_hand")})
		return sorted(provinces.values(), key=lambda group: -group["quantity"])

	def totals(self, shown: trace.Graph) -> dict[str, int | None]:
		"""The account of what is shown and visible; without any scope nothing is known, not even a zero."""
		account = trace.totals(self.graph, shown.nodes.keys() - self.hidden, self.whole)
		if visible_part.sees_nothing(self.scope):
			return dict.fromkeys(account)
		return account
