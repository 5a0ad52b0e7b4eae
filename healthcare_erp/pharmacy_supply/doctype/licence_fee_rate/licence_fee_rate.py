"""What a year's licence costs a kind of facility, as the regulator puts it in force."""

import frappe

from healthcare_erp.core.exceptions import named_errors, throw
from healthcare_erp.core.facility_directory import KIND_FIELDS
from healthcare_erp.core.regulated import RegulatedDocument
from healthcare_erp.domain.pharmacy_supply import fee_rates


class LicenceFeeRate(RegulatedDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		facility_type: DF.Literal["", "Pharmacy", "Public Facility"]
		kind: DF.Literal[
			"",
			"Wholesaler",
			"Retailer",
			"Central Store",
			"National Hospital",
			"Provincial Hospital",
			"Health Center",
			"Dispensary",
		]
		status: DF.Literal["Draft", "In Force", "Withdrawn"]
		year: DF.Int
	# end: auto-generated types

	life_cycle = fee_rates.LIFE_CYCLE

	@named_errors()
	def validate(self):
		fee_rates.check_year(self.year)
		self.check_kind()
		fee_rates.check_amount(self.amount)

	def check_kind(self):
		kinds = frappe.get_meta(self.facility_type).get_options(KIND_FIELDS[self.facility_type]).split("\n")
		fee_rates.check_kind(self.facility_type, self.kind, kinds)

	def db_insert(self, *args, **kwargs):
		"""The name is kind and year: the table's key refuses the second one, also of two at once."""
		try:
			super().db_insert(*args, **kwargs)
		except frappe.DuplicateEntryError:
			frappe.clear_last_message()  # Frappe's own words
			throw("duplicate_fee_rate", kind=self.kind, year=self.year, rate=self.name)
