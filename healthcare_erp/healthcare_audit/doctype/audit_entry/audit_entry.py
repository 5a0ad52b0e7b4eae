# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt

import frappe
from healthcare_erp.core.checked_document import CheckedDocument

from healthcare_erp.core.exceptions import throw


class AuditEntry(CheckedDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Data
		actor: DF.Data | None
		after: DF.LongText | None
		before: DF.LongText | None
		field: DF.Data | None
		from_status: DF.Data | None
		happened_at: DF.Datetime | None
		impersonated_by: DF.Data | None
		reason: DF.SmallText | None
		reference_doctype: DF.Link
		reference_name: DF.DynamicLink
		request: DF.Data | None
		to_status: DF.Data | None
	# end: auto-generated types
	"""What one write did to one document: written once, by `core.audit` alone, which does not come this way."""

	def validate(self):
		self.refuse()

	def on_trash(self):
		self.refuse()

	def refuse(self):
		throw("immutable_record", doctype=self.doctype, name=self.name)


def on_doctype_update():
	frappe.db.add_index("Audit Entry", ["reference_doctype", "reference_name", "happened_at"])
	frappe.db.add_index(
		"Audit Entry", ["reference_doctype", "to_status"]
	)  # changes of status, among all writes
