"""translations/fr.csv is complete: each text that a person may read has its French."""

import csv
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
		for source, translation in texts.french().items()
		if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translation))
	]
	assert not changed


def test_rows_are_whole_and_given_once():
	with (app.PACKAGE / "translations" / "fr.csv").open(newline="", encoding="utf-8") as file:
		rows = [row for row in csv.reader(file) if row]
	assert all(len(row) in (2, 3) for row in rows)
	sources = [(row[0], row[2] if len(row) > 2 else "") for row in rows]
	assert len(sources) == len(set(sources)), {pair for pair in sources if sources.count(pair) > 1}
