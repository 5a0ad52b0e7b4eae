"""Documents with every fixed field filled, and what somebody might put there instead."""

from collections.abc import Callable
from typing import ClassVar

import frappe
from frappe.utils import add_days, getdate

from healthcare_erp.domain.fixed_fields import FIXED
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

PARTY_FIELDS = {"Customer": "customer_name", "Supplier": "supplier_name"}


def party(doctype: str) -> str:
	return factories.make(doctype, **{PARTY_FIELDS[doctype]: factories.hash_()}).name


def gln() -> str:
	"""A random valid one."""
	digits = f"616{int(factories.hash_(), 36) % 10**9:09d}"
	total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
	return f"{digits}{-total % 10}"


def facility(make: Callable):
	return make(gln=gln(), customer=party("Customer"), supplier=party("Supplier"))


def recalled_lot():
	importer = factories.wholesaler()
	made = add_days(getdate(), -30)
	lot = factories.lot(importer=importer.name, manufacture_date=made, quantity_imported=1500)
	lot.transition("Recall", "glass in the vials")
	return lot


def rate_in_force():
	rate = factories.licence_fee_rate()
	rate.transition("Put in Force")
	return rate


class FixedFieldsCase(SiteTestCase):
	"""Two documents of each DocType, committed: the second has the values that somebody puts into the first."""

	documents: ClassVar[dict[str, tuple]] = {}

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.documents = cls.documents or cls.make_documents()
		FixedFieldsCase.documents = cls.documents
		frappe.db.commit()

	@staticmethod
	def make_documents() -> dict[str, tuple]:
		made = {
			"Pharmacy": [facility(factories.pharmacy), facility(factories.pharmacy)],
			"Public Facility": [facility(factories.public_facility), facility(factories.public_facility)],
			"National Lot": [recalled_lot(), factories.lot(importer=factories.wholesaler().name)],
			"Licence Fee Rate": [
				rate_in_force(),
				factories.licence_fee_rate(kind="Wholesaler", amount=70_000),
			],
			"Administrative Level": [factories.province(), factories.commune(factories.province())],
		}
		ties = {
			"National Medicine": ("National Lot", "national_medicine"),
			"Batch": ("National Lot", "batch"),
			"Warehouse": ("Pharmacy", "warehouse"),
			"Item": ("National Medicine", "item"),
		}
		for doctype, (ours, field) in ties.items():
			made[doctype] = [frappe.get_doc(doctype, doc.reload().get(field)) for doc in made[ours]]
		return {doctype: tuple(pair) for doctype, pair in made.items()}

	def stored(self, doc, field: str):
		df = doc.meta.get_field(field)
		if df.fieldtype == "Table":
			rows = frappe.get_all(df.options, {"parent": doc.name}, ["authorised_price", "changed_by"])
			return [tuple(row.values()) for row in rows]
		return frappe.db.get_value(doc.doctype, doc.name, field)

	def others(self, doctype: str, field: str) -> list:
		"""What somebody might put there: another document's value, and nothing."""
		first, second = self.documents[doctype]
		df = first.meta.get_field(field)
		if df.fieldtype == "Table":
			return [[{"authorised_price": 1}]]
		if df.fieldtype == "Check":
			return [1 - int(first.get(field) or 0)]
		if df.fieldtype == "Select":
			return [next(option for option in df.options.split("\n") if option != first.get(field))]
		other = second.get(field)
		if other == first.get(field) or not other:
			other = self.invented(df, first.get(field))
		return [other, None] if first.get(field) else [other]

	def invented(self, df, value):
		if df.fieldtype == "Int":
			return int(value or 0) + 999
		if df.fieldtype == "Date":
			return add_days(getdate(), 400)
		if df.fieldtype == "Link":
			return frappe.db.get_value(df.options, {"name": ("!=", value or "")})
		return f"X{factories.hash_()}"

	def each_change(self, *doctypes: str):
		"""(document, field, how it is fixed, another value) of every fixed field."""
		for doctype in doctypes or FIXED:
			for field, fixed in FIXED[doctype].items():
				for value in self.others(doctype, field):
					yield self.documents[doctype][0], field, fixed, value
