"""The base of the suites that run on a site: every test ends where it began."""

from collections.abc import Callable

import frappe
from frappe.tests.utils import FrappeTestCase

SETTINGS = "Healthcare ERP Settings"


def _restore_settings(kept: dict) -> None:
	frappe.db.rollback()
	frappe.db.delete("Singles", {"doctype": SETTINGS})
	for field, value in kept.items():
		frappe.db.set_single_value(SETTINGS, field, value, update_modified=False)
	frappe.db.commit()
	frappe.clear_document_cache(SETTINGS, SETTINGS)


class SiteTestCase(FrappeTestCase):
	"""Each test has its own transaction, rolled back; `assertRefused` asks for the exact error and status."""

	def tearDown(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.clear_messages()

	@classmethod
	def keep_settings(cls) -> None:
		"""For a class that commits changes of the settings: the suites that come later on this site find them as before."""
		kept = frappe.db.get_singles_dict(SETTINGS)
		cls.addClassCleanup(_restore_settings, kept)

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
