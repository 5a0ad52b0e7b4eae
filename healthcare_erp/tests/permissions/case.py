"""Whom the matrices of permissions and of methods ask about, and where."""

import frappe

from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

ROLES = (
	"National Admin",
	"Inspector",
	"Analyst",
	"Auditor",
	"Quality Manager",
	"Pharmacy Manager",
	"Public Facility Manager",
	"Dispenser",
	"Physician",
	"Front Desk",
	"Cashier",
)
NATIONAL = ROLES[:4]


class MatrixTestCase(SiteTestCase):
	"""A province with a stocked wholesaler, and another one with another."""

	def setUp(self):
		self.province, self.elsewhere = factories.province(), factories.province()
		commune = factories.commune(self.province)
		self.lot = factories.lot()
		self.inside = factories.wholesaler(administrative_level=commune.name)
		self.outside = factories.wholesaler(administrative_level=self.elsewhere.name)
		self.rows = {
			place.name: factories.record(place, self.lot.name, "Import", 10).name
			for place in (self.inside, self.outside)
		}

	def scope(self, *roles: str) -> str:
		"""A user responsible for the province inside."""
		return factories.user_as_administrator(*roles, scope=("Administrative Level", self.province.name))

	def outcome(self, call) -> str:
		"""`done` or the name of the refusal; nothing of the call stays."""
		frappe.db.savepoint("before_call")
		try:
			call()
			return "done"
		except (frappe.PermissionError, frappe.ValidationError) as refusal:
			return type(refusal).__name__
		finally:
			frappe.db.rollback(save_point="before_call")
