"""Every write of a registered document, on every way in, leaves exactly one entry; what is undone leaves none."""

import json
from collections.abc import Callable
from functools import partial
from typing import ClassVar, NamedTuple
from unittest.mock import patch

import frappe
from frappe.client import bulk_update, set_value
from frappe.core.doctype.data_import.importer import Importer
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk.doctype.bulk_update.bulk_update import submit_cancel_or_update_docs
from frappe.desk.form.save import savedocs
from frappe.model.rename_doc import rename_doc
from frappe.utils import now_datetime

from healthcare_erp.core import audit
from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.audit import writer
from healthcare_erp.core.audit.test_entries import AuditCase, kept
from healthcare_erp.domain.audit import REGISTERED
from healthcare_erp.tests import factories, specimens, web
from healthcare_erp.tests.case import SETTINGS

# DocType -> what a user changes of it: field, two values, each as it is kept
CHANGES = {
	"Administrative Level": ("capital", {"Gitega": "Gitega", "Ngozi": "Ngozi"}),
	SETTINGS: ("import_tolerance", {2.5: "2.5", 5: "5"}),
	"Licence Fee Rate": ("amount", {60000: "60000", 70000: "70000"}),
	"National Lot": ("manufacture_date", {"2026-01-05": "2026-01-05"}),
	"National Medicine": ("authorisation_holder", {"Glumac": "Glumac", "Sandoz": "Sandoz"}),
	"Pharmacy": ("latitude", {-3.25: "-3.25", -3.5: "-3.5"}),
	"Public Facility": ("address_line", {"Avenue de l’Université": "Avenue de l’Université", "B. 1": "B. 1"}),
}


class Change(NamedTuple):
	"""A change of a document: what is sent, and what its entry says."""

	doctype: str
	name: str
	values: dict
	before: dict
	after: dict


def save(doctype: str, name: str, values: dict) -> None:
	frappe.get_doc(doctype, name).update(values).save()


def save_form(doctype: str, name: str, values: dict) -> None:
	savedocs(frappe.as_json(frappe.get_doc(doctype, name).as_dict() | values), "Save")


def update_in_bulk(doctype: str, name: str, values: dict) -> None:
	assert not submit_cancel_or_update_docs(doctype, json.dumps([name]), "update", json.dumps(values))


def update_many(doctype: str, name: str, values: dict) -> None:
	assert not bulk_update(json.dumps([{"doctype": doctype, "docname": name, **values}]))["failed_docs"]


def import_rows(doctype: str, name: str, values: dict) -> None:
	meta = frappe.get_meta(doctype)
	header = ["ID", *(meta.get_label(field) for field in values)]
	content = f"{','.join(header)}\n{','.join(map(str, (name, *values.values())))}"
	file = factories.make("File", file_name=f"{factories.hash_()}.csv", content=content, is_private=1)
	job = factories.make(
		"Data Import",
		reference_doctype=doctype,
		import_type="Update Existing Records",
		import_file=file.file_url,
	)
	Importer(doctype, data_import=job).import_data()


WAYS: dict[str, Callable[[str, str, dict], None]] = {
	"save": save,
	"Desk": save_form,
	"set_value": set_value,
	"bulk update": update_in_bulk,
	"client.bulk_update": update_many,
	"Data Import": import_rows,
}


class AuditTestCase(AuditCase):
	"""One document of each registered DocType, committed."""

	documents: ClassVar[dict[str, str]] = {}

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.keep_settings()
		if not AuditTestCase.documents:
			made = specimens.make(factories.province())
			AuditTestCase.documents = {doctype: made[doctype].name for doctype in REGISTERED}
		frappe.db.commit()

	def change(self, doctype: str) -> Change:
		"""A change that differs from what is stored. (A lot's date is given once: it is a new lot.)"""
		name = factories.lot().name if doctype == "National Lot" else self.documents[doctype]
		frappe.db.commit()
		field, values = CHANGES[doctype]
		stored = audit.values_of(frappe.get_doc(doctype, name)).get(field)
		value, text = next((value, text) for value, text in values.items() if text != stored)
		return Change(doctype, name, {field: value}, {field: stored}, {field: text})


