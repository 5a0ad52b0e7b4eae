"""Who may do what (design section 5): role x DocType x permission, inside and outside the user's scope."""

import frappe

from healthcare_erp.core.scope import SCOPED
from healthcare_erp.tests import factories, specimens
from healthcare_erp.tests.permissions.case import NATIONAL, ROLES, MatrixTestCase

PTYPES = {"r": "read", "w": "write", "c": "create", "d": "delete"}
PLACES = ("Administrative Level",)  # scoped by Frappe itself: User Permissions name them

# DocType -> what each of ROLES may do, in their order.
MATRIX = {
	"Stock Movement": "rc r r r r rc rc rc - - -",
	"National Lot": "rwc rw r r r r r r r r r",
	"National Medicine": "rwc r r r r r r r r r r",
	"Pharmacy": "rwc rw r r r r r r r r r",
	"Public Facility": "rwc rw r r r r r r r r r",
	"Administrative Level": "rwc r r r r r r r r r r",
	"Audit Entry": "r r r r - - - - - - -",
	"Licence Fee Rate": "rwc r r r - - - - - - -",
}


class TestDocTypes(MatrixTestCase):
	def documents(self) -> dict[str, tuple]:
		"""DocType -> (a document inside, one outside) the scope."""
		inside, outside = specimens.make(self.province), specimens.make(self.elsewhere)
		return {doctype: (inside[doctype], outside[doctype]) for doctype in MATRIX}

	def test_every_doctype_is_tried(self):
		"""(Rows have the permissions of their documents, and everybody reads what the settings say through the app.)"""
		doctypes = frappe.get_all(
			"DocType", {"module": ("in", frappe.get_module_list("healthcare_erp"))}, pluck="name"
		)
		self.assertEqual(set(specimens.make(self.province)), set(doctypes))

	def allowed(self, doc, user: str) -> str:
		"""The letters of what the user may do with a document."""
		return "".join(
			letter
			for letter, ptype in PTYPES.items()
			if frappe.has_permission(doc.doctype, ptype, doc=doc, user=user)
		)

	def test_matrix_inside_and_outside_the_scope(self):
		documents = self.documents()
		for place, role in enumerate(ROLES):
			user = self.scope(role)
			for doctype, row in MATRIX.items():
				granted = row.split()[place].replace("-", "")
				inside, outside = documents[doctype]
				with self.subTest(role=role, doctype=doctype):
					self.assertEqual(self.allowed(inside, user), granted)
					expected = "" if doctype in SCOPED + PLACES else granted
					self.assertEqual(self.allowed(outside, user), expected)

	def test_matrix_without_a_scope(self):
		"""National roles see the whole country, all others no facility and no movement."""
		documents = self.documents()
		for place, role in enumerate(ROLES):
			user = factories.user_as_administrator(role)
			for doctype, row in MATRIX.items():
				granted = row.split()[place].replace("-", "")
				hidden = doctype in SCOPED and role not in NATIONAL
				with self.subTest(role=role, doctype=doctype):
					for doc in documents[doctype]:
						self.assertEqual(self.allowed(doc, user), "" if hidden else granted)

	def test_lists_and_documents_agree(self):
		documents = self.documents()
		scopes = {
			"province": lambda role: self.scope(role),
			"facility": lambda role: factories.user_as_administrator(
				role, scope=("Pharmacy", self.inside.name)
			),
			"none": factories.user_as_administrator,
		}
		for role in ("National Admin", "Pharmacy Manager", "Physician"):
			for scope, make in scopes.items():
				user = make(role)
				for doctype, pair in documents.items():
					with self.subTest(role=role, scope=scope, doctype=doctype):
						self.assertEqual(self.listed(doctype, pair, user), self.readable(pair, user))

	def listed(self, doctype: str, pair, user: str) -> set[str]:
		frappe.set_user(user)
		try:
			return set(
				frappe.get_list(doctype, filters={"name": ("in", [d.name for d in pair])}, pluck="name")
			)
		except frappe.PermissionError:
			return set()
		finally:
			frappe.set_user("Administrator")

	def readable(self, pair, user: str) -> set[str]:
		return {doc.name for doc in pair if frappe.has_permission(doc.doctype, "read", doc=doc, user=user)}

	def test_a_facility_and_a_territory_add_up(self):
		"""Somebody responsible for a province and for one facility elsewhere sees both, in lists as well."""
		user = self.scope("Pharmacy Manager")
		factories.make("User Permission", user=user, allow="Pharmacy", for_value=self.outside.name)
		rows = [frappe.get_doc("Stock Movement", name) for name in self.rows.values()]
		for doctype, pair in (("Stock Movement", rows), ("Pharmacy", (self.inside, self.outside))):
			names = {doc.name for doc in pair}
			self.assertEqual(self.listed(doctype, pair, user), names)
			self.assertEqual(self.readable(pair, user), names)
		stranger = factories.wholesaler()
		self.assertEqual(self.listed("Pharmacy", [stranger], user), set())
		self.assertEqual(self.readable([stranger], user), set())

	def test_a_pharmacy_reads_the_lots_that_others_imported(self):
		lot = factories.lot(importer=self.outside.name)
		user = factories.user_as_administrator("Pharmacy Manager", scope=("Pharmacy", self.inside.name))
		self.assertEqual(self.readable([lot], user), {lot.name})
		self.assertEqual(self.listed("National Lot", [lot], user), {lot.name})
