"""What a verified ledger still tells an inspector: ends that do not agree, stock from nowhere, prices too high."""

from .read import Bundle

_DISAGREEING = """
WITH ends AS (
	SELECT national_lot, movement_type = 'Return' AS returned, reference_name,
		CASE WHEN (direction = 'In') = (reversal_of IS NULL) THEN 'In' ELSE 'Out' END AS way,
		facility, facility_type, counterparty, counterparty_type,
		CASE WHEN reversal_of IS NULL THEN quantity ELSE -quantity END AS units, posting_datetime
	FROM movements WHERE counterparty IS NOT NULL AND movement_type IN ('B2B In', 'B2B Out', 'Return'))
SELECT national_lot AS lot, CASE WHEN returned THEN 'Return' ELSE 'Transfer' END AS kind, reference_name AS document,
	CASE way WHEN 'Out' THEN facility_type || ':' || facility ELSE counterparty_type || ':' || counterparty END AS sender,
	CASE way WHEN 'In' THEN facility_type || ':' || facility ELSE counterparty_type || ':' || counterparty END AS receiver,
	coalesce(sum(units) FILTER (way = 'Out'), 0)::BIGINT AS sent,
	coalesce(sum(units) FILTER (way = 'In'), 0)::BIGINT AS received, min(posting_datetime) AS first_at
FROM ends GROUP BY ALL HAVING sent <> received ORDER BY abs(sent - received) DESC, lot, document"""

# A facility "found" more units of a lot than had ever arrived there.
_FROM_NOWHERE = """
SELECT national_lot AS lot, facility_type || ':' || facility AS facility,
	sum(quantity) FILTER (movement_type = 'Adjustment' AND direction = 'In')::BIGINT AS found,
	coalesce(sum(quantity) FILTER (movement_type = 'Sale'), 0)::BIGINT AS sold,
	min(posting_datetime) AS first_at
FROM movements GROUP BY ALL
HAVING found > coalesce(sum(quantity) FILTER (movement_type IN ('Import', 'B2B In', 'Return') AND direction = 'In'), 0)
ORDER BY found DESC, lot, facility"""

_OVERPRICED = """
SELECT facility_type || ':' || facility AS facility, count(*) AS sales,
	max(unit_price / authorised_price - 1)::DOUBLE AS over
FROM movements JOIN medicines ON medicines.name = national_medicine
WHERE movement_type = 'Sale' AND authorised_price > 0 AND unit_price > authorised_price
GROUP BY ALL ORDER BY sales DESC, facility"""


def disagreeing_transfers(bundle: Bundle) -> list[dict]:
	"""Transfers and returns whose ends wrote different quantities, the largest difference first."""
	return bundle.records(_DISAGREEING)


def stock_from_nowhere(bundle: Bundle) -> list[dict]:
	"""Lots of which a stock count found more than had ever arrived."""
	return bundle.records(_FROM_NOWHERE)


def overpriced_sales(bundle: Bundle) -> list[dict]:
	"""Facilities that sold above the authorised price: how often, and by how much at most (0.2 = 20 %)."""
	return bundle.records(_OVERPRICED)
