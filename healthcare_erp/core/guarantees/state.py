"""Whether all guarantees of the database stand: compared with what they should be by content, not by name."""

import frappe

from healthcare_erp.core.guarantees import key_tables, outbox, triggers
from healthcare_erp.core.guarantees.schema import (
	CHECKS,
	COLUMNS,
	INDEXES,
	LEDGER,
	TIES,
	TRAIL,
	UNIQUE_KEYS,
	Part,
	index,
)
from healthcare_erp.domain.traceability.ledger import Defect

_TABLES = """SELECT table_name, engine FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_name IN %s"""
_COLUMNS = """SELECT table_name, column_name,
	CONCAT_WS(' ', column_type, collation_name, IF(is_nullable = 'YES', 'NULL', 'NOT NULL'))
FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name IN %s"""
_INDEXES = """SELECT table_name, index_name, CONCAT(IF(MAX(non_unique), '', 'UNIQUE '), 'INDEX (',
	GROUP_CONCAT(column_name, IF(sub_part IS NULL, '', CONCAT('(', sub_part, ')')) ORDER BY seq_in_index SEPARATOR ', '),
	')', IF(MAX(ignored) = 'YES', ' IGNORED', ''))
FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name IN %s GROUP BY table_name, index_name"""
_FOREIGN_KEYS = """SELECT table_name, constraint_name,
	CONCAT('REFERENCES ', referenced_table_name, ' ON UPDATE ', update_rule, ' ON DELETE ', delete_rule)
FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE() AND table_name IN %s"""
_CHECKS = """SELECT table_name, constraint_name, REPLACE(check_clause, '`', '')
FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() AND table_name IN %s"""
_NOBODY_ELSES = ("trigger", "foreign key")  # kinds of which there are none but ours
_CHECKED = Part("setting", "", "check_constraint_checks")


def standing() -> dict:
	"""`{ok, defects: [{code, subject, detail}]}`: the one place that says whether all guarantees stand."""
	found = guarantee_defects()
	return {
		"ok": not found,
		"defects": [{"code": d.code, "subject": d.subject, "detail": d.detail} for d in found],
	}


def guarantee_defects() -> list[Defect]:
	"""Each guarantee that is missing or changed, and triggers and foreign keys of others on the protected
	tables: those could change rows past the triggers. Indexes that only make queries fast are not among them."""
	return [defect(part, *texts) for part, texts in differences().items() if part.kind != "index"]


def differences() -> dict[Part, tuple[str | None, str | None]]:
	"""What differs -> (what should be there, what is), None for nothing."""
	should, there = wanted(), existing()
	parts = [*should, *(part for part in there if part.kind in _NOBODY_ELSES and part not in should)]
	return {
		part: (should.get(part), there.get(part)) for part in parts if should.get(part) != there.get(part)
	}


def defect(part: Part, should: str | None, there: str | None) -> Defect:
	"""The difference by its name: `guarantee_missing`, `guarantee_changed` or `guarantee_unexpected`."""
	aspect = "unexpected" if should is None else "missing" if there is None else "changed"
	on_table = f" of {part.table}" if part.table and part.kind != "table" else ""
	detail = {"expected": should, "found": there}
	return Defect(f"guarantee_{aspect}", f"{part.kind} {part.name}{on_table}", detail)


def wanted() -> dict[Part, str]:
	"""Everything that should be there, as the catalogue would describe it."""
	last = ("creation",) if key_tables.partitions() else ()
	parts = {_CHECKED: "1", Part("key", TRAIL, "PRIMARY"): index(("name",))}
	parts |= {Part("table", table, table): "InnoDB" for table in _tables()}
	parts |= {Part("column", LEDGER, name): text for name, text in COLUMNS.items()}
	parts |= {Part("key", table, "PRIMARY"): index((key,)) for table, key in outbox.KEYS.items()}
	parts[Part("key", LEDGER, "PRIMARY")] = index(("name", *last))
	parts |= {Part("key", LEDGER, name): index(columns + last) for name, columns in UNIQUE_KEYS.items()}
	parts |= {Part("key", table, field): index((field,)) for table, field in TIES}
	for name, table in key_tables.wanted().items():
		parts[Part("key", table, name)] = index(UNIQUE_KEYS[name])
		parts |= {Part("column", table, column): _never_empty(column) for column in UNIQUE_KEYS[name]}
	parts |= {Part("index", LEDGER, name): index(columns, "INDEX") for name, columns in INDEXES.items()}
	parts |= {Part("check", LEDGER, name): text for name, text in CHECKS.items()}
	tables = {name: text.split("`")[1] for name, text in triggers.wanted().items()}
	return parts | {Part("trigger", tables[name], name): text for name, text in triggers.wanted().items()}


def existing() -> dict[Part, str]:
	"""The same things, and more, as they are."""
	parts = {_CHECKED: str(frappe.db.sql("SELECT @@GLOBAL.check_constraint_checks")[0][0])}
	tables = _tables()
	for kind, query in (
		("column", _COLUMNS),
		("key", _INDEXES),
		("index", _INDEXES),
		("check", _CHECKS),
		("foreign key", _FOREIGN_KEYS),
	):
		parts |= {Part(kind, table, name): text for table, name, text in frappe.db.sql(query, (tables,))}
	tied = tuple({table for table, _field in TIES})
	parts |= {Part("key", table, name): text for table, name, text in frappe.db.sql(_INDEXES, (tied,))}
	parts |= {Part("table", table, table): engine for table, engine in frappe.db.sql(_TABLES, (tables,))}
	return parts | {
		Part("trigger", table, name): text
		for name, (text, table) in triggers.existing().items()
		if table in tables
	}


def _tables() -> tuple[str, ...]:
	return (LEDGER, TRAIL, outbox.PENDING, outbox.NUMBERED, *key_tables.wanted().values())


def _never_empty(column: str) -> str:
	return COLUMNS[column].replace("_ci NULL", "_ci NOT NULL")
