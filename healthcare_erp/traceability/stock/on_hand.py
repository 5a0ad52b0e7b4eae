"""Units on hand over many positions at once: by lot, facility, province. Read-only, inside the user's scope.

A position's stock is `balance_after` of its last row, found through the unique (warehouse, lot, sequence).
"""

from collections import defaultdict
from collections.abc import Collection
from hashlib import sha256

import frappe

from healthcare_erp.core.facility_directory import facilities
from healthcare_erp.core.permissions import stock_movement_conditions
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.healthcare_erp import geography

FRESH_SECONDS = 300  # the whole country's stock is read at most this often
CACHE_KEY = "healthcare_erp:units_by_warehouse"

# A look-up of each head: joining the heads as a derived table is 10 times slower on a million rows.
_POSITIONS = """SELECT position.warehouse, position.national_lot, (
		SELECT head.balance_after FROM `tabStock Movement` head
		WHERE head.warehouse = position.warehouse AND head.national_lot = position.national_lot
		ORDER BY head.position_sequence DESC LIMIT 1) AS units
	FROM (SELECT DISTINCT warehouse, national_lot FROM `tabStock Movement` WHERE {conditions}) position"""
_BY_WAREHOUSE = (
	f"SELECT warehouse, SUM(units) FROM ({_POSITIONS}) held GROUP BY warehouse HAVING SUM(units) > 0"  # nosec B608 # constants only
)
_LOTS = f"SELECT DISTINCT national_lot FROM ({_POSITIONS}) held WHERE units > 0 ORDER BY national_lot"  # nosec B608 # constants only
_TOTAL = f"SELECT COALESCE(SUM(units), 0) FROM ({_POSITIONS}) held"  # nosec B608 # constants only
_TOTALS = f"""SELECT COALESCE(SUM(units), 0) AS units, COUNT(*) AS positions, COUNT(DISTINCT national_lot) AS lots,
	COUNT(DISTINCT healthcare_facility_type, healthcare_facility) AS facilities
	FROM ({_POSITIONS}) held JOIN `tabWarehouse` owned ON owned.name = held.warehouse WHERE units > 0"""  # nosec B608 # constants only
_IMPORTED = """SELECT COALESCE(SUM(IF(direction = 'In', quantity, -quantity)), 0) FROM `tabStock Movement`
	WHERE {conditions} AND movement_type = 'Import'"""
_LARGEST = f"""SELECT warehouse, national_lot, units FROM ({_POSITIONS}) held
	WHERE units > 0 ORDER BY units DESC, warehouse, national_lot LIMIT %(limit)s"""  # nosec B608 # constants only


def positions(
	lots: Collection[str] | None = None, warehouses: Collection[str] | None = None, limit: int = 1_000_000
) -> list[frappe._dict]:
	"""Positions that hold units, most units first: `[{warehouse, national_lot, units}]`.

	:param lots, warehouses: only these; all where left out.
	"""
	return _run(_LARGEST, lots, warehouses, limit=limit, as_dict=True)


def totals(lots: Collection[str] | None = None, warehouses: Collection[str] | None = None) -> frappe._dict:
	"""How much there is of what `positions` lists, however long: `{units, positions, lots, facilities}`."""
	rows = _run(_TOTALS, lots, warehouses, as_dict=True)
	[found] = rows or [frappe._dict(units=0, positions=0, lots=0, facilities=0)]
	return found


def total_units(lots: Collection[str]) -> int:
	"""Units of these lots on hand."""
	[[units]] = _run(_TOTAL, lots) or [[0]]
	return int(units)


def imported_units(lot: str) -> int:
	"""Units of a lot whose import was recorded (an import and its reversal cancel out)."""
	[[units]] = _run(_IMPORTED, [lot])
	return int(units)


def lots_held_in(administrative_level: str) -> list[str]:
	"""The lots of which facilities in a province (or any other level) hold units, by name."""
	return [lot for (lot,) in _run(_LOTS, None, warehouses_in(administrative_level))]


def units_by_warehouse(lots: Collection[str] | None = None) -> dict[str, int]:
	"""Units on hand in each warehouse that holds any; without `lots`, at most `FRESH_SECONDS` old."""
	if lots is not None:
		return _units_by_warehouse(lots)
	key = f"{CACHE_KEY}:{sha256(stock_movement_conditions().encode()).hexdigest()}"
	known = frappe.cache.get_value(key, expires=True)
	if known is None:
		known = _units_by_warehouse()
		frappe.cache.set_value(key, known, expires_in_sec=FRESH_SECONDS)
	return known


def warehouses_in(administrative_level: str) -> list[str]:
	"""The warehouses of the facilities in a level and all below it."""
	levels = [administrative_level, *geography.descendants(administrative_level)]
	found = []
	for facility_type in FACILITY_TYPES:
		names = frappe.get_all(facility_type, {"administrative_level": ("in", levels)}, pluck="name")
		filters = {"healthcare_facility_type": facility_type, "healthcare_facility": ("in", names or [""])}
		found += frappe.get_all("Warehouse", filters, pluck="name")
	return found


def facilities_of(warehouses: Collection[str]) -> dict[str, frappe._dict]:
	"""Warehouse -> `{warehouse_type, facility_type, facility, facility_name, kind, administrative_level, province}`."""
	if not warehouses:  # an empty list would mean "not set"
		return {}
	fields = [
		"name",
		"warehouse_type",
		"healthcare_facility_type as facility_type",
		"healthcare_facility as facility",
	]
	owned = frappe.get_all("Warehouse", {"name": ("in", list(warehouses))}, fields)
	found = {}
	for facility_type in FACILITY_TYPES:
		of_type = [row for row in owned if row.facility_type == facility_type]
		known = _facilities(facility_type, {row.facility for row in of_type})
		found |= {
			row.pop("name"): frappe._dict(row, **known[row.facility])
			for row in of_type
			if row.facility in known
		}
	return found


def by_province(units: dict[str, int]) -> dict[str, frappe._dict]:
	"""Province -> `{units, facilities}` from units by warehouse, most units first."""
	totals: dict[str, frappe._dict] = defaultdict(lambda: frappe._dict(units=0, facilities=0))
	for warehouse, facility in facilities_of(units).items():
		total = totals[facility.province or ""]
		total.units += units[warehouse]
		total.facilities += 1
	return dict(sorted(totals.items(), key=lambda item: -item[1].units))


def _units_by_warehouse(lots: Collection[str] | None = None) -> dict[str, int]:
	return {warehouse: int(units) for warehouse, units in _run(_BY_WAREHOUSE, lots)}


def _run(
	query: str,
	lots: Collection[str] | None = None,
	warehouses: Collection[str] | None = None,
	limit: int | None = None,
	as_dict: bool = False,
) -> list:
	conditions = [stock_movement_conditions() or "1 = 1"]
	for column, values in (("national_lot", lots), ("warehouse", warehouses)):
		if values is not None:
			conditions.append(f"{column} IN %({column})s")
			if not values:
				return []
	given = {"national_lot": tuple(lots or ()), "warehouse": tuple(warehouses or ()), "limit": limit}
	return frappe.db.sql(query.format(conditions=" AND ".join(conditions)), given, as_dict=as_dict)


def _facilities(facility_type: str, names: Collection[str]) -> dict[str, dict]:
	shown = ("facility_name", "kind", "administrative_level", "province")
	rows = facilities(facility_type, list(names)).run(as_dict=True) if names else ()
	return {row.name: {field: row[field] for field in shown} for row in rows}
