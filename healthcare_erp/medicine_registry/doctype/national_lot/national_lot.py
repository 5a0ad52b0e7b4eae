# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt

import frappe
from frappe.utils import getdate

from healthcare_erp.core import audit, visible_part
from healthcare_erp.core.audit import Entry
from healthcare_erp.domain.audit import Action
from healthcare_erp.domain.medicine_registry import lots
from healthcare_erp.domain.vocabulary import LotStatus
from healthcare_erp.core.exceptions import named_errors, throw
from healthcare_erp.core.permissions import stock_movement_conditions
from healthcare_erp.core.regulated import RegulatedDocument


class NationalLot(RegulatedDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		batch: DF.Link | None
		days_to_expiry: DF.Int
		expiry_date: DF.Date
		gtin: DF.Data | None
		importer: DF.DynamicLink | None
		importer_type: DF.Literal["Pharmacy", "Public Facility"]
		lot_number: DF.Data
		manufacture_date: DF.Date | None
		medicine_status: DF.Literal["Authorized", "Blocked"]
		medicine_title: DF.Data | None
		national_medicine: DF.Link
		on_hand: DF.Int
		quantity_imported: DF.Int
		status: DF.Literal["Active", "Blocked", "Expired", "Recalled"]
		status_reason: DF.SmallText | None
	# end: auto-generated types
	life_cycle = lots.LIFE_CYCLE

	@named_errors()
	def autoname(self):
		self.lot_number = lots.normalise_lot_number(self.lot_number)
		self.name = f"{self.national_medicine}-{self.lot_number}"

	def before_insert(self):
		super().before_insert()
		self.check_medicine()

	@named_errors()
	def validate(self):
		self.check_unique()
		self.keep_medicine_status()
		self.check_dates()

	@named_errors()
	def check_medicine(self):
		"""The medicine's row stays locked until the lot is in: nobody blocks it in between."""
		status = frappe.db.get_value("National Medicine", self.national_medicine, "status", for_update=True)
		if not status:
			throw("unknown_medicine", medicine=self.national_medicine)
		lots.check_new_lot(self.national_medicine, status)
		self.medicine_status = status

	def check_unique(self):
		if self.is_new() and frappe.db.exists("National Lot", self.name):
			throw("duplicate_lot", medicine=self.national_medicine, lot_number=self.lot_number, lot=self.name)

	def keep_medicine_status(self):
		"""The ledger reads it here, with the lot's own status; only the medicine writes it."""
		if before := self.get_doc_before_save():
			self.medicine_status = before.medicine_status

	def check_dates(self):
		if any(self.has_value_changed(field) for field in ("manufacture_date", "expiry_date")):
			lots.check_dates(_date(self.manufacture_date), _date(self.expiry_date), getdate())

	def on_update(self):
		self.sync_batch()

	def sync_batch(self):
		"""ERPNext offers a Batch in its vouchers only while its lot is Active; its dates are the lot's."""
		if not self.batch:
			return
		values = {
			"disabled": int(self.status != "Active"),
			"manufacturing_date": _date(self.manufacture_date),
			"expiry_date": _date(self.expiry_date),
		}
		stored = frappe.db.get_value("Batch", self.batch, list(values), as_dict=True)
		if stored != values:
			frappe.db.set_value("Batch", self.batch, values)

	def get_facts(self) -> dict:
		return super().get_facts() | {"expiry_date": _date(self.expiry_date)}

	def correct(self, values: dict, reason: str | None) -> list[dict]:
		"""A lot that expired by a wrong date is in trade again once the date is right."""
		changes = super().correct(values, reason)
		if self.status == LotStatus.EXPIRED and _date(self.expiry_date) >= getdate():
			self.db_set("status", LotStatus.ACTIVE.value)
			self.sync_batch()
			expired, active = {"status": LotStatus.EXPIRED.value}, {"status": self.status}
			audit.write(Entry(self.doctype, self.name, Action.CORRECT, expired, active, reason.strip()))
		return changes

	@property
	def days_to_expiry(self) -> int | None:
		return lots.days_to_expiry(_date(self.expiry_date), getdate()) if self.expiry_date else None

	@property
	def on_hand(self) -> int | None:
		"""Units on hand, inside the user's scope; not known to somebody without one."""
		if visible_part.sees_nothing():
			return None
		[[units]] = frappe.db.sql(
			f"""SELECT COALESCE(SUM(IF(direction = 'In', quantity, -quantity)), 0)
			FROM `tabStock Movement` WHERE national_lot = %s AND {stock_movement_conditions() or "1 = 1"}""",  # nosec B608 # the scope's values are quoted
			self.name,
		)
		return int(units)


def _date(value):
	return getdate(value) if value else None


def on_doctype_update():
	frappe.db.add_unique("National Lot", ["national_medicine", "lot_number"], "lot_of_medicine")
	# Frappe's own migration leaves no index where the column had a plain one of the same name
	frappe.db.add_unique("National Lot", ["batch"], "batch")
