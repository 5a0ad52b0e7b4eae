"""What counts as a reason."""

import pytest

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.reasons import MAX, check_reason


def refused(reason: str | None, needed: bool = True) -> str | None:
	try:
		check_reason("Suspend", reason, needed)
	except DomainError as refusal:
		return refusal.code


@pytest.mark.parametrize(
	"reason",
	(
		"expired",
		"é",
		"7",
		'< 5 units & a "quoted" label',
		"two\nlines\r\n\tand more",
		"نفد المخزون",
		"x" * MAX,
	),
)
def test_what_can_be_read_is_a_reason(reason):
	assert refused(reason) is None


@pytest.mark.parametrize("reason", (None, "", " ", "\n\t", "\u00a0", "\u200b", "\u200b \u2060\ufeff"))
def test_what_shows_nothing_is_none(reason):
	assert refused(reason) == "reason_required"
	assert refused(reason, needed=False) is None


@pytest.mark.parametrize("character", ("\0", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800"))
def test_what_cannot_be_stored_or_read_is_refused_whether_needed_or_not(character):
	assert {refused(f"seen{character}", needed) for needed in (True, False)} == {"unsafe_text"}


def test_a_reason_has_an_end():
	assert {refused("x" * (MAX + 1), needed) for needed in (True, False)} == {"text_too_long"}
