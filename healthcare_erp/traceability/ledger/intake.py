"""From what a caller sends to the ledger's movements: names resolved, values checked, keys given."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import frappe
from ulid import ULID

from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.core.settings import site_zone
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry.medicines import PRICE_LIMIT
from healthcare_erp.domain.traceability.ledger import (
	MAX_BATCH,
	Movement,
	check_not_reserved,
	resolve_direction,
	whole_quantity,
)
from healthcare_erp.domain.values.moments import read_moment
from healthcare_erp.domain.values.numbers import read_number, shown
from healthcare_erp.domain.values.texts import (
	check_key,
	check_line,
	check_sentence,
	is_reference,
	is_reference_type,
)
from healthcare_erp.domain.vocabulary import FACILITY_TYPES, Direction

CALLER_FIELDS = (
	"movement_type",
	"direction",
	"quantity",
	"facility_type",
	"facility",
	"warehouse",
	"national_lot",
	"posting_datetime",
	"unit_price",
	"counterparty_type",
	"counterparty",
	"reference_doctype",
	"reference_name",
	"reversal_of",
	"idempotency_key",
	"late_reason",
)
TEXT_FIELDS = frozenset(CALLER_FIELDS) - {"quantity", "posting_datetime", "unit_price"}
MAX_TEXT = 140  # characters of the columns
PRICE_STEP = Decimal("1e-9")  # what the column stores
REQUIRED = ("movement_type", "quantity", "facility_type", "facility", "national_lot")
# In SQL, for it is asked by every request: `get_all` takes as long as the ledger itself.
_REGISTERED = {
	facility_type: f"SELECT name, warehouse FROM `tab{facility_type}` WHERE name IN %(names)s"  # nosec B608 # constants only
	for facility_type in FACILITY_TYPES
}
INHERITED = ("counterparty_type", "counterparty", "reference_doctype", "reference_name", "unit_price")


@named_errors()
def parse(requests: Sequence[Mapping]) -> list[Movement]:
	"""Movements from plain data, one set of look-ups for all of them.

	:param requests: mappings with the fields of `CALLER_FIELDS`, of which `REQUIRED` must be there. A reversal
		takes the fields in `INHERITED` from the movement that it undoes where it leaves them out.
	:raises: named errors for missing or unknown fields, types, facilities, quantities, times and prices.
	"""
	if not isinstance(requests, list | tuple):
		raise DomainError("invalid_request", problem=frappe._("Send a list of movements."))
	if len(requests) > MAX_BATCH:
		raise DomainError("too_many_movements", count=len(requests), limit=MAX_BATCH)
	requests = [_cleaned(request) for request in requests]
	for request in requests:
		_check_fields(request)
	_check_references(requests)
	requests = _completed(requests)
	warehouses = _warehouses_of({(r["facility_type"], r["facility"]) for r in requests})
	_check_own_warehouses(requests)
	_check_counterparties(requests)
	return [_movement(request, warehouses) for request in requests]


def _cleaned(request: Mapping) -> dict[str, Any]:
	if not isinstance(request, Mapping):
		raise DomainError("invalid_request", problem=frappe._("A movement is an object with named fields."))
	return {field: _text(field, value) if field in TEXT_FIELDS else value for field, value in request.items()}


def _text(field: str, value) -> str | None:
	"""Trimmed: the database takes a key with a blank after it for the key without."""
	if value is not None and not isinstance(value, str | int):
		raise DomainError("invalid_request", problem=frappe._("The field {0} takes a text.").format(field))
	return None if value is None else check_line(field, str(value).strip())


def _completed(requests: list[dict]) -> list[dict]:
	names = {request["reversal_of"] for request in requests if request.get("reversal_of")}
	if not names:
		return requests
	fields = ["name", *INHERITED]
	rows = frappe.get_all("Stock Movement", filters={"name": ("in", list(names))}, fields=fields)
	originals = {row.pop("name"): row for row in rows}
	return [
		originals.get(request.get("reversal_of"), {})
		| {k: v for k, v in request.items() if v not in (None, "")}
		for request in requests
	]


def _check_fields(request: Mapping) -> None:
	for field in request:
		if field not in CALLER_FIELDS:
			raise DomainError("unknown_field", field=field)
	for field in REQUIRED:
		if request.get(field) in (None, ""):
			raise DomainError("missing_field", field=field)
	for field in ("facility_type", "counterparty_type"):
		if request.get(field) and request[field] not in FACILITY_TYPES:
			raise DomainError("unknown_facility_type", facility_type=request[field], allowed=FACILITY_TYPES)
	for field in TEXT_FIELDS:
		if len(str(request.get(field) or "")) > MAX_TEXT:
			raise DomainError("text_too_long", field=field, limit=MAX_TEXT)
	check_key(request.get("idempotency_key") or "")
	check_sentence("late_reason", request.get("late_reason") or "")
	check_not_reserved(str(request.get("idempotency_key") or ""))
	if bool(request.get("counterparty")) != bool(request.get("counterparty_type")):
		raise DomainError("missing_field", field="counterparty_type, counterparty")


def _movement(request: Mapping, warehouses: Mapping) -> Movement:
	movement_type, direction = _kind(request)
	return Movement(
		movement_type=movement_type,
		direction=direction,
		quantity=whole_quantity(request["quantity"]),
		warehouse=request.get("warehouse") or warehouses[(request["facility_type"], request["facility"])],
		national_lot=request["national_lot"],
		idempotency_key=request.get("idempotency_key") or str(ULID()),
		posting_datetime=_time(request.get("posting_datetime")),
		unit_price=_price(request.get("unit_price")),
		counterparty_type=request.get("counterparty_type") or None,
		counterparty=request.get("counterparty") or None,
		reference_doctype=request.get("reference_doctype") or None,
		reference_name=request.get("reference_name") or None,
		reversal_of=request.get("reversal_of") or None,
		late_reason=request.get("late_reason") or None,
	)


def _kind(request: Mapping) -> tuple[str, str]:
	direction = request.get("direction")
	if not request.get("reversal_of"):
		return resolve_direction(request["movement_type"], direction)
	if direction not in (Direction.IN, Direction.OUT):
		raise DomainError("missing_field", field="direction")
	return request["movement_type"], direction


def _warehouses_of(facilities: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
	found = {}
	for facility_type in {facility_type for facility_type, _name in facilities}:
		names = [name for kind, name in facilities if kind == facility_type]
		rows = _registered(facility_type, names)
		found |= {(facility_type, name): warehouse for name, warehouse in rows if warehouse}
	for _facility_type, name in sorted(facilities - set(found)):
		raise DomainError("unknown_facility", facility=name)
	return found


def _check_own_warehouses(requests: Sequence[Mapping]) -> None:
	"""A facility may name one of its further warehouses, and nobody else's."""
	named = {r["warehouse"]: (r["facility_type"], r["facility"]) for r in requests if r.get("warehouse")}
	if not named:
		return
	fields = ["name", "healthcare_facility_type", "healthcare_facility"]
	rows = frappe.get_all("Warehouse", {"name": ("in", list(named))}, fields, as_list=True)
	owners = {name: tuple(owner) for name, *owner in rows}
	for request in requests:
		warehouse, facility = request.get("warehouse"), (request["facility_type"], request["facility"])
		if warehouse and owners.get(warehouse) != facility:
			raise DomainError("not_its_warehouse", warehouse=warehouse, facility=facility[1])


