"""What the ledger says is where: balances, movements in pages, lots to take first. Read-only."""

import frappe
from frappe.utils import getdate

from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.core.permissions import stock_movement_conditions
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.traceability.fefo import Holding, suggest
from healthcare_erp.domain.traceability.ledger import Balance, whole_quantity
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.traceability.ledger import store

PAGE_LENGTH = 100
MAX_PAGE_LENGTH = 1_000

_HOLDINGS = """SELECT lot.name, lot.lot_number, lot.expiry_date, lot.status, medicine.status AS medicine_status,
	head.balance_after AS quantity
FROM (SELECT national_lot, MAX(position_sequence) AS last FROM `tabStock Movement`
	WHERE warehouse = %(warehouse)s GROUP BY national_lot) position
JOIN `tabNational Lot` lot ON lot.name = position.national_lot
JOIN `tabNational Medicine` medicine ON medicine.name = lot.national_medicine
JOIN `tabStock Movement` head ON head.warehouse = %(warehouse)s
	AND head.national_lot = position.national_lot AND head.position_sequence = position.last
WHERE lot.national_medicine = %(medicine)s AND head.balance_after > 0"""

# A movement is never recorded before it is posted: the index on creation narrows a time from which.
_FILTERS = {
	"national_lot": "national_lot = %(national_lot)s",
	"national_medicine": "national_medicine = %(national_medicine)s",
	"movement_type": "movement_type = %(movement_type)s",
	"warehouse": "warehouse = %(warehouse)s",
	"facility_type": "facility_type = %(facility_type)s",
	"facility": "warehouse IN %(facility)s",
	"from_datetime": "posting_datetime >= %(from_datetime)s AND creation >= %(from_datetime)s",
	"to_datetime": "posting_datetime <= %(to_datetime)s",
}
_PAGE = """SELECT {fields} FROM `tabStock Movement`
WHERE {conditions} ORDER BY name DESC LIMIT %(limit)s"""


@named_errors()
def warehouse_of(facility_type: str, facility: str) -> str:
	"""The facility's main warehouse.

	:raises UnknownFacilityTypeError, UnknownFacilityError:
	"""
	if facility_type not in FACILITY_TYPES:
		raise DomainError("unknown_facility_type", facility_type=facility_type, allowed=FACILITY_TYPES)
	warehouse = frappe.db.get_value(facility_type, facility, "warehouse")
	if not warehouse:
		raise DomainError("unknown_facility", facility=facility)
	return warehouse


@named_errors()
def get_balance(warehouse: str, lot: str) -> dict:
	"""Units of a lot on hand at the facility of a warehouse: in it, and in sum with the facility's further ones.

	:returns: `{warehouse, national_lot, balance, position_sequence, total, warehouses: [{warehouse,
		warehouse_type, balance}]}`; zero where nothing ever moved.
	:raises UnknownLotError:
	"""
	known = frappe.db.exists("National Lot", lot)  # as it is written: the database does not mind the case
	if not known:
		raise DomainError("unknown_lot", lot=lot)
	rows = _warehouses_beside(warehouse)
	heads = store.heads([(row.name, known) for row in rows])
	nothing = Balance()
	balances = [
		{
			"warehouse": row.name,
			"warehouse_type": row.warehouse_type,
			"balance": heads.get((row.name, known), nothing).quantity,
		}
		for row in rows
	]
	head = heads.get((warehouse, known), nothing)
	return {
		"warehouse": warehouse,
		"national_lot": known,
		"balance": head.quantity,
		"position_sequence": head.sequence,
		"total": sum(row["balance"] for row in balances),
		"warehouses": balances,
	}


def _warehouses_beside(warehouse: str) -> list[frappe._dict]:
	"""All warehouses of the facility that a warehouse belongs to, or the warehouse alone; the main one first."""
	fields = ["healthcare_facility_type", "healthcare_facility"]
	owner = frappe.db.get_value("Warehouse", warehouse, fields, as_dict=True)
	filters = owner if owner and owner.healthcare_facility else {"name": warehouse}
	rows = frappe.get_all("Warehouse", filters, ["name", "warehouse_type"], order_by="creation, name")
	return sorted(rows, key=lambda row: row.name != warehouse)


@named_errors()
def get_movements(filters: dict, page: str | None = None, page_length: int = PAGE_LENGTH) -> dict:
	"""Movements inside the user's scope, latest recorded first, in pages.

	:param filters: values for the names in `_FILTERS`; the times are posting times, inclusive.
	:param page: the `next_page` of the page before.
	:returns: `{movements: [row …], next_page: token or None}`.
	"""
	conditions, values = _conditions(filters, page)
	values["limit"] = _length(page_length) + 1
	fields = ", ".join(store.COLUMNS)
	query = _PAGE.format(fields=fields, conditions=" AND ".join(conditions))
	rows = frappe.db.sql(query, values, as_dict=True)
	shown = rows[: values["limit"] - 1]
	more = len(rows) > len(shown)
	return {"movements": shown, "next_page": shown[-1].name if more else None}


@named_errors()
def suggest_lots(warehouse: str, medicine: str, quantity) -> dict:
	"""First expired, first out: which lots to take for a quantity.

	:returns: `{picks: [{national_lot, lot_number, expiry_date, quantity, on_hand}], shortfall,
		unusable: [{national_lot, lot_number, expiry_date, on_hand, reason}]}`, units.
	:raises UnknownMedicineError, UnknownFacilityError, InvalidQuantityError:
	"""
	for doctype, name, code in (
		("National Medicine", medicine, "medicine"),
		("Warehouse", warehouse, "facility"),
	):
		if not frappe.db.exists(doctype, name):
			raise DomainError(f"unknown_{code}", **{code: name})
	holdings = _holdings(warehouse, medicine)
	suggestion = suggest(holdings, whole_quantity(quantity), getdate())
	return {
		"picks": [_shown(holding) | {"quantity": taken} for holding, taken in suggestion.picks],
		"shortfall": suggestion.shortfall,
		"unusable": [_shown(holding) | {"reason": reason} for holding, reason in suggestion.unusable],
	}


def _holdings(warehouse: str, medicine: str) -> list[Holding]:
	rows = frappe.db.sql(_HOLDINGS, {"warehouse": warehouse, "medicine": medicine})
	return [Holding(*row) for row in rows]


def _shown(holding: Holding) -> dict:
	return {
		"national_lot": holding.lot,
		"lot_number": holding.lot_number,
		"expiry_date": holding.expiry_date,
		"on_hand": holding.quantity,
	}


def _conditions(filters: dict, page: str | None) -> tuple[list[str], dict]:
	conditions, values = [stock_movement_conditions() or "1 = 1"], {}
	for field, value in filters.items():
		if value in (None, ""):
			continue
		if field not in _FILTERS:
			raise DomainError("unknown_field", field=field)
		conditions.append(_FILTERS[field])
		values[field] = _warehouses_of(value) if field == "facility" else value
	if page:
		conditions.append("name < %(page)s")
		values["page"] = page
	return conditions, values


def _warehouses_of(facility: str) -> list[str]:
	"""The facility as the ledger's index knows it."""
	return frappe.get_all("Warehouse", {"healthcare_facility": facility}, pluck="name") or [""]


def _length(page_length: int) -> int:
	return min(max(int(page_length), 1), MAX_PAGE_LENGTH)
