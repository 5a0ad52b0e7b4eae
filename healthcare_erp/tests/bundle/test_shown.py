"""Nothing of a bundle reaches a terminal, a page or a picture as anything but text."""

import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.bundle.output.text import as_json, markup, shown

from .conftest import run
from .forging import LOT, change_manifest, read_manifest, read_with, replace_columns

OBEYED = {
	"markup of rich": "[link=https://evil.example]ok[/link]",
	"an end of markup": "[/]",
	"a colour": "[red]ok[/red]",
	"an emoji code": ":skull:",
	"HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&",
	"an escape sequence": "a\x1b[2Jb",
	"a title": "a\x1b]0;pwned\x07b",
	"a C1 sequence": "a\x9b2Jb",
	"a line break": "a\r\nClean: 400 movements",
	"a turned line": "lot\u202egnp.exe",
	"nothing to see": "L\u200bOT\u2060",
	"a noncharacter": "a\uffffb\x00c",
}
TEXTS = pytest.mark.parametrize("text", OBEYED.values(), ids=OBEYED)


class Page(HTMLParser):
	"""What a browser would do something with."""

	TAGS = {
		*(
			"html",
			"head",
			"meta",
			"title",
			"style",
			"body",
			"h1",
			"h2",
			"p",
			"div",
			"b",
			"table",
			"thead",
			"tbody",
		),
		*("tr", "th", "td", "svg", "rect", "path", "text", "tspan"),
	}

	def __init__(self, text: str):
		super().__init__()
		self.tags: set[str] = set()
		self.attributes: set[str] = set()
		self.texts: list[str] = []
		self.feed(text)

	def handle_starttag(self, tag, attributes):
		self.tags.add(tag)
		self.attributes |= {name for name, _value in attributes}

	def handle_data(self, data):
		self.texts.append(data)

	@property
	def is_ours(self) -> bool:
		"""Nothing in it runs, fetches or leads anywhere."""
		obeyed = {name for name in self.attributes if name.startswith("on")} | {
			"href",
			"src",
		} & self.attributes
		return self.tags <= self.TAGS and not obeyed


def is_harmless(text: str) -> bool:
	return all(letter.isprintable() or letter in "\n\t\u202f" for letter in text)


def literal(text: str) -> str:
	"""As SQL that DuckDB reads, also with NUL in it."""
	return " || ".join(f"chr({ord(letter)})" for letter in text)


@pytest.fixture
def named(stranger):
	"""Call with a text: the bundle in which everything is called that."""

	def name(text: str):
		said = literal(text)
		replace_columns(stranger, "facilities", facility_name=said, kind=said, province=said, commune=said)
		replace_columns(stranger, "medicines", inn=said, strength=said, dosage_form=said)
		replace_columns(stranger, "lots", lot_number=said, importer=said)
		replace_columns(stranger, "movements", reference_name=said, reference_doctype=said)
		change_manifest(stranger, created_by=text)
		return stranger

	return name


@TEXTS
def test_a_terminal_is_told_nothing(named, text):
	folder = named(text)
	for command in ("trace", "holders", "expiring", "verify"):
		output = read_with(command, folder).output
		assert is_harmless(output)
	table = run("expiring", folder, "--within", 9_999).output
	assert shown(text)[:8] in table.replace("\n", "")


@TEXTS
def test_a_terminal_that_has_colours_is_told_nothing(named, text, monkeypatch):
	monkeypatch.setenv("FORCE_COLOR", "1")
	output = read_with("trace", named(text)).output
	assert "\x1b[1m" in output  # the tool's own
	for sequence in ("\x1b]", "\x1b[2J", "\x9b", "\u202e", "\x07", "\r"):
		assert sequence not in output


@TEXTS
def test_a_page_and_a_picture_hold_it_as_text(named, text, stranger):
	folder = named(text)
	plain = Page(report_of(folder))
	assert plain.is_ours
	assert shown(text) in "".join(plain.texts)
	picture = ElementTree.parse(folder.parent / "out" / "trace.svg").getroot()
	assert shown(text)[:20] in "".join(picture.itertext())


def report_of(folder) -> str:
	read_with("report", folder)
	return (folder.parent / "out" / "report.html").read_text()


def test_a_page_runs_and_fetches_nothing_whatever_gets_into_it(stranger):
	assert "default-src 'none'" in report_of(stranger).split("<title>")[0]


@TEXTS
def test_json_holds_it_unchanged_and_a_terminal_shows_it_harmless(named, text):
	result = read_json(named(text))
	assert json.loads(result)["lot"]["lot_number"] == text
	assert is_harmless(result)


def read_json(folder) -> str:
	return run("trace", folder, "--lot", LOT, "--json").stdout


def test_a_refusal_repeats_no_sequence(stranger):
	manifest = read_manifest(stranger) | {"format": "\x1b[2J\u202e" * 1_000}
	(stranger / "manifest.json").write_text(json.dumps(manifest))
	output = run("verify", stranger).output
	assert output.startswith("error: unknown_format: ")
	assert output.rstrip("\n").isprintable()
	assert len(output) < 10_000


@given(st.text())
def test_every_text_is_shown_as_one_line_without_codes(text):
	line = shown(text)
	assert all(letter.isprintable() or letter in "\u202f\xa0\u3000" or letter.isspace() for letter in line)
	assert not set(line) & set("\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\u202e\u200b\x1b")
	assert "<" not in markup(text)


@given(st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=5))
def test_json_says_what_was_said(answer):
	assert json.loads(as_json(answer)) == answer
