"""What a verified ledger still tells an inspector: ends that do not agree, stock from nowhere, prices too high."""

from healthcare_erp.domain.traceability import trace

from .read import Bundle

# Flows of lots between two facilities whose totals differ; where the totals are equal, all transfers agree. Goods
# that were sent without a receiver's name may be what such a receiver names.
# A reversal counts against the movement that it undoes: same type, counterparty and document, less.
_DOUBTFUL = """
WITH ends AS (
	SELECT national_lot AS lot, facility_type || ':' || facility AS node, movement_type,
		CASE WHEN reversal_of IS NULL THEN direction WHEN direction = 'In' THEN 'Out' ELSE 'In' END AS way,
		CASE WHEN reversal_of IS NULL THEN quantity ELSE -quantity END AS units, posting_datetime,
		counterparty_type || ':' || counterparty AS partner,
		reference_doctype || ':' || reference_name AS document,
		CASE way WHEN 'Out' THEN node ELSE partner END AS sender,
		CASE way WHEN 'Out' THEN partner ELSE node END AS receiver,
		CASE WHEN movement_type IN ('B2B In', 'B2B Out') THEN 'Transfer' ELSE movement_type END AS kind
	FROM movements WHERE counterparty IS NOT NULL OR movement_type = 'B2B Out'),
pairs AS (
	SELECT lot, sender, receiver, kind FROM ends
	GROUP BY ALL HAVING sum(CASE way WHEN 'Out' THEN units ELSE -units END) <> 0)
SELECT lot, node, movement_type, way, sum(units)::BIGINT, count(*), min(posting_datetime), max(posting_datetime),
	partner, document
FROM ends WHERE (lot, sender, receiver, kind) IN (SELECT (lot, sender, receiver, kind) FROM pairs)
	OR receiver IS NULL AND lot IN (SELECT lot FROM pairs WHERE receiver IS NOT NULL)
GROUP BY ALL HAVING sum(units) <> 0 ORDER BY lot"""

# Stock counts found more units of a lot at a facility than had ever arrived there; reversals are undone.
_FROM_NOWHERE = """
WITH counted AS (
	SELECT national_lot AS lot, facility_type || ':' || facility AS facility, movement_type, direction, reversal_of,
		CASE direction WHEN 'In' THEN quantity ELSE -quantity END AS units, posting_datetime
	FROM movements)
SELECT lot, facility, sum(units) FILTER (movement_type = 'Adjustment')::BIGINT AS found,
	coalesce(-sum(units) FILTER (movement_type = 'Sale'), 0)::BIGINT AS sold, min(posting_datetime) AS first_at
FROM counted GROUP BY lot, facility
HAVING found > coalesce(sum(units) FILTER (movement_type IN ('Import', 'B2B In')
	OR movement_type = 'Return' AND (direction = 'In') = (reversal_of IS NULL)), 0)
ORDER BY found DESC, lot, facility"""

_OVERPRICED = """
SELECT facility_type || ':' || facility AS facility, count(*) AS sales,
	max(unit_price / authorised_price - 1)::DOUBLE AS over
FROM movements JOIN medicines ON medicines.name = national_medicine
WHERE movement_type = 'Sale' AND authorised_price > 0 AND unit_price > authorised_price
GROUP BY ALL ORDER BY sales DESC, facility"""


def disagreeing_transfers(bundle: Bundle) -> list[dict]:
	"""Transfers and returns of which one end wrote more than the other, the largest difference first."""
	flows = ((lot, trace.Flow(*flow)) for lot, *flow in bundle.rows(_DOUBTFUL))
	found = [_transfer(lot, edge) for lot, edge in trace.disagreeing(flows)]
	return sorted(found, key=lambda row: (-abs(row["sent"] - row["received"]), row["lot"], row["document"]))


def _transfer(lot: str, edge: trace.Edge) -> dict:
	return {
		"lot": lot,
		"kind": edge.kind,
		"document": (edge.document or "").partition(":")[2],
		"sender": edge.source,
		"receiver": edge.target,
		"sent": edge.sent or 0,
		"received": edge.received or 0,
		"first_at": edge.first_at,
	}


def stock_from_nowhere(bundle: Bundle) -> list[dict]:
	"""Lots of which a stock count found more than had ever arrived."""
	return bundle.records(_FROM_NOWHERE)


def overpriced_sales(bundle: Bundle) -> list[dict]:
	"""Facilities that sold above the authorised price: how often, and by how much at most (0.2 = 20 %)."""
	return bundle.records(_OVERPRICED)
