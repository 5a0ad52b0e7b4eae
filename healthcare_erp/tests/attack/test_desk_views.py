"""What Desk asks for by itself when a view is opened is answered, with the scope's rows, to whoever may open it."""

import re

import frappe
from frappe.desk.form.meta import get_meta

from healthcare_erp.core.scope import SCOPES
from healthcare_erp.setup.roles import ROLES
from healthcare_erp.tests import factories
from healthcare_erp.tests.attack.asking import StandingWorldCase, ask
from healthcare_erp.tests.attack.world import light_user

SEARCH = "frappe.desk.search.search_link"
_ADDED = re.compile(r"add_fields: \[(.*?)\]", re.DOTALL)


class DeskCase(StandingWorldCase):
	"""A pharmacy of a province, and users of it; another pharmacy lies elsewhere."""

	@classmethod
	def build(cls):
		cls.province = factories.province()
		cls.mine = factories.pharmacy(administrative_level=cls.province.name)
		cls.other = factories.pharmacy()
		cls.territory = ("Administrative Level", cls.province.name)
		cls.manager = factories.user("Pharmacy Manager", scope=("Pharmacy", cls.mine.name))
		cls.inspector = factories.user("Inspector", scope=cls.territory)

	def call(self, user: str, method: str, /, **form):
		return ask(user, "POST", f"/api/method/{method}", **form)


class TestLists(DeskCase):
	def test_list_opens_for_every_role_and_scope_that_may_read(self):
		for role in ROLES:
			for scope in (None, self.territory, ("Pharmacy", self.mine.name)):
				user = light_user((role,), scope)
				for doctype in self.readable(user):
					form = {"doctype": doctype, "fields": list(_list_fields(doctype)), "page_length": 20}
					answer = self.call(user, "frappe.desk.reportview.get", **form)
					with self.subTest(role=role, scope=scope, doctype=doctype):
						self.assertEqual(answer.status, 200, answer.text)

	def test_list_shows_the_name_of_the_place(self):
		form = {"doctype": "Pharmacy", "fields": list(_list_fields("Pharmacy"))}
		answer = self.call(self.inspector, "frappe.desk.reportview.get", **form)
		self.assertIn(self.province.level_name, answer.text)
		self.assertNotIn(self.other.name, answer.text)

	def readable(self, user: str) -> list[str]:
		lists = [doctype for doctype in SCOPES if _has_list(frappe.get_meta(doctype))]
		return [doctype for doctype in lists if frappe.has_permission(doctype, user=user)]


class TestPickers(DeskCase):
	"""A seller picks a buyer anywhere in the country."""

	def found(self, text: str) -> list[str]:
		field = frappe.get_meta("Stock Movement").get_field("counterparty")
		form = {
			"doctype": "Pharmacy",
			"txt": text,
			"reference_doctype": "Stock Movement",
			"ignore_user_permissions": field.ignore_user_permissions,  # as Desk's control sends it
		}
		return [row["value"] for row in self.call(self.manager, SEARCH, **form).value]

	def test_counterparty_is_found_outside_the_scope(self):
		self.assertEqual(self.found(self.other.facility_name), [self.other.name])

	def test_counterparty_is_found_by_its_place(self):
		self.assertEqual(self.found(self.other.administrative_level), [self.other.name])

	def test_approved_facilities_come_first(self):
		place = self.other.administrative_level
		waiting = factories.pharmacy(
			approved=False, administrative_level=place, facility_name="A first in the alphabet"
		)
		self.assertEqual(self.found(place), [self.other.name, waiting.name])


class TestSidebar(DeskCase):
	"""What stands beside a list, and the buttons above it."""

	def test_assignments_are_counted_within_the_scope(self):
		for facility in (self.mine, self.other):
			to_do = {"allocated_to": self.inspector, "description": "x"}
			factories.make("ToDo", reference_type="Pharmacy", reference_name=facility.name, **to_do)
		form = {"doctype": "Pharmacy", "current_filters": "[]", "field": "assigned_to"}
		for user in (self.inspector, self.manager):
			counted = self.call(user, "frappe.desk.listview.get_group_by_count", **form).value
			self.assertEqual(counted, [{"name": self.inspector, "count": 1}])
		none = form | {"current_filters": [["Pharmacy", "status", "=", "Rejected"]]}
		self.assertEqual(self.call(self.manager, "frappe.desk.listview.get_group_by_count", **none).value, [])

	def test_tagged_documents_are_those_of_the_scope(self):
		for facility in (self.mine, self.other):
			frappe.db.set_value("Pharmacy", facility.name, "_user_tags", ",urgent")
		form = {"doctype": "Pharmacy", "tag": "%urgent%"}
		found = self.call(self.manager, "frappe.desk.doctype.tag.tag.get_tagged_docs", **form).value
		self.assertEqual(found, [[self.mine.name]])

	def test_tag_of_a_reader_is_refused_by_name(self):
		reader = factories.user("Auditor")
		for method in ("add_tag", "remove_tag"):
			form = {"dt": "Pharmacy", "dn": self.mine.name, "tag": "urgent"}
			answer = self.call(reader, f"frappe.desk.doctype.tag.tag.{method}", **form)
			self.assertEqual((answer.status, answer.text.split()[0]), (403, "OutOfScopeError"), answer.text)

	def test_calendar_that_is_not_there_is_refused_by_name(self):
		events = "frappe.desk.calendar.get_events"
		period = {"doctype": "Stock Movement", "start": "2020-01-01", "end": "2099-01-01"}
		undeclared = {"id": "name", "start": "start", "end": "end", "allDay": "all_day"}
		answer = self.call(self.manager, events, **period, field_map=undeclared)
		self.assertEqual((answer.status, answer.text.split()[0]), (400, "InvalidRequestError"), answer.text)
		declared = {"id": "name", "start": "posting_datetime", "end": "posting_datetime", "title": "name"}
		self.assertEqual(self.call(self.manager, events, **period, field_map=declared).status, 200)


def _has_list(meta) -> bool:
	return not (meta.issingle or meta.istable)


def _list_fields(doctype: str):
	"""The columns that Desk's list asks for, as list_view.js puts them together."""
	meta = get_meta(doctype)
	added = _ADDED.search(meta.get("__list_js") or "")
	named = {"name", "owner", "modified", "docstatus", "idx", "_user_tags", "_assign", meta.get_title_field()}
	named |= {field.fieldname for field in meta.fields if field.in_list_view or field.fieldname == "status"}
	named |= set(re.findall(r"\w+", added.group(1))) if added else set()
	yield from (f"`tab{doctype}`.`{name}`" for name in sorted(named))
	for link in meta.get_link_fields():
		linked = frappe.get_meta(link.options)
		if link.fieldname in named and linked.show_title_field_in_link and linked.title_field:
			yield f"{link.fieldname}.{linked.title_field} as {link.fieldname}_{linked.title_field}"
