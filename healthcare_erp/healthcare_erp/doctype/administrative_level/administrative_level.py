# Copyright (c) 2026, healthcare_erp maintainers and contributors
# For license information, please see license.txt

import frappe
from frappe.utils.nestedset import NestedSet

from healthcare_erp.core.checked_document import CheckedDocument
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.geography import Level, check_parent, normalise, path_of
from healthcare_erp.core.exceptions import named_errors


class AdministrativeLevel(CheckedDocument, NestedSet):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		capital: DF.Data | None
		code: DF.Data | None
		is_group: DF.Check
		latitude: DF.Float
		level: DF.Literal["Province", "Commune", "Zone", "Colline"]
		level_name: DF.Data
		lft: DF.Int
		longitude: DF.Float
		old_parent: DF.Link | None
		parent_administrative_level: DF.Link | None
		path: DF.Data | None
		rgt: DF.Int
	# end: auto-generated types

	@named_errors()
	def autoname(self):
		self.set_path()
		self.name = self.path

	@named_errors()
	def validate(self):
		self.check_parent()
		self.set_is_group()

	def set_path(self):
		self.level_name = normalise(self.level_name or "")
		if not self.level_name:
			raise DomainError("name_empty")
		self.path = path_of(self.level_name, self.parent_administrative_level)

	def set_is_group(self):
		self.is_group = int(self.level != Level.COLLINE)

	def check_parent(self):
		check_parent(self.level, self.parent_administrative_level, self.parent_level())

	def parent_level(self) -> str | None:
		if not self.parent_administrative_level:
			return None
		return frappe.db.get_value(self.doctype, self.parent_administrative_level, "level")


def on_doctype_update():
	frappe.db.add_index("Administrative Level", ["lft", "rgt"])
	frappe.db.add_index("Administrative Level", ["level", "lft", "rgt"])  # which province lies around a place
