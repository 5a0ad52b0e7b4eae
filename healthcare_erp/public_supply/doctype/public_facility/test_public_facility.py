# Copyright (c) 2026, healthcare_erp maintainers and Contributors
# See license.txt

import frappe

from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestPublicFacility(SiteTestCase):
	def test_each_type_gets_its_warehouse_on_approval(self):
		for kind in ("National Hospital", "Provincial Hospital", "Health Center", "Dispensary"):
			facility = factories.public_facility(public_facility_type=kind)
			owner = frappe.db.get_value(
				"Warehouse", facility.warehouse, ["healthcare_facility_type", "healthcare_facility"]
			)
			self.assertEqual(owner, ("Public Facility", facility.name))

	def test_facility_that_is_pending_cannot_record(self):
		facility, lot = factories.public_facility(approved=False), factories.lot()
		self.assertRefused(
			errors.UnknownFacilityError, factories.record, facility, lot.name, "Import", 1, status=404
		)

	def test_unknown_type_is_refused(self):
		self.assertRefused(
			frappe.ValidationError, factories.public_facility, public_facility_type="Clinic", approved=False
		)

	def test_bad_gln_and_location_are_refused(self):
		for values in ({"gln": "1234567890123"}, {"latitude": 91}):
			self.assertRefused(
				errors.InvalidFacilityError, factories.public_facility, approved=False, status=400, **values
			)
