"""The national code of a facility, given with its first approval."""

from collections import Counter
from collections.abc import Sequence

import frappe

from healthcare_erp.domain.licensing import national_codes as rules
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.healthcare_erp import geography

# Whoever gives codes waits here for the one before: a new Warehouse, which an approval makes next, moves the bounds of
# the whole tree, and two at once would deadlock there.
_QUEUE = "INSERT INTO `tabSeries` (name, current) VALUES (%s, 0) ON DUPLICATE KEY UPDATE current = current"
_QUEUE_NAME = "National Code"
# One statement makes the series' row or adds to it; what is rolled back is given again. (Two that begin a series at
# once by Frappe's `getseries` deadlock.)
_TAKE = """INSERT INTO `tabSeries` (name, current) VALUES (%(series)s, %(count)s)
	ON DUPLICATE KEY UPDATE current = current + %(count)s"""
_LAST = "SELECT current FROM `tabSeries` WHERE name = %(series)s"


def provide(facility) -> None:
	"""Give a Pharmacy or Public Facility its code, once; its province is where it lies on that day."""
	if not facility.national_code:
		[code] = next_codes(facility.doctype, [facility.administrative_level])
		facility.db_set("national_code", code, update_modified=False)


def next_codes(facility_type: str, places: Sequence[str]) -> list[str]:
	"""New codes for facilities of a type, by the Administrative Levels in which they lie, in their order.

	Others who ask wait until this transaction ends.
	"""
	frappe.db.sql(_QUEUE, _QUEUE_NAME)
	series = _series(facility_type, places)
	counts = Counter(series[place] for place in places)
	numbers = {name: iter(_take(name, counts[name])) for name in counts}
	return [rules.national_code(series[place], next(numbers[series[place]])) for place in places]


def forget() -> None:
	"""Remove the counters of the codes that facilities have; they go next."""
	codes = [code for doctype in FACILITY_TYPES for code in frappe.get_all(doctype, pluck="national_code")]
	series = {rules.series_of(code) for code in codes if code}
	frappe.db.delete("Series", {"name": ("in", [_QUEUE_NAME, *series])})


def _take(series: str, count: int) -> range:
	frappe.db.sql(_TAKE, {"series": series, "count": count})
	[[last]] = frappe.db.sql(_LAST, {"series": series})
	return range(last - count + 1, last + 1)


def _series(facility_type: str, places: Sequence[str]) -> dict[str, str]:
	"""Place -> the series of its province."""
	provinces = geography.province_of(places)
	fields = ["name", "code", "level_name"]
	rows = frappe.get_all(
		"Administrative Level", {"name": ("in", set(provinces.values()))}, fields, as_list=True
	)
	series = {name: rules.series(facility_type, code, label) for name, code, label in rows}
	return {place: series[province] for place, province in provinces.items()}
