"""What a Pharmacy and a Public Facility have in common: a licence, a place, a GLN, one warehouse."""

from healthcare_erp.domain import facilities
from healthcare_erp.exceptions import named_errors
from healthcare_erp.regulated import RegulatedDocument


class Facility(RegulatedDocument):
	life_cycle = facilities.LIFE_CYCLE

	@named_errors()
	def validate(self):
		self.gln = facilities.check_gln(self.gln)
		facilities.check_location(self.latitude, self.longitude)
