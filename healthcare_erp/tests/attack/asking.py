"""Asks the API as a client does, in this process and this transaction: Frappe's own routes, hooks and answers."""

import json
from typing import NamedTuple
from unittest.mock import patch

import frappe
import frappe.api
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from healthcare_erp.tests.case import SiteTestCase


class Answer(NamedTuple):
	status: int
	text: str

	@property
	def value(self):
		"""What a method returned."""
		return json.loads(self.text).get("message")


def ask(user: str, verb: str, path: str, /, **form) -> Answer:
	"""One request as a user; whatever it wrote is undone."""
	with written(user, verb, path, **form) as answer:
		return answer


class StandingWorldCase(SiteTestCase):
	"""`build` makes what all tests of a class share, once; what a test does beside is undone."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.build()

	def setUp(self):
		frappe.db.savepoint("standing_world")

	def tearDown(self):
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="standing_world")
		frappe.clear_messages()


class written:
	"""The same; what it wrote stays until the block ends (`with written(…) as answer`)."""

	def __init__(self, user: str, verb: str, path: str, /, **form):
		self.user, self.verb, self.path, self.form = user, verb, path, form

	def __enter__(self) -> Answer:
		frappe.db.savepoint("asked")
		frappe.set_user(self.user)
		_begin(self.verb, self.path, self.form)
		undo = frappe.db.rollback
		# some methods commit, or roll everything back: here neither leaves the test's transaction
		with (
			patch.object(frappe.db, "commit"),
			patch.object(
				frappe.db, "rollback", lambda save_point=None: undo(save_point=save_point or "asked")
			),
		):
			answer = _answer()
		if answer.status >= 400:  # as Frappe does
			frappe.db.rollback(save_point="asked")
		return answer

	def __exit__(self, *_error) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="asked")
		frappe.local.request = None
		frappe.local.form_dict = frappe._dict()
		frappe.clear_messages()


def _begin(verb: str, path: str, form: dict) -> None:
	frappe.local.request = Request(EnvironBuilder(path=path, method=verb).get_environ())
	texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in form.items()}
	frappe.local.form_dict = frappe._dict(texts)
	frappe.local.response = frappe._dict(docs=[])
	frappe.local.request_ip = "127.0.0.1"
	frappe.local.flags.error_message = None
	frappe.clear_messages()


def _answer() -> Answer:
	try:
		for hook in frappe.get_hooks("auth_hooks"):
			frappe.get_attr(hook)()
		response = frappe.api.handle(frappe.local.request)
		return Answer(response.status_code, response.get_data(as_text=True))
	except HTTPException as refusal:
		return Answer(refusal.code, str(refusal))
	except Exception as refusal:
		said = f"{type(refusal).__name__} {refusal} {frappe.local.message_log}"
		return Answer(getattr(refusal, "http_status_code", 500), said)
