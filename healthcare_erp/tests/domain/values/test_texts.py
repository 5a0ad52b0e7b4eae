"""Texts of callers: what may stay in the ledger for good, and how a text of unknown origin is shown."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.values import texts

ATTACKS = (
	"<svg onload=alert(1)>",
	'" onmouseover="alert(1)',
	"&lt;script&gt;",
	"&#60;script&#62;",
	"`alert(1)`",
)


class TestReferences:
	@pytest.mark.parametrize("name", ["BL-1", "ACC-SINV-2026-00001", "2026/03:17#4", "Réf.7", "a_b"])
	def test_plain_names_are_taken(self, name):
		assert texts.is_reference(name) and texts.is_reference_type(name)

	@pytest.mark.parametrize("name", [*ATTACKS, "", " ", "a b", "a\x00", "a\n", "‮txt", "a,b", "\ud800"])
	def test_anything_else_is_no_plain_name(self, name):
		assert not texts.is_reference(name)

	def test_the_names_of_doctypes_hold_blanks(self):
		assert texts.is_reference_type("Sales Invoice") and texts.is_reference_type("B2B Order")
		assert not any(map(texts.is_reference_type, (*ATTACKS, "a  b", " a", "a ", "a\tb")))


class TestKeys:
	@pytest.mark.parametrize(
		"key",
		["", "3f2b6c1e-7f0b-4bb5-9d0f-000000000001", "a:b", "till-3/2026-03-01/000123", "o'x", "émoji 💊"],
	)
	def test_keys_of_existing_clients_pass(self, key):
		assert texts.check_key(key) == key

	@pytest.mark.parametrize("key", [*ATTACKS, "a\x00", "a\nb", "\x1b[2J", "\ud800", "‮"])
	def test_markup_and_what_cannot_be_printed_are_refused(self, key):
		with pytest.raises(DomainError) as caught:
			texts.check_key(key)
		assert (caught.value.code, caught.value.context) == ("unsafe_text", {"field": "idempotency_key"})

	def test_a_sentence_may_quote_but_not_tag(self):
		said = 'L\'officine était fermée ("inventaire") & injoignable\N{NO-BREAK SPACE}!'
		assert texts.check_sentence("late_reason", said) == said
		for attack in (ATTACKS[0], "a\nb"):
			with pytest.raises(DomainError):
				texts.check_sentence("late_reason", attack)


class TestHarmless:
	@given(st.text() | st.sampled_from(ATTACKS))
	def test_no_markup_is_left_even_where_it_is_decoded_again(self, text):
		shown = texts.harmless(text)
		assert not set('<>"`') & set(html.unescape(shown))
		assert texts.harmless(shown) == shown

	def test_ordinary_texts_stay_as_they_are(self):
		for text in ("Grossiste & Fils", "L'Officine", "BL-1/7", "a = b; c"):
			assert texts.harmless(text) == text
