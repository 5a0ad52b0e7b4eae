"""A first company for a new site: what ERPNext's setup wizard asks, answered for a national authority."""

import frappe
from frappe.utils import getdate

COMPANY = "National Medicines Authority"
ABBREVIATION = "NMA"


def ensure() -> str:
	"""Complete ERPNext's setup where the site has no company yet (new demo and test sites).

	:returns: the default company's name.
	"""
	existing = frappe.defaults.get_global_default("company") or frappe.db.get_value("Company", {})
	if existing:
		return existing
	from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

	year = getdate().year
	setup_complete(
		{
			"language": "English",
			"country": "Burundi",
			"currency": "BIF",
			"timezone": "Africa/Bujumbura",
			"company_name": COMPANY,
			"company_abbr": ABBREVIATION,
			"chart_of_accounts": "Standard",
			"fy_start_date": f"{year}-01-01",
			"fy_end_date": f"{year}-12-31",
			"setup_demo": 0,
			"enable_telemetry": 0,
		}
	)
	frappe.db.set_default("desktop:home_page", "workspace")
	frappe.db.commit()  # called from the command line: nothing else ends its transaction; nosemgrep
	return COMPANY
