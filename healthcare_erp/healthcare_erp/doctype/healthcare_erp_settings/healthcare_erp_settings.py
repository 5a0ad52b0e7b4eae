# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt

from healthcare_erp.core.checked_document import CheckedDocument


class HealthcareERPSettings(CheckedDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		clock_tolerance_minutes: DF.Int
		company: DF.Link | None
		import_tolerance: DF.Percent
		late_report_hours: DF.Int
		medicine_item_group: DF.Link | None
		medicine_uom: DF.Link | None
	# end: auto-generated types
	pass
