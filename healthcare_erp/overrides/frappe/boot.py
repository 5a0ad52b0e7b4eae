"""What the Desk knows from the start."""

import frappe

from healthcare_erp.core import visible_part
from healthcare_erp.overrides.frappe.desk_tables import desk_tables


def tell_desk(bootinfo) -> None:
	"""The tables that its scripts draw by; and which part of the stock the user sees, for the banner on the workspace and
	the list of movements."""
	bootinfo.healthcare_erp = desk_tables()
	if frappe.has_permission("Stock Movement", "read"):
		bootinfo.healthcare_visible_part = visible_part.describe()
