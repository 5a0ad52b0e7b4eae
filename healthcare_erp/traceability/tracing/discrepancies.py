"""Transfers whose ends do not agree, over many lots at once. Read-only, inside the user's scope."""

from collections.abc import Collection, Iterator

import frappe

from healthcare_erp.core.permissions import query_conditions, stock_movement_conditions
from healthcare_erp.domain.traceability import trace
from healthcare_erp.traceability import tracing

_NODE = "CONCAT(facility_type, ':', facility)"
_PARTNER = "CONCAT(counterparty_type, ':', counterparty)"
_OUTWARD = "(direction = 'Out') = (reversal_of IS NULL)"  # a reversal counts against what it undoes

# Lots with two facilities whose totals differ. Where the totals are equal, all transfers between them agree.
_DOUBTFUL_LOTS = f"""SELECT DISTINCT national_lot FROM (
	SELECT national_lot, IF({_OUTWARD}, {_NODE}, {_PARTNER}) AS sender, IF({_OUTWARD}, {_PARTNER}, {_NODE}) AS receiver,
		IF(movement_type IN ('B2B In', 'B2B Out'), 'Transfer', movement_type) AS kind
	FROM `tabStock Movement` WHERE counterparty IS NOT NULL AND {{scope}}
	GROUP BY national_lot, sender, receiver, kind
	HAVING SUM(IF(direction = 'Out', quantity, -quantity)) <> 0) pair"""  # nosec B608 # constants only
_FLOWS = f"""SELECT national_lot, {_NODE}, movement_type, IF({_OUTWARD}, 'Out', 'In') AS way,
	SUM(IF(reversal_of IS NULL, quantity, -quantity)) AS units, COUNT(*), MIN({tracing.POSTED}), MAX({tracing.POSTED}),
	{_PARTNER}, IF(reference_name IS NULL, NULL, CONCAT(reference_doctype, ':', reference_name))
FROM `tabStock Movement`
WHERE (counterparty IS NOT NULL OR movement_type = 'B2B Out') AND national_lot IN %(lots)s AND {{scope}}
GROUP BY national_lot, facility_type, facility, movement_type, way, counterparty_type, counterparty,
	reference_doctype, reference_name
HAVING units <> 0 ORDER BY national_lot"""  # nosec B608 # constants only


def disagreeing_transfers(lots: Collection[str] | None = None) -> list[frappe._dict]:
	"""Transfers and returns of which one end wrote more than the other, the largest difference first.

	An end outside the user's scope is not seen to confirm: that is no doubt about the units.

	:param lots: only these; all where left out.
	:returns: `[{national_lot, edge, sender, receiver}]`: a `trace.Edge`, and its ends as `tracing.facilities_of`
		describes them.
	"""
	lots = _doubtful_lots() if lots is None else lots
	found = list(trace.disagreeing(_flows(lots))) if lots else []
	facilities = tracing.facilities_of({end for _lot, edge in found for end in (edge.source, edge.target)})
	rows = [_row(lot, edge, facilities) for lot, edge in found]
	seen = [row for row in rows if not (row.sender.hidden or row.receiver.hidden)]
	return sorted(seen, key=lambda row: (-abs(row.edge.unconfirmed), row.national_lot, row.edge.first_at))


def _row(lot: str, edge: trace.Edge, facilities: dict[str, frappe._dict]) -> frappe._dict:
	sender, receiver = (facilities.get(end) or frappe._dict(label=end) for end in (edge.source, edge.target))
	return frappe._dict(national_lot=lot, edge=edge, sender=sender, receiver=receiver)


def _doubtful_lots() -> list[str]:
	return frappe.db.sql(_DOUBTFUL_LOTS.format(scope=query_conditions() or "1 = 1"), pluck=True)


def _flows(lots: Collection[str]) -> Iterator[tuple[str, trace.Flow]]:
	query = _FLOWS.format(scope=stock_movement_conditions() or "1 = 1")
	for lot, node, movement_type, way, units, *rest in frappe.db.sql(query, {"lots": tuple(lots)}):
		yield lot, trace.Flow(node, movement_type, way, int(units), *rest)
