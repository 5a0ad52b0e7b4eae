# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt


from healthcare_erp.core.checked_document import CheckedDocument

from healthcare_erp.core.exceptions import throw


class NationalMedicinePrice(CheckedDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		authorised_price: DF.Currency
		changed_by: DF.Link | None
		effective_from: DF.Datetime | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
	"""One price of a medicine's history: written with its medicine, never by itself."""

	def validate(self):
		self.refuse()

	def on_trash(self):
		self.refuse()

	def refuse(self):
		throw("immutable_record", doctype=self.doctype, name=self.name)
