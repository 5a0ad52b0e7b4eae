"""What the Desk knows from the start."""

import frappe

from healthcare_erp.core import visible_part


def tell_visible_part(bootinfo) -> None:
	"""Which part of the stock the user sees, for the banner on the workspace and the list of movements."""
	if frappe.has_permission("Stock Movement", "read"):
		bootinfo.healthcare_visible_part = visible_part.describe()
