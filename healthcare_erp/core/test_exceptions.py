"""Every refusal as a client meets it: its class, its status, and its sentence in English and French."""

import pickle
from functools import partial
from string import Formatter
from unittest.mock import patch

import frappe
from frappe.translate import get_messages_for_boot

from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.refusals import REFUSALS
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.tests.case import SiteTestCase

VALUE, SHOWN = "<i>7</i>", "&lt;i&gt;7&lt;/i&gt;"


def values(code: str) -> dict:
	"""A value for each placeholder of a sentence."""
	names = [name for _text, name, *_rest in Formatter().parse(REFUSALS[code].sentence) if name]
	return dict.fromkeys(names, VALUE)


@errors.named_errors()
def refuse(code: str, context: dict) -> None:
	raise DomainError(code, **context)


class TestRefusals(SiteTestCase):
	def tearDown(self):
		frappe.local.lang = "en"
		super().tearDown()

	def said(self, code: str, **context) -> str:
		return self.assertRefused(
			getattr(errors, REFUSALS[code].error), partial(errors.throw, code, **context)
		)

	def test_each_is_raised_and_says_its_sentence_with_every_value(self):
		for code, refusal in REFUSALS.items():
			for language in ("en", "fr"):
				with self.subTest(code, language=language):
					frappe.local.lang = language
					self.assert_said(refusal, values(code))

	def assert_said(self, refusal, context: dict) -> None:
		error = getattr(errors, refusal.error)
		said = self.assertRefused(error, refuse, refusal.code, context, status=refusal.status)
		message = frappe.local.message_log[-1]
		texts = [refusal.sentence, refusal.title]
		if frappe.local.lang == "fr":
			texts = [get_messages_for_boot()[f"{text}:Refusal"] for text in texts]
		self.assertEqual(
			[said, message["title"]], [texts[0].format(**dict.fromkeys(context, SHOWN)), texts[1]]
		)

	def test_a_class_is_one_of_the_app_or_of_frappe_and_can_be_sent_to_a_job(self):
		for refusal in REFUSALS.values():
			with self.subTest(refusal.error):
				error = getattr(errors, refusal.error)
				sent = pickle.loads(pickle.dumps(error("no")))
				self.assertEqual((type(sent), str(sent)), (error, "no"))
				outside = refusal.error == "OutOfScopeError"
				self.assertTrue(
					issubclass(error, frappe.PermissionError if outside else errors.HealthcareError)
				)
		self.assertTrue(issubclass(errors.LedgerBusyError, frappe.QueryTimeoutError))

	def test_a_code_that_no_table_has_is_named(self):
		with self.assertRaisesRegex(LookupError, "no_such_code"):
			errors.throw("no_such_code", lot="L1")

	def test_markup_in_a_list_is_shown_as_text(self):
		self.assertIn(SHOWN, self.said("ambiguous_lot", lot="L1", choices=[VALUE, "L2"]))

	def test_an_empty_list_is_nothing(self):
		closed = {"action": "Block", "status": "Illegal", "allowed": []}
		self.assertTrue(self.said("invalid_transition", **closed).endswith(": nothing."))
		frappe.local.lang = "fr"
		self.assertIn(" : rien", self.said("invalid_transition", **closed))

	def test_words_are_translated_as_what_they_are(self):
		french = {
			"Return": "Renvoyer",
			"Return:Action": "Rendre",
			"Return:Role": "Rendeur",
			"Return:Stock Movement": "Retour",
			"In": "Dans",
			"In:Stock Movement": "Entrée",
		}
		with patch("frappe.translate.get_all_translations", return_value=french):
			self.assertIn("Rendre", self.said("reason_required", action="Return"))
			self.assertIn("Rendeur", self.said("correction_not_permitted", roles=["Return"]))
			both = self.said("direction_missing", movement_type="Return", allowed=["In"])
		self.assertIn("Retour", both)
		self.assertIn("Entrée", both)

	def test_what_somebody_wrote_is_no_word(self):
		with patch("frappe.translate.get_all_translations", return_value={"Sale": "Vente"}):
			self.assertIn("lot Sale", self.said("unknown_lot", lot="Sale"))
			self.assertIn("Sale, In", self.said("ambiguous_lot", lot="L1", choices=["Sale", "In"]))
