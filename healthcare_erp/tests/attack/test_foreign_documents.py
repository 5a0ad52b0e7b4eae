"""Documents outside the scope: nothing is hung on them, nothing is told of what they are linked to, no tree is rewritten."""

import frappe

from healthcare_erp.tests import factories
from healthcare_erp.tests.attack.asking import StandingWorldCase, ask, written

METHOD = "/api/method/frappe."


class ForeignCase(StandingWorldCase):
	@classmethod
	def build(cls):
		cls.mine, cls.lot = factories.stocked(20)
		cls.other = factories.wholesaler()
		cls.entry = factories.stock_entry("Material Receipt", cls.lot, 7, target=cls.other.warehouse)
		cls.entry.submit()
		cls.manager = factories.user("Pharmacy Manager", "Stock User", scope=("Pharmacy", cls.mine.name))
		cls.regulator = factories.user("National Admin", "Stock User")
		cls.citizen = factories.user()
		frappe.db.set_value("User", cls.citizen, "user_type", "Website User")

	def foreign(self):
		"""(user, DocType, name) of what each may not see."""
		outside = (
			("Pharmacy", self.other.name),
			("Warehouse", self.other.warehouse),
			("Stock Entry", self.entry.name),
		)
		yield from ((self.manager, *document) for document in outside)
		yield from ((self.citizen, *document) for document in (*outside, ("National Lot", self.lot.name)))

	def call(self, user: str, method: str, /, **form):
		return ask(user, "POST", METHOD + method, **form)

	def assert_refused(self, answer):
		self.assertEqual((answer.status, answer.text.split()[0]), (403, "OutOfScopeError"), answer.text)


class TestRemarks(ForeignCase):
	def test_no_file_is_hung_on_it(self):
		for user, doctype, name in self.foreign():
			with self.subTest(user=user, doctype=doctype):
				file = {
					"file_name": "x.txt",
					"content": "x",
					"attached_to_doctype": doctype,
					"attached_to_name": name,
				}
				self.assertEqual(ask(user, "POST", "/api/resource/File", **file).status, 403)

	def test_file_is_hung_on_ones_own(self):
		file = {"file_name": "x.txt", "content": "x", "attached_to_doctype": "Pharmacy"}
		answer = ask(self.manager, "POST", "/api/resource/File", **file, attached_to_name=self.mine.name)
		self.assertEqual(answer.status, 200, answer.text)

	def test_nor_a_comment_of_the_web_site(self):
		for user, doctype, name in self.foreign():
			with self.subTest(user=user, doctype=doctype):
				about = {"reference_doctype": doctype, "reference_name": name, "route": ""}
				said = {"comment": "x", "comment_email": "x", "comment_by": "x"}
				self.assert_refused(
					self.call(user, "templates.includes.comments.comments.add_comment", **about, **said)
				)

	def test_nor_a_discussion_or_a_reply_to_one(self):
		submit = "website.doctype.discussion_topic.discussion_topic.submit_discussion"
		for user, doctype, name in self.foreign():
			with self.subTest(user=user, doctype=doctype):
				topic = {"doctype": "Discussion Topic", "title": "x"}
				topic = frappe.get_doc(
					topic | {"reference_doctype": doctype, "reference_docname": name}
				).insert()
				form = {"doctype": doctype, "docname": name, "reply": "x", "title": "x"}
				self.assert_refused(self.call(user, submit, **form))
				self.assert_refused(self.call(user, submit, **form, topic_name=topic.name))

	def test_like_of_a_page_is_refused_by_name(self):
		like = "templates.includes.likes.likes.like"
		row = frappe.db.get_value("Stock Movement", {"warehouse": self.mine.warehouse})
		for doctype, name in (("Pharmacy", self.mine.name), ("Stock Movement", row)):
			form = {"reference_doctype": doctype, "reference_name": name, "like": "1"}
			for user in (self.citizen, "Guest"):
				with self.subTest(doctype=doctype, user=user):
					self.assert_refused(self.call(user, like, **form))
			self.assertIn(self.call(self.manager, like, **form).status, (403, 409))


class TestLinks(ForeignCase):
	def test_links_of_a_document_are_told_to_its_readers(self):
		get, submitted = (f"desk.form.linked_with.{name}" for name in ("get", "get_submitted_linked_docs"))
		form = {"doctype": "Pharmacy", "docname": self.other.name}
		for user in (self.manager, self.citizen):
			self.assertEqual(self.call(user, get, **form).status, 403)
			self.assertEqual(
				self.call(user, submitted, doctype="Stock Entry", name=self.entry.name).status, 403
			)
		self.assertEqual(self.call(self.regulator, get, **form).status, 200)

	def test_submitted_documents_of_others_are_not_named(self):
		frappe.get_doc("User", self.manager).add_roles("Item Manager", "Stock Manager")
		form = {"doctype": "Batch", "name": self.lot.batch}
		answer = self.call(self.manager, "desk.form.linked_with.get_submitted_linked_docs", **form)
		self.assertEqual(answer.status, 200, answer.text)
		self.assertNotIn(self.entry.name, answer.text)
		told = self.call("Administrator", "desk.form.linked_with.get_submitted_linked_docs", **form)
		self.assertIn(self.entry.name, told.text)


class TestTrees(ForeignCase):
	def test_tree_is_not_rebuilt_by_a_stranger(self):
		for doctype in ("Warehouse", "Administrative Level"):
			before = frappe.get_all(doctype, fields=["name", "lft", "rgt"], order_by="name")
			for user in (self.citizen, self.manager):
				with written(
					user, "POST", f"{METHOD}utils.nestedset.rebuild_tree", doctype=doctype
				) as answer:
					self.assert_refused(answer)
					self.assertEqual(
						frappe.get_all(doctype, fields=["name", "lft", "rgt"], order_by="name"), before
					)
