# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt

from healthcare_erp.core.checked_document import CheckedDocument

from healthcare_erp.domain.values.texts import harmless
from healthcare_erp.core.exceptions import throw


class StockMovement(CheckedDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		balance_after: DF.Int
		counterparty: DF.DynamicLink | None
		counterparty_type: DF.Literal["", "Pharmacy", "Public Facility"]
		direction: DF.Literal["", "In", "Out"]
		facility: DF.DynamicLink
		facility_type: DF.Literal["Pharmacy", "Public Facility"]
		idempotency_key: DF.Data | None
		late_reason: DF.Data | None
		movement_type: DF.Literal[
			"Import",
			"B2B In",
			"B2B Out",
			"Sale",
			"Return",
			"Adjustment",
			"Recall Removal",
			"Internal Transfer",
		]
		national_lot: DF.Link
		national_medicine: DF.Link | None
		position_sequence: DF.Int
		posting_datetime: DF.Datetime | None
		quantity: DF.Int
		reference_doctype: DF.Link | None
		reference_name: DF.Data | None
		reported_late: DF.Check
		reversal_of: DF.Link | None
		unit_price: DF.Currency
		warehouse: DF.Link | None
	# end: auto-generated types
	"""One row of the insert-only ledger.

	Frappe's own insert ends at the ledger's way in: `overrides.stock_movement.record` (before_save) writes the
	row and leaves it in `flags.recorded`.
	"""

	def onload(self):
		self.show_harmless()

	def before_print(self, settings=None):
		self.show_harmless()

	def show_harmless(self):
		"""Rows stay as they were written, also by SQL: no text of theirs is markup on a page. (Not for saving.)"""
		for field in self.meta.fields:
			if isinstance(value := self.get(field.fieldname), str):
				self.set(field.fieldname, harmless(value))

	def autoname(self):
		"""The ledger names its rows."""
		self.name = None

	def checked_elsewhere(self):
		"""What a caller may send, the ledger checks with its own named errors; the rest it decides itself."""
		return tuple(field.fieldname for field in self.meta.fields)

	def _validate_links(self):
		"""The ledger checks what it is given, with its own named errors."""

	def db_insert(self, *args, **kwargs):
		self.update(self.flags.recorded)

	def db_update(self, *args, **kwargs):
		self.refuse()

	def validate(self):
		if not self.is_new():
			self.refuse()

	def on_trash(self):
		self.refuse()

	def refuse(self):
		throw("immutable_record", doctype=self.doctype, name=self.name)
