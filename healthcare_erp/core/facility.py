"""What a Pharmacy and a Public Facility have in common: a licence, a place, a GLN, one warehouse, its parties."""

import frappe

from healthcare_erp.core.exceptions import named_errors, throw
from healthcare_erp.core.regulated import RegulatedDocument
from healthcare_erp.domain import facilities
from healthcare_erp.domain.vocabulary import FACILITY_TYPES


class Facility(RegulatedDocument):
	life_cycle = facilities.LIFE_CYCLE

	@named_errors()
	def validate(self):
		self.gln = facilities.check_gln(self.gln)
		facilities.check_location(self.latitude, self.longitude)
		self.check_parties()

	def check_parties(self):
		"""One Customer or Supplier stands for one facility. Its row stays locked until this one is saved."""
		for doctype, field in (("Customer", "customer"), ("Supplier", "supplier")):
			party = self.get(field)
			if party and self.has_value_changed(field):
				frappe.db.get_value(doctype, party, "name", for_update=True)
				self.check_free(field, party)

	def check_free(self, field: str, party: str):
		for facility_type in FACILITY_TYPES:
			own = {"name": ("!=", self.name)} if facility_type == self.doctype else {}
			taken = frappe.db.get_value(facility_type, {field: party, **own})
			if taken:
				throw("party_taken", party=party, facility=taken)
