# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import flt, now_datetime

from healthcare_erp.domain.medicine_registry import medicines
from healthcare_erp.domain.values.numbers import read_number
from healthcare_erp.domain.medicine_registry.register.cells import read_country
from healthcare_erp.core.exceptions import named_errors, throw
from healthcare_erp.core.regulated import RegulatedDocument


class NationalMedicine(RegulatedDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF
		from healthcare_erp.medicine_registry.doctype.national_medicine_price.national_medicine_price import (
			NationalMedicinePrice,
		)

		atc_code: DF.Data | None
		authorisation_holder: DF.Data | None
		authorisation_holder_country: DF.Data | None
		authorised_price: DF.Currency
		brand_name: DF.Data
		category: DF.Data | None
		dosage_form: DF.Data | None
		gtin: DF.Data | None
		inn: DF.Data
		is_controlled: DF.Check
		item: DF.Link | None
		manufacturer: DF.Data | None
		manufacturer_country: DF.Data | None
		medicine_title: DF.Data | None
		pack: DF.Data | None
		prices: DF.Table[NationalMedicinePrice]
		registration_date: DF.Date | None
		registration_number: DF.Data
		registry_key: DF.Data | None
		status: DF.Literal["Authorized", "Blocked"]
		strength: DF.Data | None
	# end: auto-generated types
	life_cycle = medicines.LIFE_CYCLE

	@named_errors()
	def check_values(self):
		"""A price beyond the column has an error of its own."""
		price = read_number(self.authorised_price)
		if price is not None:
			medicines.checked_price(price)
		super().check_values()

	@named_errors()
	def validate(self):
		self.set_spelling()
		self.set_codes()
		self.set_registry_key()
		self.set_title()
		self.check_price_change()
		self.set_price_history()

	def set_spelling(self):
		"""As the register's import writes them, also where they come from Desk or Data Import."""
		for field, spell in medicines.SPELLINGS.items():
			self.set(field, spell(self.get(field)) or None)
		for field in ("manufacturer_country", "authorisation_holder_country"):
			self.set_country(field)

	def set_country(self, field: str):
		written = self.get(field)
		self.set(field, read_country(written) or None)
		if written and not self.get(field):
			frappe.msgprint(_("the country is a number, which only its own register can read: left empty"))

	def set_codes(self):
		self.atc_code = medicines.normalise_atc_code(self.atc_code)
		self.gtin = medicines.normalise_gtin(self.gtin)

	def set_registry_key(self):
		self.registry_key = medicines.registry_key(
			self.registration_number, self.strength, self.dosage_form, self.pack
		)
		twin = frappe.db.get_value(
			"National Medicine", {"registry_key": self.registry_key, "name": ("!=", self.name)}
		)
		if twin:
			throw("duplicate_medicine", medicine=twin)

	def set_title(self):
		parts = (self.brand_name, self.strength, self.dosage_form)
		self.medicine_title = " ".join(part for part in parts if part)[:255]

	def check_price_change(self):
		medicines.checked_price(Decimal(str(flt(self.authorised_price))))
		if self.price_changed() and not self.is_new() and "National Admin" not in frappe.get_roles():
			throw("price_change_not_permitted")

	def price_changed(self) -> bool:
		before = self.get_doc_before_save()
		return flt(before.authorised_price if before else 0) != flt(self.authorised_price)

	def set_price_history(self):
		"""The history is the system's: rows that a caller sends or drops do not count."""
		before = self.get_doc_before_save()
		self.set("prices", before.prices if before else [])
		if self.price_changed():
			self.append(
				"prices",
				{
					"authorised_price": self.authorised_price,
					"effective_from": now_datetime(),
					"changed_by": frappe.session.user,
				},
			)

	def before_save(self):
		"""The lots are locked before a block has its time: a movement that was being written is older than it."""
		if not self.is_new() and self.has_value_changed("status"):
			frappe.db.sql(
				"SELECT name FROM `tabNational Lot` WHERE national_medicine = %s ORDER BY name FOR UPDATE",
				self.name,
			)

	def on_update(self):
		told = ("status", "medicine_title", "gtin")
		if self.get_doc_before_save() and any(map(self.has_value_changed, told)):
			self.tell_lots()

	def tell_lots(self):
		"""Waits for the movements of its lots that are being written: none passes after a block."""
		frappe.db.sql(
			"""UPDATE `tabNational Lot` SET medicine_status = %s, medicine_title = %s, gtin = %s
			WHERE national_medicine = %s""",
			(self.status, self.medicine_title, self.gtin, self.name),
		)


def on_doctype_update():
	# Frappe's own migration leaves no index where the column had a plain one of the same name
	frappe.db.add_unique("National Medicine", ["item"], "item")
