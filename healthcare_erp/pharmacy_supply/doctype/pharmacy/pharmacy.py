# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt

import frappe

from healthcare_erp.core.facility import Facility


class Pharmacy(Facility):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		address_line: DF.SmallText | None
		administrative_level: DF.Link
		customer: DF.Link | None
		facility_name: DF.Data
		gln: DF.Data | None
		latitude: DF.Float
		longitude: DF.Float
		national_code: DF.Data | None
		pharmacy_type: DF.Literal["Wholesaler", "Retailer"]
		status: DF.Literal["Pending", "Approved", "Rejected", "Suspended", "Illegal"]
		supplier: DF.Link | None
		warehouse: DF.Link | None
	# end: auto-generated types
	pass


def on_doctype_update():
	# Frappe's own migration leaves no index where the column had a plain one of the same name
	frappe.db.add_unique("Pharmacy", ["warehouse"], "warehouse")
