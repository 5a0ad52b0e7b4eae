"""Columns and values that no bundle of ours has: refused when it is opened, or named by `verify`."""

import json

import duckdb
import pytest

from healthcare_erp.bundle.schema import REQUIRED, TABLES

from .conftest import run
from .forging import LOT, READERS, defects, file_of, mend_manifest, read_with, refusal, replace_columns


class TestColumns:
	OTHER = (
		"[{0}]",
		"{{'a': {0}}}",
		"'x'::BLOB",
		"1.5::DECIMAL(38, 10)",
		"true",
		"NULL::INTEGER",
		"MAP {{'a': 1}}",
	)

	@pytest.mark.parametrize("value", OTHER)
	@pytest.mark.parametrize(
		("table", "column"),
		[("movements", "quantity"), ("lots", "name"), ("lots", "expiry_date"), ("lot_events", "at")],
	)
	def test_another_type_is_refused_whatever_it_could_be_cast_to(self, stranger, table, column, value):
		replace_columns(stranger, table, **{column: value.format(f'"{column}"')})
		for command in ("verify", "trace"):
			assert refusal(read_with(command, stranger)) == "unreadable_table"

	def test_a_column_that_is_not_there_is_refused(self, stranger):
		path = file_of(stranger, "lots")
		duckdb.sql(f"COPY (SELECT 1 AS name) TO '{path}' (FORMAT PARQUET)")
		mend_manifest(stranger)
		assert refusal(run("verify", stranger)) == "unreadable_table"

	def test_a_small_file_of_endless_rows_is_refused(self, stranger):
		columns = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in TABLES["movements"].items())
		path = file_of(stranger, "movements")
		duckdb.sql(f"COPY (SELECT {columns} FROM range(1_000_000)) TO '{path}' (FORMAT PARQUET)")
		mend_manifest(stranger)
		assert refusal(run("verify", stranger)) == "unreadable_table"


class TestValues:
	DATES = ("'infinity'", "'-infinity'", "'0044-03-15 (BC)'", "'200000-01-01'")

	@pytest.mark.parametrize("value", DATES)
	@pytest.mark.parametrize(
		("table", "column"),
		[
			("movements", "posting_datetime"),
			("movements", "creation"),
			("lots", "expiry_date"),
			("lot_events", "at"),
		],
	)
	def test_a_date_beyond_every_calendar_is_named(self, stranger, table, column, value):
		replace_columns(stranger, table, **{column: f"{value}::{TABLES[table][column]}"})
		assert "missing_value" in defects(stranger)
		for command in READERS:
			assert "unexpected_error" not in read_with(command, stranger).output

	@pytest.mark.parametrize("command", ["trace", "holders", "expiring"])
	def test_no_answer_rests_on_a_movement_without_a_time(self, stranger, command):
		replace_columns(stranger, "movements", f"national_lot = '{LOT}'", posting_datetime="NULL::TIMESTAMP")
		assert refusal(read_with(command, stranger)) == "unsound_rows"

	def test_a_lot_of_sound_movements_is_traced_beside_others_that_are_not(self, stranger):
		replace_columns(stranger, "movements", f"national_lot <> '{LOT}'", posting_datetime="NULL::TIMESTAMP")
		assert run("trace", stranger, "--lot", LOT).exit_code == 0

	@pytest.mark.parametrize(
		("table", "column"), [(t, c) for t, columns in REQUIRED.items() for c in columns]
	)
	def test_an_empty_field_is_named(self, stranger, table, column):
		replace_columns(stranger, table, **{column: f"NULL::{TABLES[table][column]}"})
		assert "missing_value" in defects(stranger)

	@pytest.mark.parametrize(("table", "column"), [(t, c) for t, columns in TABLES.items() for c in columns])
	def test_no_command_falls_over_an_empty_field(self, stranger, table, column):
		replace_columns(stranger, table, **{column: f"NULL::{TABLES[table][column]}"})
		for command in ("trace", "expiring", "report"):
			result = read_with(command, stranger)
			assert result.exit_code in (0, 1, 2)
			assert "unexpected_error" not in result.output

	@pytest.mark.parametrize("value", ["9223372036854775807", "-9223372036854775807", "0", "2147483648"])
	def test_a_quantity_beyond_every_count_is_named(self, stranger, value):
		replace_columns(stranger, "movements", quantity=f"{value}::BIGINT", balance_after=f"{value}::BIGINT")
		assert {"missing_value", "invalid_quantity"} & set(defects(stranger))

	def test_a_facility_of_a_type_that_does_not_exist_is_named(self, stranger):
		"""`outside:patients` is a node of every trace, and no facility may pass for it."""
		replace_columns(stranger, "facilities", facility_type="'outside'", name="'patients'")
		replace_columns(stranger, "movements", facility_type="'outside'", facility="'patients'")
		assert "unknown_facility_type" in defects(stranger)
		assert refusal(run("trace", stranger, "--lot", LOT)) == "unsound_rows"

	def test_a_report_of_rows_that_do_not_add_up_says_that_and_nothing_else(self, stranger):
		replace_columns(stranger, "movements", direction="'Sideways'")
		result = read_with("report", stranger)
		assert result.exit_code == 1
		report = (stranger.parent / "out" / "report.html").read_text()
		assert "invalid_direction" in report
		assert "cannot be added up" in report
		assert "Transfers whose ends" not in report

	def test_a_number_that_is_none_is_not_in_the_json(self, tmp_path):
		run("simulate", tmp_path / "b", "--facilities", 4, "--movements", 20, "--format", "jsonl")
		path = tmp_path / "b" / "movements-00001.jsonl"
		rows = [json.loads(line) for line in path.read_text().splitlines()]
		for number, row in zip(("NaN", "Infinity", "-Infinity", "1e300"), rows, strict=False):
			row["quantity"] = number
		path.write_text("".join(json.dumps(row) + "\n" for row in rows))
		mend_manifest(tmp_path / "b")
		assert defects(tmp_path / "b")["missing_value"] == 4


class TestSoundBundles:
	@pytest.mark.parametrize(
		"options", [["--within", 99_999_999], ["--within", 10**30], ["--on", "9999-12-31"]]
	)
	def test_any_day_and_any_number_of_days_is_answered(self, village, options):
		assert run("expiring", village, *options).exit_code == 0

	def test_every_lot_expires_within_any_number_of_days(self, village):
		far = json.loads(run("expiring", village, "--within", 10**30, "--json").stdout)
		near = json.loads(run("expiring", village, "--within", 365_000, "--json").stdout)
		assert far == near != []

	def test_a_lot_of_no_text_is_unknown(self, village):
		assert refusal(run("trace", village, "--lot", "\udcff")) == "unknown_lot"