class TestEveryWay(AuditTestCase):
	def test_every_registered_doctype_is_tried(self):
		self.assertEqual(set(CHANGES), set(REGISTERED))

	def test_a_change_leaves_one_entry_with_what_changed(self):
		for doctype in REGISTERED:
			for way in ("save", "Desk") if doctype == SETTINGS else WAYS:
				with self.subTest(doctype, way=way):
					self.tried(self.change(doctype), WAYS[way])

	def tried(self, change: Change, way: Callable) -> None:
		start = now_datetime()
		write = partial(way, change.doctype, change.name, change.values)
		[entry] = self.entries_after(change.doctype, change.name, write)
		self.assertEqual(kept(entry), ("Update", change.before, change.after))
		self.assertEqual((entry.actor, entry.owner, entry.reason), ("Administrator", "Administrator", None))
		self.assertEqual(entry.request, audit.request_id())
		self.assertTrue(start <= entry.happened_at <= now_datetime())
		self.assertEqual((entry.from_status, entry.to_status), (None, None))
		frappe.db.commit()

	def test_over_rest(self):
		user = factories.user("National Admin")
		headers = web.login(user)
		for doctype in REGISTERED:
			for verb, path in (("PUT", "/api/resource"), ("PATCH", "/api/v2/document")):
				with self.subTest(doctype, path=path):
					change = self.change(doctype)
					call = partial(self.send, verb, f"{path}/{doctype}/{change.name}", headers, change.values)
					[entry] = self.entries_after(doctype, change.name, call)
					self.assertEqual(
						(entry.actor, kept(entry)), (user, ("Update", change.before, change.after))
					)
					self.assertNotEqual(entry.request, audit.request_id())

	def send(self, verb: str, path: str, headers: dict, values: dict) -> None:
		self.assertEqual(web.request(verb, path, headers, json=values).status, 200)
		frappe.db.rollback()  # to see what was committed

	def test_a_save_that_changes_nothing_leaves_none(self):
		for doctype, name in self.documents.items():
			with self.subTest(doctype):
				self.assertEqual(self.entries_after(doctype, name, partial(save, doctype, name, {})), [])

	def test_a_new_document_leaves_one_entry_with_what_its_events_gave_it(self):
		for doctype, make in (
			("Pharmacy", partial(factories.pharmacy, approved=False)),
			("Public Facility", partial(factories.public_facility, approved=False)),
			("Licence Fee Rate", factories.licence_fee_rate),
			("National Lot", factories.lot),
			("National Medicine", factories.medicine),
			("Administrative Level", factories.province),
		):
			with self.subTest(doctype):
				doc = make()
				[entry] = factories.trail(doc)
				action, before, after = kept(entry)
				self.assertEqual((action, before, entry.before), ("Create", {}, None))
				self.assertEqual(after, audit.values_of(frappe.get_doc(doctype, doc.name)))
				self.assertTrue(doctype != "National Lot" or after["batch"])

	def test_a_deleted_document_leaves_what_it_held(self):
		place = factories.province()
		held = audit.values_of(frappe.get_doc(place.doctype, place.name))
		[entry] = self.entries_after(
			place.doctype, place.name, lambda: frappe.delete_doc(place.doctype, place.name)
		)
		self.assertEqual((kept(entry), entry.after), (("Delete", held, {}), None))

	def test_none_is_renamed(self):
		for doctype, name in self.documents.items():
			with self.subTest(doctype):
				rename = partial(rename_doc, doctype, name, "Other", force=True)
				self.assertRefused(errors.ImmutableRecordError, rename, status=409)

	def test_none_is_merged(self):
		pharmacy = factories.pharmacy(approved=False)
		merge = partial(
			rename_doc, "Pharmacy", pharmacy.name, self.documents["Pharmacy"], merge=True, force=True
		)
		self.assertRefused(errors.ImmutableRecordError, merge, status=409)

	def test_a_link_whose_document_is_renamed_leaves_an_entry(self):
		customer = factories.make("Customer", customer_name=factories.hash_()).name
		pharmacy = factories.pharmacy(customer=customer)
		new = f"Customer {factories.hash_()}"
		rename = partial(rename_doc, "Customer", customer, new, force=True)
		[entry] = self.entries_after("Pharmacy", pharmacy.name, rename)
		self.assertEqual(kept(entry), ("Update", {"customer": customer}, {"customer": new}))
		self.assertEqual(pharmacy.reload().customer, new)

	def test_a_property_setter_hides_no_field(self):
		self.addCleanup(frappe.clear_cache, doctype="Pharmacy")
		for name, value, kind in (
			("read_only", "1", "Check"),
			("fetch_from", "warehouse.warehouse_name", "Small Text"),
		):
			make_property_setter("Pharmacy", "address_line", name, value, kind)
		pharmacy = frappe.get_doc("Pharmacy", self.documents["Pharmacy"])
		[entry] = self.entries_after("Pharmacy", pharmacy.name, pharmacy.save)
		self.assertEqual(json.loads(entry.after), {"address_line": pharmacy.address_line})

	def test_what_is_undone_leaves_no_entry(self):
		for doctype in REGISTERED:
			with self.subTest(doctype):
				change = self.change(doctype)
				write = partial(save, doctype, change.name, change.values)
				self.assertEqual(self.entries_after(doctype, change.name, partial(self.undone, write)), [])

	def undone(self, change: Callable) -> None:
		frappe.db.savepoint("before_change")
		change()
		frappe.db.rollback(save_point="before_change")

	def test_a_write_whose_entry_fails_fails(self):
		with patch.object(writer, "_INSERT", "INSERT INTO nowhere VALUES "):
			self.assertRaises(frappe.db.ProgrammingError, self.refused_save)

	def refused_save(self) -> None:
		save("Pharmacy", self.documents["Pharmacy"], {"address_line": factories.hash_()})
