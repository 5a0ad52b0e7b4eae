"""ERPNext's point of sale in tests: a shift at a facility's warehouse, and its invoices."""

import frappe

from healthcare_erp.core.settings import get_company
from healthcare_erp.tests import vouchers
from healthcare_erp.tests.factories import hash_, make

CASH = "Cash"


def open_shift(place: str):
	"""An opened shift of the user at a till that sells from this warehouse; the POS Opening Entry."""
	company = get_company()
	ensure_cash(company)
	profile = make(
		"POS Profile",
		name=f"Till {hash_()}",
		company=company,
		warehouse=place,
		currency=frappe.get_cached_value("Company", company, "default_currency"),
		selling_price_list="Standard Selling",
		write_off_account=frappe.get_cached_value("Company", company, "write_off_account"),
		write_off_cost_center=frappe.get_cached_value("Company", company, "cost_center"),
		update_stock=1,
		payments=[{"mode_of_payment": CASH, "default": 1}],
	)
	opening = make(
		"POS Opening Entry",
		pos_profile=profile.name,
		user=frappe.session.user,
		company=company,
		period_start_date=frappe.utils.now_datetime(),
		balance_details=[{"mode_of_payment": CASH, "opening_amount": 0}],
	)
	return opening.submit()


def ensure_cash(company: str) -> None:
	mode = frappe.get_doc("Mode of Payment", CASH)
	if not any(row.company == company for row in mode.accounts):
		account = frappe.get_cached_value("Company", company, "default_cash_account")
		mode.append("accounts", {"company": company, "default_account": account})
		mode.save()


def invoice(shift, lot, units: float, place: str, **values):
	"""A draft POS Invoice of a lot's Batch, paid in cash."""
	rows = values.pop("rows", None) or [
		vouchers.item_row(lot, units, warehouse=place, rate=10, price_list_rate=10)
	]
	return make(
		"POS Invoice",
		pos_profile=shift.pos_profile,
		company=shift.company,
		customer=values.pop("customer", None) or vouchers.customer(),
		is_pos=1,
		update_stock=1,
		items=rows,
		payments=[{"mode_of_payment": CASH, "amount": 10 * units}],
		**values,
	)
