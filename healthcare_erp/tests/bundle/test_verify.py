"""Each kind of damage is found and named; a sound bundle is clean."""

import json
from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthcare_erp.bundle.read import Bundle
from healthcare_erp.bundle.schema import TABLES
from healthcare_erp.bundle.simulated import write_simulation
from healthcare_erp.bundle.verification import DEFECTS, verify
from healthcare_erp.domain.traceability import ledger

from . import damage
from .conftest import run, write_tables

POSITION_CODES = ("sequence_gap", "balance_mismatch", "negative_balance")


def verdict(folder):
	with Bundle(folder, intact=False) as bundle:
		return verify(bundle)


@pytest.mark.parametrize(
	("change", "code"),
	[
		(damage.remove_row, "sequence_gap"),
		(damage.repeat_number, "sequence_gap"),
		(damage.change_balance, "balance_mismatch"),
		(damage.change_quantity, "balance_mismatch"),
		(damage.oversell, "negative_balance"),
		(damage.zero, "invalid_quantity"),
		(damage.negative, "invalid_quantity"),
		(damage.turn_sale_around, "invalid_direction"),
		(damage.invent_type, "unknown_movement_type"),
		(damage.repeat_name, "duplicate_name"),
		(damage.repeat_key, "duplicate_idempotency_key"),
		(damage.forget_lot, "unknown_lot"),
		(damage.forget_facility, "unknown_facility"),
		(damage.swap_warehouse, "unknown_facility"),
		(damage.forget_medicine, "unknown_medicine"),
		(damage.swap_medicine, "medicine_mismatch"),
		(damage.name_a_stranger, "unknown_counterparty"),
		(damage.double_lot, "duplicate_record"),
		(damage.lose_time, "missing_value"),
		(damage.invent_status, "unknown_status"),
		(damage.recall_early, "lot_not_tradable"),
		(damage.expire_early, "lot_not_tradable"),
		(damage.block_medicine, "medicine_blocked"),
		(damage.reverse_nothing, "unknown_movement"),
		(damage.reverse_in_part, "invalid_reversal"),
		(damage.reverse_twice, "invalid_reversal"),
		(damage.import_too_much, "import_beyond_declared"),
		(damage.change_importer, "not_the_importer"),
		(damage.take_back_from_nowhere, "return_beyond_sent"),
		(damage.share_a_warehouse, "unknown_facility"),
	],
)
def test_planted_damage_is_found_and_named(broken, change, code):
	folder = broken(change)
	result = run("verify", folder, "--json")
	assert result.exit_code == 1, result.output
	assert code in json.loads(result.stdout)["counts"]
	assert code in run("verify", folder).stdout


@pytest.mark.parametrize(
	("change", "only"),
	[
		(damage.repeat_key, "duplicate_idempotency_key"),
		(damage.recall_early, "lot_not_tradable"),
		(damage.swap_medicine, "medicine_mismatch"),
	],
)
def test_damage_of_one_kind_is_not_called_another(broken, change, only):
	assert list(verdict(broken(change)).counts) == [only]


def test_a_reversal_of_a_movement_is_in_order(broken):
	assert verdict(broken(lambda tables: tables["movements"].append(damage.reversal(tables)))).clean


@pytest.mark.parametrize(("key", "named"), [(ledger.REPOST_KEY, False), ("till-", True)])
def test_what_reposting_makes_of_a_recalled_lots_count_is_in_order(broken, key, named):
	def adjust(tables):
		damage.recall_early(tables)
		lot = damage.movement(tables)["national_lot"]
		for number, row in enumerate(tables["movements"]):
			if row["national_lot"] == lot:
				row.update(movement_type="Adjustment", direction="In", idempotency_key=f"{key}{number}")

	assert ("lot_not_tradable" in verdict(broken(adjust)).counts) is named


def test_a_sold_unit_of_a_recalled_lot_is_named_with_its_lot(broken):
	found = verdict(broken(damage.recall_early))
	assert "Sale Out of LOT-" in found.defects[0].detail["found"]
	assert found.counts["lot_not_tradable"] >= 1


def test_defects_are_all_counted_and_the_first_listed(broken):
	def all_free(tables):
		for row in tables["movements"]:
			row["quantity"] = 0

	found = verdict(broken(all_free))
	assert found.counts["invalid_quantity"] == 5_000
	assert Counter(defect.code for defect in found.defects)["invalid_quantity"] == 20


