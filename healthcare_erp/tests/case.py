"""The base of the suites that run on a site: every test ends where it began."""

from collections.abc import Callable

import frappe
from frappe.tests.utils import FrappeTestCase


class SiteTestCase(FrappeTestCase):
	"""Each test has its own transaction, rolled back; `assertRefused` asks for the exact error and status."""

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.clear_messages()

	def assertRefused(
		self, error: type[Exception], call: Callable, *args, status: int | None = None, **kwargs
	):
		"""The call raises exactly this class (with this HTTP status) and its text; returns the text."""
		try:
			call(*args, **kwargs)
		except Exception as refusal:
			if type(refusal) is not error:
				raise
			if status:
				self.assertEqual(refusal.http_status_code, status)
			return str(refusal)
		self.fail(f"nothing raised {error.__name__}")
