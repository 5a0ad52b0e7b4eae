"""translations/fr.csv is complete: each text that a person may read has its French."""

import re

import pytest

from healthcare_erp.tests.contracts import app_source as app
from healthcare_erp.tests.contracts import texts

PLACEHOLDER = re.compile(r"\{\w*\}")


@pytest.mark.parametrize("name", sorted(app.doctypes()))
def test_doctype_has_a_french_label(name):
	assert texts.french().get(name), f"{name} has no French label"


@pytest.mark.parametrize("file", texts.by_file())
def test_texts_are_translated(file):
	missing = sorted(text for text in texts.by_file()[file] if not texts.french().get(text, "").strip())
	assert not missing, "not in translations/fr.csv: " + " | ".join(missing)


def test_placeholders_are_kept():
	changed = [
		source
		for source, translation, *_context in texts.rows()
		if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translation))
	]
	assert not changed


def test_rows_are_whole_and_given_once():
	assert all(len(row) in (2, 3) for row in texts.rows())
	assert len(texts.in_contexts()) == len(texts.rows())


def test_refusals_are_translated_in_their_own_context():
	translated = {
		source for (source, context), french in texts.in_contexts().items() if context == "Refusal" and french
	}
	assert translated == texts.in_refusals()
