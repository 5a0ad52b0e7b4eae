"""Which lot a typed or scanned text means."""

import frappe
from frappe.utils import getdate

from healthcare_erp.core.exceptions import named_errors
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.medicine_registry import gs1


@named_errors()
def find_lot(code: str) -> str:
	"""The National Lot that a text means: its name, its Batch, its lot number, or a GS1 code with GTIN and lot.

	:raises UnknownLotError, InvalidRequestError (several medicines have that lot number), UnreadableCodeError:
	"""
	code = (code or "").strip()
	if name := frappe.db.exists("National Lot", code):
		return name
	choices = _lots_by(batch=code) or _lots_by(lot_number=code.upper()) or _lots_by_scan(code)
	if len(choices) > 1:
		raise DomainError("ambiguous_lot", lot=code, choices=choices)
	if not choices:
		raise DomainError("unknown_lot", lot=code)
	return choices[0]


def _lots_by(**filters) -> list[str]:
	return frappe.get_all("National Lot", filters=filters, pluck="name", limit=5, order_by="name")


def _lots_by_scan(code: str) -> list[str]:
	try:
		scanned = gs1.parse(code, getdate())
	except DomainError:
		return []
	for reading in (scanned, *scanned.alternatives):
		medicine = frappe.db.get_value("National Medicine", {"gtin": reading.gtin}) if reading.gtin else None
		lots = (
			_lots_by(national_medicine=medicine, lot_number=(reading.lot_number or "").upper())
			if medicine
			else []
		)
		if lots:
			return lots
	return []