def _check_counterparties(requests: Sequence[Mapping]) -> None:
	named = {(r["counterparty_type"], r["counterparty"]) for r in requests if r.get("counterparty")}
	for facility_type in {kind for kind, _name in named}:
		names = {name for kind, name in named if kind == facility_type}
		missing = names - {name for name, _warehouse in _registered(facility_type, list(names))}
		if missing:
			raise DomainError("unknown_facility", facility=min(missing))


def _check_references(requests: Sequence[Mapping]) -> None:
	"""They stay in the ledger for good: plain names, or those of documents that exist."""
	for request in requests:
		kind, name = request.get("reference_doctype") or "", request.get("reference_name") or ""
		if kind and not is_reference_type(kind) and not frappe.db.exists("DocType", kind):
			raise DomainError("invalid_reference", field="reference_doctype")
		if name and not is_reference(name) and not _is_document(kind, name):
			raise DomainError("invalid_reference", field="reference_name")


def _is_document(doctype: str, name: str) -> bool:
	known = frappe.db.get_value("DocType", doctype, ["issingle", "is_virtual"]) if doctype else None
	return bool(known and not any(known) and frappe.db.exists(doctype, name))


def _registered(facility_type: str, names: list[str]) -> tuple[tuple[str, str | None], ...]:
	return frappe.db.sql(_REGISTERED[facility_type], {"names": names})


def _time(value) -> datetime | None:
	try:
		return read_moment("posting_datetime", value, site_zone())
	except DomainError as refusal:
		raise DomainError("invalid_posting_time", posting_datetime=refusal.context["value"]) from None


def _price(value) -> Decimal | None:
	if value in (None, "", 0):
		return None
	price = read_number(value)
	if price is None or not 0 <= price < PRICE_LIMIT:
		raise DomainError("invalid_price", unit_price=shown(value))
	stored = Decimal(str(float(price.quantize(PRICE_STEP))))  # as it is read back: Frappe makes it a float
	if stored >= PRICE_LIMIT:
		raise DomainError("invalid_price", unit_price=shown(value))
	return stored or None
