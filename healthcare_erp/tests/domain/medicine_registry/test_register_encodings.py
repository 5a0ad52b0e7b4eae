"""What the bytes of a register mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.medicine_registry.register.encodings import decoded

FRENCH = (
	"num_enregistrement;designation;dci;forme\n"
	"ABREMA001;Glumac®;Artéméther;Comprimé pelliculé\n"
	"ABREMA002;CRÈME DE L'ÉTÉ;étamsylate à 5 µg;Gélule où ça gêne\n"
	"ABREMA003;NOËL;Pâte sucrée, naïve;Boîte à 25 °C\n"
)
words = st.sampled_from(
	["Artéméther", "étamsylate", "COMPRIMÉ", "gêne", "à", "où", "Noël", "ça", "Boîte", "INN"]
)
TYPOGRAPHY = "Numéro d’AMM – « étamsylate » … 20\xa0mg"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"])
def test_french_is_read_in_every_encoding_that_spreadsheets_write(encoding):
	assert decoded(FRENCH.encode(encoding)) == FRENCH


@given(st.lists(words, min_size=2).map(" ".join), st.sampled_from(["cp1252", "cp850"]))
def test_a_dos_file_is_never_taken_for_windows_nor_the_other_way_round(text, encoding):
	text = f"Artéméther {text}"  # alone, an à may also be an ellipsis
	assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [TYPOGRAPHY, "Amoxicilline–clavulanique", "etc…", "l’eau", "20\xa0mg", "T®"])
def test_windows_typography_is_no_dos_letter(text):
	assert decoded(text.encode("cp1252")) == text


@pytest.mark.parametrize(
	"content",
	[
		b"PK\x03\x04\0",
		FRENCH.encode("mac_roman"),
		FRENCH.encode("utf-8") + "Artéméther".encode("cp1252"),
		b"\xff\xfe\x00",
	],
)
def test_what_cannot_be_told_is_refused(content):
	assert decoded(content) is None


def test_a_few_odd_characters_do_not_refuse_a_file():
	assert decoded((FRENCH + "‰†").encode("cp1252")) == FRENCH + "‰†"
