"""Where a lot has been and who holds it: the graph from import to the present holders, one query per step."""

from collections.abc import Collection
from datetime import datetime

import frappe
from frappe.utils import getdate

from healthcare_erp.domain import gs1, trace
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.moments import FIRST_MOMENT
from healthcare_erp.domain.tradability import effective_status
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.exceptions import named_errors
from healthcare_erp.permissions import outside_scope, stock_movement_conditions

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
HAVING units <> 0"""

_FACILITIES = """SELECT CONCAT(%(facility_type)s, ':', facility.name) AS id, facility.name, facility.facility_name AS label,
	facility.{kind} AS kind, facility.status, facility.warehouse, province.level_name AS province
FROM `tab{facility_type}` facility
LEFT JOIN `tabAdministrative Level` place ON place.name = facility.administrative_level
LEFT JOIN `tabAdministrative Level` province
	ON province.level = 'Province' AND province.lft <= place.lft AND province.rgt >= place.rgt
WHERE facility.name IN %(names)s"""

_KIND = dict(zip(FACILITY_TYPES, ("pharmacy_type", "public_facility_type"), strict=True))

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


@named_errors()
def find_lot(code: str) -> str:
	"""The National Lot that a text means: its name, its Batch, its lot number, or a GS1 code with GTIN and lot.

	:raises UnknownLotError, InvalidRequestError (several medicines have that lot number), UnreadableCodeError:
	"""
	code = (code or "").strip()
	if name := frappe.db.exists("National Lot", code):
		return name
	choices = _lots_by(batch=code) or _lots_by(lot_number=code.upper()) or _lots_by_scan(code)
	if len(choices) > 1:
		raise DomainError("ambiguous_lot", lot=code, choices=choices)
	if not choices:
		raise DomainError("unknown_lot", lot=code)
	return choices[0]


@named_errors()
def get_trace(
	lot: str, facility: str | None = None, direction: str = "both", as_of: datetime | None = None
) -> dict:
	"""The trace of a lot inside the user's scope.

	:param facility: node id (`Pharmacy:PHA-00001`) to walk from; the whole graph if left out.
	:param direction: `forward` (whom did it reach), `backward` (whence), `both`.
	:param as_of: only movements posted up to this time.
	:returns: `{lot, as_of, nodes, edges, holders, totals}` as docs/api.md shows; quantities in units.
	"""
	if direction not in DIRECTIONS:
		problem = frappe._("Direction is one of: {0}.").format(", ".join(DIRECTIONS))
		raise DomainError("invalid_request", problem=problem)
	graph = trace.build(_flows(lot, as_of))
	if facility:
		graph = graph.walk(facility, direction)
	facilities = facilities_of(graph.nodes)
	edges = [_edge(edge, facilities) for edge in graph.edges]
	return {
		"lot": _lot(lot),
		"as_of": as_of,
		"nodes": [_node(node, facilities) for node in graph.nodes.values()],
		"edges": edges,
		"holders": _holders(graph, facilities),
		"totals": _totals(graph) | {"unconfirmed": sum(max(edge["unconfirmed"], 0) for edge in edges)},
	}


def _flows(lot: str, as_of: datetime | None) -> list[trace.Flow]:
	query = _FLOWS.format(scope=stock_movement_conditions() or "1 = 1")
	rows = frappe.db.sql(query, {"lot": lot, "as_of": as_of})
	return [trace.Flow(*row[:3], int(row[3]), *row[4:]) for row in rows]


def _lots_by(**filters) -> list[str]:
	return frappe.get_all("National Lot", filters=filters, pluck="name", limit=5, order_by="name")


def _lots_by_scan(code: str) -> list[str]:
	try:
		scanned = gs1.parse(code, getdate())
	except DomainError:
		return []
	for reading in (scanned, *scanned.alternatives):
		medicine = frappe.db.get_value("National Medicine", {"gtin": reading.gtin}) if reading.gtin else None
		lots = (
			_lots_by(national_medicine=medicine, lot_number=(reading.lot_number or "").upper())
			if medicine
			else []
		)
		if lots:
			return lots
	return []


def facilities_of(nodes: Collection[str]) -> dict[str, dict]:
	"""Node id -> `{name, label, kind, status, warehouse, province, hidden}` of the facilities among the nodes.

	`hidden` says that the facility lies outside the user's scope.
	"""
	found = {}
	for facility_type, kind in _KIND.items():
		names = [node.split(":", 1)[1] for node in nodes if node.startswith(f"{facility_type}:")]
		if names:
			query = _FACILITIES.format(facility_type=facility_type, kind=kind)
			rows = frappe.db.sql(query, {"names": names, "facility_type": facility_type}, as_dict=True)
			found |= {row.id: row for row in rows}
	hidden = set(outside_scope({row.warehouse for row in found.values() if row.warehouse}))
	for row in found.values():
		row.hidden = row.warehouse in hidden
	return found


def _lot(name: str) -> dict:
	lot = frappe.db.get_value("National Lot", name, _LOT_FIELDS, as_dict=True)
	medicine_fields = [
		"brand_name",
		"inn",
		"strength",
		"dosage_form",
		"atc_code",
		"status as medicine_status",
	]
	lot.update(frappe.db.get_value("National Medicine", lot.national_medicine, medicine_fields, as_dict=True))
	lot.status = str(effective_status(lot.status, lot.expiry_date, getdate()))
	return lot


def _node(node: trace.Node, facilities: dict[str, dict]) -> dict:
	facility = facilities.get(node.id, {})
	facility_type, _colon, name = node.id.partition(":")
	outside = trace.is_outside(node.id)
	return {
		"id": node.id,
		"outside": outside,
		"facility_type": None if outside else facility_type,
		"facility": None if outside else name,
		"label": facility.get("label") or name,
		"kind": facility.get("kind"),
		"status": facility.get("status"),
		"province": facility.get("province"),
		"quantity_in": node.quantity_in,
		"quantity_out": node.quantity_out,
		"on_hand": 0 if outside else node.on_hand,
	}


def _edge(edge: trace.Edge, facilities: dict[str, dict]) -> dict:
	"""(An end outside the user's scope is not seen to confirm: that is no doubt about the units.)"""
	half_seen = any(facilities.get(end, {}).get("hidden") for end in (edge.source, edge.target))
	doctype, _colon, name = (edge.document or "").partition(":")
	return {
		"source": edge.source,
		"target": edge.target,
		"kind": edge.kind,
		"quantity": edge.quantity,
		"sent": edge.sent,
		"received": edge.received,
		"unconfirmed": 0 if half_seen else edge.unconfirmed,
		"movements": edge.movements,
		"first_at": edge.first_at,
		"last_at": edge.last_at,
		"document_type": doctype or None,
		"document": name or None,
	}


def _holders(graph: trace.Graph, facilities: dict[str, dict]) -> list[dict]:
	"""Who holds it now, by province, most units first."""
	provinces: dict[str, dict] = {}
	for node in graph.holders():
		province = facilities.get(node.id, {}).get("province") or ""
		group = provinces.setdefault(province, {"province": province, "quantity": 0, "facilities": []})
		group["quantity"] += node.on_hand
		shown = _node(node, facilities)
		group["facilities"].append({key: shown[key] for key in ("id", "label", "kind", "on_hand")})
	return sorted(provinces.values(), key=lambda group: -group["quantity"])


def _totals(graph: trace.Graph) -> dict:
	outside = {node.id: node for node in graph.nodes.values() if trace.is_outside(node.id)}
	empty = trace.Node("")
	return {
		"imported": outside.get(trace.ORIGIN, empty).quantity_out,
		"dispensed": outside.get(trace.PATIENTS, empty).quantity_in
		- outside.get(trace.PATIENTS, empty).quantity_out,
		"destroyed": outside.get(trace.DESTROYED, empty).quantity_in,
		"on_hand": sum(node.on_hand for node in graph.holders()),
	}
