"""Each refusal that the messages document is met by a test: by its code where a rule raises it, else by its class."""

import re

import pytest

from healthcare_erp import messages
from healthcare_erp.messages import ERRORS
from healthcare_erp.tests.contracts import app_source as app

WORDS = frozenset(
	word
	for path in app.PACKAGE.rglob("test_*.py")
	for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_a_refusal_is_met_by_a_test(code):
	class_name = ERRORS[code][0]
	assert {code, class_name} & WORDS, f"no test meets {code} ({class_name})"


def test_a_code_is_documented_once():
	"""Of two sentences under one code the later would be said, with values that its placeholders do not know."""
	parts = [
		getattr(messages, name).ERRORS
		for name in vars(messages)
		if hasattr(getattr(messages, name), "ERRORS")
	]
	assert len(parts) > 1
	assert sum(map(len, parts)) == len(ERRORS)
