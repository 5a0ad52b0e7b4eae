"""One document of each of the app's DocTypes, for the suites that try every one of them."""

import frappe
from frappe.model.document import Document

from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SETTINGS


def make(level: Document) -> dict[str, Document]:
	"""DocType -> a document: those with a scope belong to a wholesaler, or a clinic, of this Administrative Level."""
	holder = factories.wholesaler(administrative_level=level.name)
	lot = factories.lot(importer=holder.name)
	medicine = frappe.get_doc("National Medicine", lot.national_medicine)
	return {
		"Administrative Level": level,
		"Audit Entry": frappe.get_last_doc("Audit Entry", {"reference_name": holder.name}),
		SETTINGS: frappe.get_doc(SETTINGS),
		"Licence Fee Rate": factories.licence_fee_rate(),
		"National Lot": lot,
		"National Medicine": medicine,
		"National Medicine Price": medicine.prices[0],
		"Pharmacy": holder,
		"Public Facility": factories.public_facility(administrative_level=level.name),
		"Stock Movement": frappe.get_doc(
			"Stock Movement", factories.record(holder, lot.name, "Import", 100).name
		),
	}
