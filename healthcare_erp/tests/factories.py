"""Documents for tests, made as a user would make them. Names are random: rows of the ledger outlive a rollback."""

from datetime import date

import frappe
from frappe.utils import add_days, getdate

from healthcare_erp.core.settings import get_company
from healthcare_erp.medicine_registry import items
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.ledger import intake, store
from healthcare_erp.traceability.stock import holdings


def hash_() -> str:
	return frappe.generate_hash(length=8).upper()


def make(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert()


def province(name: str | None = None):
	return make("Administrative Level", level_name=name or f"Province {hash_()}", level="Province")


def commune(parent):
	"""A Commune within a province document."""
	return make(
		"Administrative Level",
		level_name=f"Commune {hash_()}",
		level="Commune",
		parent_administrative_level=parent.name,
	)


def medicine(**values):
	defaults = {
		"brand_name": f"Brand {hash_()}",
		"inn": "Amoxicillin",
		"atc_code": "J01CA04",
		"dosage_form": "Capsule",
		"strength": "500 mg",
		"pack": "B/100",
		"registration_number": hash_(),
		"authorised_price": 100,
	}
	return make("National Medicine", **(defaults | values))


def pharmacy(approved: bool = True, **values):
	defaults = {"facility_name": f"Pharmacy {hash_()}", "pharmacy_type": "Retailer"}
	return _facility("Pharmacy", approved, defaults | values)


def wholesaler(**values):
	return pharmacy(pharmacy_type="Wholesaler", **values)


def public_facility(approved: bool = True, **values):
	defaults = {"facility_name": f"Facility {hash_()}", "public_facility_type": "Health Center"}
	return _facility("Public Facility", approved, defaults | values)


def _facility(doctype: str, approved: bool, values: dict):
	values.setdefault("administrative_level", None)
	values["administrative_level"] = values["administrative_level"] or province().name
	doc = make(doctype, **values)
	if approved:
		doc.transition("Approve", "documents complete")
	return doc


def licence_fee_rate(**values):
	"""A draft rate of a year that nobody else has taken."""
	kind = values.get("kind", "Retailer")
	last = frappe.db.get_value("Licence Fee Rate", {"kind": kind}, "year", order_by="year desc") or 2999
	defaults = {"facility_type": "Pharmacy", "kind": kind, "year": last + 1, "amount": 50_000}
	return make("Licence Fee Rate", **(defaults | values))


def lot(medicine_name: str | None = None, expires_in: int = 365, **values):
	"""A National Lot; a past expiry date is set behind the controller's back, as time would do."""
	defaults = {
		"national_medicine": medicine_name or medicine().name,
		"lot_number": hash_(),
		"expiry_date": add_days(getdate(), max(expires_in, 1)),
		"quantity_imported": 1_000_000,
	}
	doc = make("National Lot", **(defaults | values))
	if expires_in < 1:
		age(doc, add_days(getdate(), expires_in))
	return doc


def age(doc, expiry_date: date) -> None:
	doc.db_set("expiry_date", expiry_date)
	frappe.db.set_value("Batch", doc.batch, "expiry_date", expiry_date)


def request(facility, lot_name: str, movement_type: str, quantity, **values) -> dict:
	return {
		"movement_type": movement_type,
		"quantity": quantity,
		"facility_type": facility.doctype,
		"facility": facility.name,
		"national_lot": lot_name,
		**values,
	}


def record(facility, lot_name: str, movement_type: str, quantity, **values):
	"""Record one movement; returns the ledger's result."""
	[result] = record_all([request(facility, lot_name, movement_type, quantity, **values)])
	return result


def record_all(requests: list[dict]) -> list:
	"""Record the movements of one call."""
	return ledger.record(intake.parse(requests))


def stocked(quantity: int = 100, **values):
	"""An approved wholesaler that imported `quantity` units of a new lot: (wholesaler, lot)."""
	holder, batch = wholesaler(), lot(**({"quantity_imported": max(quantity, 1_000_000)} | values))
	record(holder, batch.name, "Import", quantity)
	return holder, batch


def set_ledger(**settings) -> None:
	"""Settings of the ledger: late_report_hours, clock_tolerance_minutes, import_tolerance."""
	for field, value in settings.items():
		frappe.db.set_single_value("Healthcare ERP Settings", field, value)
	frappe.clear_document_cache("Healthcare ERP Settings", "Healthcare ERP Settings")


def movement(name: str):
	"""The recorded row of a movement."""
	return frappe.db.get_value("Stock Movement", name, "*", as_dict=True)


def plant(beside: str, /, **changes) -> str:
	"""A row beside a recorded one that SQL put into the ledger, past the ledger's way in; returns its name."""
	row = movement(beside) | {"name": hash_(), "idempotency_key": hash_(), "position_sequence": 99} | changes
	columns = ", ".join(f"`{column}`" for column in store.COLUMNS)
	marks = ", ".join(["%s"] * len(store.COLUMNS))
	query = f"INSERT INTO `tabStock Movement` ({columns}) VALUES ({marks})"
	frappe.db.sql(query, [row[column] for column in store.COLUMNS])
	return row["name"]


def trail(doc) -> list:
	"""A document's entries in the audit trail, oldest first."""
	return frappe.get_all(
		"Audit Entry",
		filters={"reference_doctype": doc.doctype, "reference_name": doc.name},
		fields=["*"],
		order_by="happened_at, name",
	)


def movements_of(lot_name: str, **filters) -> list[tuple]:
	"""(type, direction, quantity, balance after) of a lot's movements, in the order of their positions."""
	return frappe.get_all(
		"Stock Movement",
		filters={"national_lot": lot_name, **filters},
		fields=["movement_type", "direction", "quantity", "balance_after"],
		order_by="warehouse, position_sequence",
		as_list=True,
	)


def balance(facility, lot_name: str) -> int:
	return holdings.get_balance(facility.warehouse, lot_name)["balance"]


def stock_entry(purpose: str, lot_doc, quantity: float, source: str | None = None, target: str | None = None):
	"""A draft ERPNext Stock Entry of a lot's Batch."""
	row = {
		"item_code": items.ensure_item(lot_doc.national_medicine),
		"qty": quantity,
		"s_warehouse": source,
		"t_warehouse": target,
		"basic_rate": 10,
		"use_serial_batch_fields": 1,
		"batch_no": lot_doc.batch,
	}
	entry = {"doctype": "Stock Entry", "stock_entry_type": purpose, "company": get_company(), "items": [row]}
	return frappe.get_doc(entry).insert()


def user(*roles: str, scope: tuple[str, str] | None = None) -> str:
	"""A user with these roles, and a User Permission on (doctype, name) where a scope is given."""
	email = f"{hash_().lower()}@test.healthcare-erp.example"
	held = [{"role": role} for role in roles]
	doc = {"doctype": "User", "email": email, "first_name": "Test", "send_welcome_email": 0, "roles": held}
	frappe.get_doc(doc).insert(ignore_permissions=True)
	if scope:
		allow, value = scope
		make("User Permission", user=email, allow=allow, for_value=value)
	return email


def user_as_administrator(*roles: str, scope: tuple[str, str] | None = None) -> str:
	"""`user`, made by Administrator whoever is at work."""
	frappe.set_user("Administrator")
	return user(*roles, scope=scope)
