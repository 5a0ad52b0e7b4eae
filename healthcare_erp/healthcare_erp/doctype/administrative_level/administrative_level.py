# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt

# import frappe
from frappe.utils.nestedset import NestedSet


class AdministrativeLevel(NestedSet):
	pass