class TestFiles:
	@pytest.fixture
	def copy(self, tmp_path):
		write_simulation(tmp_path / "b", facilities=10, movements=500, seed=1, file_format="jsonl")
		return tmp_path / "b"

	def test_a_sound_copy_is_clean(self, copy):
		assert run("verify", copy).exit_code == 0

	def test_a_changed_letter_is_found(self, copy):
		path = copy / "facilities.jsonl"
		path.write_text(path.read_text().replace("Pharmacie", "Pharmacia", 1))
		assert verdict(copy).counts == {"file_changed": 1}

	def test_a_missing_file_is_found(self, copy):
		(copy / "lot_events.jsonl").unlink()
		assert verdict(copy).counts == {"file_missing": 1}

	def test_an_added_row_is_found(self, copy):
		path = copy / "lot_events.jsonl"
		path.write_text(
			path.read_text() + '{"lot": "LOT-00001", "status": "Active", "at": "2030-01-01 00:00:00"}\n'
		)
		assert verdict(copy).counts == {"file_changed": 1, "row_count_mismatch": 1}

	def test_a_forged_digest_is_found(self, copy):
		path = copy / "manifest.json"
		manifest = json.loads(path.read_text())
		manifest["tables"]["lots"]["files"][0]["sha256"] = "0" * 64
		path.write_text(json.dumps(manifest))
		assert verdict(copy).counts == {"manifest_changed": 1, "file_changed": 1}

	def test_a_fraction_of_a_unit_is_found(self, copy):
		path = copy / "movements-00001.jsonl"
		first, rest = path.read_text().split("\n", 1)
		row = json.loads(first)
		path.write_text(json.dumps(row | {"quantity": row["quantity"] - 0.5}) + "\n" + rest)
		assert {"file_changed", "invalid_quantity", "balance_mismatch"} <= set(verdict(copy).counts)


def row_of(
	number: int, warehouse: str, lot: str, direction: str, quantity: int, sequence: int, balance: int
) -> dict:
	moment = datetime(2026, 1, 1) + timedelta(seconds=number)
	empty = {column: None for column in TABLES["movements"]}
	return empty | {
		"name": str(number),
		"idempotency_key": str(number),
		"movement_type": "Adjustment",
		"direction": direction,
		"quantity": quantity,
		"position_sequence": sequence,
		"balance_after": balance,
		"warehouse": warehouse,
		"facility_type": "Pharmacy",
		"facility": warehouse,
		"national_lot": lot,
		"posting_datetime": moment,
		"creation": moment,
	}


loose_rows = st.lists(
	st.tuples(
		st.sampled_from("AB"),
		st.sampled_from("XY"),
		st.sampled_from(["In", "Out"]),
		st.integers(1, 4),
		st.integers(1, 5),
		st.integers(-3, 8),
	),
	min_size=1,
	max_size=12,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(loose_rows)
def test_positions_are_judged_as_the_domain_judges_them(tmp_path, rows):
	tables = {table: [] for table in TABLES} | {"movements": [row_of(n, *row) for n, row in enumerate(rows)]}
	found = verdict(write_tables(tmp_path / "b", tables))
	expected = {(defect.code, defect.subject, *defect.detail.values()) for defect in ledger.verify(rows)}
	assert {
		(d.code, d.subject, *d.detail.values()) for d in found.defects if d.code in POSITION_CODES
	} == expected


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
	st.integers(4, 60), st.integers(1, 2_000), st.integers(0, 10**6), st.sampled_from(["parquet", "jsonl"])
)
def test_every_simulated_history_verifies_clean(tmp_path, facilities, movements, seed, file_format):
	write_simulation(
		tmp_path / "b", facilities=facilities, movements=movements, seed=seed, file_format=file_format
	)
	found = verdict(tmp_path / "b")
	assert (found.counts, found.movements) == ({}, movements)


def test_every_defect_of_the_domain_has_its_sentence():
	assert set(POSITION_CODES) <= set(DEFECTS)


@pytest.mark.parametrize("change", [damage.report_late, damage.move_to_a_further_warehouse])
def test_what_is_lawful_is_clean(broken, change):
	assert verdict(broken(change)).counts == {}


def test_the_tolerance_of_imports_is_the_sites(broken):
	def import_more(tables):
		lot = damage.movement(tables, "Import")["national_lot"]
		row = next(row for row in tables["lots"] if row["name"] == lot)
		row["quantity_imported"] = round(row["quantity_imported"] / 1.04)

	folder = broken(import_more)
	assert set(verdict(folder).counts) == {"import_beyond_declared"}
	manifest = json.loads((folder / "manifest.json").read_text())
	manifest["parameters"]["import_tolerance"] = 5
	(folder / "manifest.json").write_text(json.dumps(manifest))
	assert verdict(folder).counts == {}
