"""Who holds what: holders of a lot by province, and lots that are about to expire."""

from datetime import date, datetime, time, timedelta

from .opening.sound import refuse_unsound
from .read import Bundle
from .tracing import Traced

_EXPIRING = """
SELECT l.name AS lot, l.lot_number, m.inn, m.strength, l.expiry_date, l.status,
	(l.expiry_date - $on)::INTEGER AS days, sum(held.units)::BIGINT AS on_hand, count(*) AS facilities
FROM lots l JOIN medicines m ON m.name = l.national_medicine JOIN (
	SELECT national_lot, facility_type, facility, sum(CASE direction WHEN 'In' THEN quantity ELSE -quantity END) AS units
	FROM movements JOIN lots ON lots.name = national_lot
	WHERE lots.expiry_date BETWEEN $on AND $until AND creation <= $end
	GROUP BY ALL HAVING units > 0) held ON held.national_lot = l.name
GROUP BY ALL ORDER BY l.expiry_date, l.name"""


def holders(traced: Traced) -> list[dict]:
	"""Who has units of the lot, by province, most first: `{province, quantity, facilities: [...]}`."""
	provinces: dict[str, dict] = {}
	for node in traced.graph.holders():
		name = traced.province(node.id)
		group = provinces.setdefault(name, {"province": name, "quantity": 0, "facilities": []})
		group["quantity"] += node.on_hand
		place = traced.places.get(node.id, {})
		group["facilities"].append(
			{
				"id": node.id,
				"label": traced.label(node.id),
				"kind": traced.kind(node.id),
				"commune": place.get("commune"),
				"on_hand": node.on_hand,
			}
		)
	return sorted(provinces.values(), key=lambda group: (-group["quantity"], group["province"]))


def last_day(bundle: Bundle) -> date | None:
	"""The day of the last movement: the "today" of a bundle."""
	latest = bundle.rows("SELECT max(posting_datetime) FROM movements")[0][0]
	return latest.date() if latest else None


def expiring(bundle: Bundle, on: date, within: int) -> list[dict]:
	"""Lots with stock at the end of the day `on` that expire in at most `within` days, soonest first.

	:returns: dicts of lot, lot_number, inn, strength, expiry_date, status, days, on_hand (units), facilities.
	:raises BundleError: as `refuse_unsound`.
	"""
	refuse_unsound(bundle)
	until = on + timedelta(min(within, (date.max - on).days))
	return bundle.records(_EXPIRING, {"on": on, "until": until, "end": datetime.combine(on, time.max)})
