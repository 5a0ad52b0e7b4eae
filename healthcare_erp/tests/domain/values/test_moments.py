"""Moments as callers write them: site time, or with an offset that is converted; anything else is refused."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.values.moments import FIRST_MOMENT, read_day, read_moment

SITE = timezone(timedelta(hours=2))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(FIRST_MOMENT, datetime(2900, 1, 1))

NONE_OF_THEM = (
	"garbage",
	"2026-02-30",
	"2026-13-01",
	"0001-01-01",
	"0001-01-01T00:00:00-12:00",
	"0000-00-00 00:00:00",
	"1989-12-31 23:59:59",
	"3000-01-01",
	"9999-12-31 23:59:59",
	"9999-12-31T23:59:59-12:00",
	"20260101",
	"2026-W01-1",
	"٢٠٢٦-٠١-٠١",
	"2026-01-01T10:00:00+99:00",
	"2026-01-01T10",
	"2026-01-01" + " " * 10_000,
	"\ud800",
	"\x00",
	5,
	20260101,
	1.5,
	True,
	["2026-01-01"],
	{"a": 1},
)


@given(MOMENTS, OFFSETS)
def test_an_offset_is_converted_to_site_time(moment, zone):
	written = moment.replace(tzinfo=SITE).astimezone(zone).isoformat()
	if len(zone.tzname(None)) <= 9:  # offsets of whole minutes
		assert read_moment("as_of", written, SITE) == moment


@given(MOMENTS)
def test_site_time_is_read_as_it_is_written(moment):
	for written in (moment, str(moment), moment.isoformat()):
		assert read_moment("as_of", written, SITE) == moment
	assert read_day("from_date", moment.date(), SITE) == moment.date()


@pytest.mark.parametrize(
	("written", "meant"),
	[
		("2026-11-20", datetime(2026, 11, 20)),
		(" 2026-11-20 13:30 ", datetime(2026, 11, 20, 13, 30)),
		("2026-11-20T13:30:00.5", datetime(2026, 11, 20, 13, 30, 0, 500_000)),
		("2026-11-20T12:00:00Z", datetime(2026, 11, 20, 14)),
		("2026-11-20T12:00+0000", datetime(2026, 11, 20, 14)),
		("2026-11-20T23:00:00-01:00", datetime(2026, 11, 21, 2)),
	],
)
def test_forms_that_are_read(written, meant):
	assert read_moment("as_of", written, SITE) == meant


@pytest.mark.parametrize("value", NONE_OF_THEM, ids=lambda value: ascii(value)[:30])
def test_anything_else_is_refused_by_name(value):
	with pytest.raises(DomainError) as caught:
		read_moment("as_of", value, SITE)
	assert (caught.value.code, caught.value.context["field"]) == ("invalid_time", "as_of")
	assert len(caught.value.context["value"]) <= 40


def test_nothing_is_no_moment():
	assert read_moment("as_of", None, SITE) is read_day("from_date", "", SITE) is None
	assert read_day("from_date", "2026-11-20T23:00:00-01:00", SITE) == date(2026, 11, 21)
