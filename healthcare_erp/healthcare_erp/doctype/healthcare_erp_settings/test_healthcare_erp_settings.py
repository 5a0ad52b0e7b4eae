# Copyright (c) 2026, healthcare_erp maintainers and Contributors
# See license.txt

# import frappe
from frappe.tests.utils import FrappeTestCase


class TestHealthcareERPSettings(FrappeTestCase):
	pass
