"""Lots bear their medicine's status: the ledger reads it with their own."""

import frappe


def execute() -> None:
	frappe.db.sql(
		"""UPDATE `tabNational Lot` lot JOIN `tabNational Medicine` medicine ON medicine.name = lot.national_medicine
		SET lot.medicine_status = medicine.status WHERE lot.medicine_status <> medicine.status"""
	)
