# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt

# import frappe
from frappe.model.document import Document


class NationalLot(Document):
	pass
