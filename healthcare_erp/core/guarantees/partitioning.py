"""Partition the ledger by the year of recording, for a DBA who archives or moves it by year."""

import frappe

from healthcare_erp.core.guarantees import key_tables, triggers
from healthcare_erp.core.guarantees.schema import LEDGER, UNIQUE_KEYS

LAST = "later"
_SCHEME = (
	"PARTITION BY RANGE COLUMNS (creation) ({years}, PARTITION " + LAST + " VALUES LESS THAN (MAXVALUE))"
)
_YEAR = "PARTITION p{year} VALUES LESS THAN ('{next}-01-01')"


def apply(last_year: int) -> list[str]:
	"""Partition the ledger, or add the years that a partitioned one lacks. Nobody can write meanwhile.

	:param last_year: the last year to get a partition of its own.
	:returns: the names of all partitions. Can be run again, also after it was interrupted.
	"""
	existing = key_tables.partitions()
	_make_key_tables()
	if not existing:
		_partition(range(_first_year(last_year), last_year + 1))
	elif missing := range(int(existing[-2][1:]) + 1, last_year + 1):
		years = f"{_years(missing)}, PARTITION {LAST} VALUES LESS THAN (MAXVALUE)"
		frappe.db.sql_ddl(f"ALTER TABLE `{LEDGER}` REORGANIZE PARTITION {LAST} INTO ({years})")
	return key_tables.partitions()


def _make_key_tables() -> None:
	"""First the trigger, then what was recorded before it: no movement falls in between."""
	for name in UNIQUE_KEYS:
		key_tables.make(name)
	triggers.ensure()
	for name in UNIQUE_KEYS:
		key_tables.fill(name)
	frappe.db.commit()  # before the change of the table, which commits in any case; nosemgrep


def _partition(years: range) -> None:
	keys = ", ".join(
		f"DROP KEY `{name}`, ADD UNIQUE KEY `{name}` ({', '.join(columns)}, creation)"
		for name, columns in UNIQUE_KEYS.items()
	)
	frappe.db.sql_ddl(
		f"""ALTER TABLE `{LEDGER}` MODIFY creation datetime(6) NOT NULL,
		DROP PRIMARY KEY, ADD PRIMARY KEY (name, creation), {keys} {_SCHEME.format(years=_years(years))}"""
	)


def _years(years: range) -> str:
	return ", ".join(_YEAR.format(year=year, next=year + 1) for year in years)


def _first_year(last_year: int) -> int:
	[[first]] = frappe.db.sql(f"SELECT YEAR(MIN(creation)) FROM `{LEDGER}`")  # nosec B608 # constants only
	return min(first or last_year, last_year)
