"""Every fixed field through every way into a document: none changes it. The cases come from the declaration."""

import json
from collections.abc import Callable

import frappe
from frappe.client import bulk_update, set_value
from frappe.core.doctype.data_import.importer import Importer
from frappe.desk.doctype.bulk_update.bulk_update import submit_cancel_or_update_docs
from frappe.desk.form.save import savedocs

from healthcare_erp.core import exceptions as errors
from healthcare_erp.domain.fixed_fields import FIXED, Since
from healthcare_erp.tests import factories, web
from healthcare_erp.tests.fixed_fields.case import FixedFieldsCase

# The first half of a dynamic link: alone, Frappe itself refuses it, for its second half is not found then.
HALVES = ("importer_type", "healthcare_facility_type")


def save(doc, values: dict) -> None:
	frappe.get_doc(doc.doctype, doc.name).update(values).save()


def save_form(doc, values: dict) -> None:
	sent = frappe.get_doc(doc.doctype, doc.name).as_dict() | values
	savedocs(frappe.as_json(sent), "Save")


def update_in_bulk(doc, values: dict) -> None:
	[failed] = submit_cancel_or_update_docs(
		doc.doctype, json.dumps([doc.name]), "update", json.dumps(values, default=str)
	)
	assert failed == doc.name


def update_many(doc, values: dict) -> None:
	sent = {"doctype": doc.doctype, "docname": doc.name, **values}
	answer = bulk_update(json.dumps([sent], default=str))
	assert "FixedFieldError" in answer["failed_docs"][0]["exc"]


def share_and_save(doc, values: dict) -> None:
	"""Somebody with no right to write but what was shared with him."""
	colleague = factories.user("Pharmacy Manager")
	frappe.share.add(doc.doctype, doc.name, colleague, read=1, write=1)
	frappe.set_user(colleague)
	try:
		save(doc, values)
	finally:
		frappe.set_user("Administrator")


WAYS = {
	"save": save,
	"Desk": save_form,
	"set_value": lambda doc, values: set_value(doc.doctype, doc.name, values),
	"bulk update": update_in_bulk,
	"client.bulk_update": update_many,
}


class TestEveryWay(FixedFieldsCase):
	def assert_fixed(self, way: Callable, doc, field: str, fixed, value) -> None:
		"""It is refused by name (or worked out again), and what was stored stands."""
		before = self.stored(doc, field)
		frappe.db.savepoint("before_way")
		refusal = None
		try:
			way(doc, {field: value})
		except Exception as error:
			refusal = error
			frappe.db.rollback(save_point="before_way")
		frappe.clear_document_cache(doc.doctype, doc.name)
		self.assertEqual(self.stored(doc, field), before)
		if fixed.since is not Since.COMPUTED and way in (save, save_form, WAYS["set_value"], share_and_save):
			expected = frappe.ValidationError if field in HALVES else errors.FixedFieldError
			self.assertIsInstance(refusal, expected)

	def test_no_way_in_this_process_changes_it(self):
		for way in ("save", "Desk", "set_value"):
			for doc, field, fixed, value in self.each_change():
				with self.subTest(way=way, doctype=doc.doctype, field=field, value=value):
					self.assert_fixed(WAYS[way], doc, field, fixed, value)

	def test_no_way_in_bulk_changes_it(self):
		"""These commit, and answer with what failed."""
		for way in ("bulk update", "client.bulk_update"):
			for doc, field, fixed, value in self.each_change():
				if fixed.since is Since.COMPUTED:
					continue
				with self.subTest(way=way, doctype=doc.doctype, field=field, value=value):
					self.assert_fixed(WAYS[way], doc, field, fixed, value)

	def test_a_share_with_write_changes_nothing(self):
		for doc, field, fixed, value in self.each_change("Pharmacy", "National Lot", "Administrative Level"):
			with self.subTest(doctype=doc.doctype, field=field, value=value):
				self.assert_fixed(share_and_save, doc, field, fixed, value)

	def test_the_web_changes_nothing(self):
		headers = web.login(
			factories.user("National Admin", "Item Manager", "Stock Manager", "System Manager")
		)
		frappe.db.commit()
		for address in ("/api/resource/{}/{}", "/api/v2/document/{}/{}"):
			for doc, field, fixed, value in self.each_change():
				with self.subTest(address, doctype=doc.doctype, field=field, value=value):
					self.refused_by_the_web(headers, address, doc, field, fixed, value)

	def refused_by_the_web(self, headers, address: str, doc, field: str, fixed, value) -> None:
		before = self.stored(doc, field)
		sent = json.loads(json.dumps({field: value}, default=str))
		answer = web.request("PUT", address.format(doc.doctype, doc.name), headers, json=sent)
		frappe.db.rollback()
		self.assertEqual(self.stored(doc, field), before)
		if fixed.since is not Since.COMPUTED:
			self.assertIn(answer.status, (409, 417) if field in HALVES else (409,), answer.body)

	def test_a_data_import_changes_nothing(self):
		for doc, field, fixed, value in self.each_change():
			if value and doc.meta.get_field(field).fieldtype != "Table":
				with self.subTest(doctype=doc.doctype, field=field, value=value):
					self.assert_fixed(self.run_import, doc, field, fixed, value)

	def run_import(self, doc, values: dict) -> None:
		[(field, value)] = values.items()
		label = doc.meta.get_label(field)
		content = f'ID,{label}\n"{doc.name}","{value}"'
		file = factories.make("File", file_name=f"{factories.hash_()}.csv", content=content, is_private=1)
		job = factories.make(
			"Data Import",
			reference_doctype=doc.doctype,
			import_type="Update Existing Records",
			import_file=file.file_url,
		)
		Importer(doc.doctype, data_import=job).import_data()
		[success] = frappe.get_all("Data Import Log", {"data_import": job.name}, pluck="success")
		if FIXED[doc.doctype][field].since is not Since.COMPUTED:
			assert not success
