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
from healthcare_erp.domain import ledger

from .conftest import run, write_tables

POSITION_CODES = ("sequence_gap", "balance_mismatch", "negative_balance")


def verdict(folder):
	with Bundle(folder, complete=False) as bundle:
		return verify(bundle)


def movement(tables, movement_type="Sale", lot=None) -> dict:
	return next(
		row
		for row in tables["movements"]
		if row["movement_type"] == movement_type and (lot is None or row["national_lot"] == lot)
	)


def last_of_position(tables) -> dict:
	last = {(row["warehouse"], row["national_lot"]): row for row in tables["movements"]}
	return next(row for row in last.values() if row["position_sequence"] > 3)


def reversal(tables, **other) -> dict:
	"""A reversal of the last sale of a position, where the lot is Active."""
	original = last_of_position(tables)
	opposite = {"In": "Out", "Out": "In"}[original["direction"]]
	change = original["quantity"] if opposite == "In" else -original["quantity"]
	return original | {
		"name": "REVERSAL",
		"idempotency_key": "REVERSAL",
		"direction": opposite,
		"position_sequence": original["position_sequence"] + 1,
		"balance_after": original["balance_after"] + change,
		"reversal_of": original["name"],
		**other,
	}


def remove_row(tables):
	tables["movements"].remove(movement(tables))


def repeat_number(tables):
	last_of_position(tables)["position_sequence"] -= 1


def change_balance(tables):
	last_of_position(tables)["balance_after"] += 1


def change_quantity(tables):
	movement(tables)["quantity"] += 1


def oversell(tables):
	row = last_of_position(tables)
	row.update(direction="Out", movement_type="Adjustment", quantity=10**6, balance_after=-1)


def zero(tables):
	movement(tables)["quantity"] = 0


def negative(tables):
	movement(tables)["quantity"] *= -1


def turn_sale_around(tables):
	movement(tables)["direction"] = "In"


def invent_type(tables):
	movement(tables)["movement_type"] = "Gift"


def repeat_name(tables):
	tables["movements"][7]["name"] = tables["movements"][8]["name"]


def repeat_key(tables):
	tables["movements"][7]["idempotency_key"] = tables["movements"][4_000]["idempotency_key"]


def forget_lot(tables):
	tables["lots"].pop(0)


def forget_facility(tables):
	tables["facilities"].pop(0)


def forget_medicine(tables):
	tables["medicines"].pop(0)


def swap_warehouse(tables):
	row = last_of_position(tables)
	row["facility"] = next(f["name"] for f in tables["facilities"] if f["name"] != row["facility"])


def swap_medicine(tables):
	movement(tables)["national_medicine"] = "MED-007"


def name_a_stranger(tables):
	movement(tables, "B2B Out")["counterparty"] = "PH-99999"


def double_lot(tables):
	tables["lots"].append(tables["lots"][3])


def lose_time(tables):
	movement(tables)["creation"] = None


def invent_status(tables):
	tables["lot_events"][0]["status"] = "Lost"


def recall_early(tables):
	row = movement(tables)
	event = {"lot": row["national_lot"], "status": "Recalled", "at": row["creation"]}
	tables["lot_events"].append(event)


def expire_early(tables):
	row = movement(tables)
	lot = next(lot for lot in tables["lots"] if lot["name"] == row["national_lot"])
	lot["expiry_date"] = row["creation"].date() - timedelta(1)


def block_medicine(tables):
	row = movement(tables)
	event = {"medicine": row["national_medicine"], "status": "Blocked", "at": row["creation"]}
	tables["medicine_events"].append(event)


def reverse_nothing(tables):
	tables["movements"].append(reversal(tables, reversal_of="SM-NONE"))


def reverse_in_part(tables):
	row = reversal(tables)
	row["balance_after"] += 1 if row["direction"] == "Out" else -1
	tables["movements"].append(row | {"quantity": row["quantity"] - 1 or 2})


def reverse_twice(tables):
	first = reversal(tables)
	original = last_of_position(tables)
	again = first | {
		"name": "R2",
		"idempotency_key": "R2",
		"position_sequence": first["position_sequence"] + 1,
	}
	again["balance_after"] += first["balance_after"] - original["balance_after"]
	tables["movements"] += [first, again]


@pytest.mark.parametrize(
	("change", "code"),
	[
		(remove_row, "sequence_gap"),
		(repeat_number, "sequence_gap"),
		(change_balance, "balance_mismatch"),
		(change_quantity, "balance_mismatch"),
		(oversell, "negative_balance"),
		(zero, "invalid_quantity"),
		(negative, "invalid_quantity"),
		(turn_sale_around, "invalid_direction"),
		(invent_type, "unknown_movement_type"),
		(repeat_name, "duplicate_name"),
		(repeat_key, "duplicate_idempotency_key"),
		(forget_lot, "unknown_lot"),
		(forget_facility, "unknown_facility"),
		(swap_warehouse, "unknown_facility"),
		(forget_medicine, "unknown_medicine"),
		(swap_medicine, "medicine_mismatch"),
		(name_a_stranger, "unknown_counterparty"),
		(double_lot, "duplicate_record"),
		(lose_time, "missing_value"),
		(invent_status, "unknown_status"),
		(recall_early, "lot_not_tradable"),
		(expire_early, "lot_not_tradable"),
		(block_medicine, "medicine_blocked"),
		(reverse_nothing, "unknown_movement"),
		(reverse_in_part, "invalid_reversal"),
		(reverse_twice, "invalid_reversal"),
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
		(repeat_key, "duplicate_idempotency_key"),
		(recall_early, "lot_not_tradable"),
		(swap_medicine, "medicine_mismatch"),
	],
)
def test_damage_of_one_kind_is_not_called_another(broken, change, only):
	assert list(verdict(broken(change)).counts) == [only]


def test_a_reversal_of_a_movement_is_in_order(broken):
	assert verdict(broken(lambda tables: tables["movements"].append(reversal(tables)))).clean


def test_a_sold_unit_of_a_recalled_lot_is_named_with_its_lot(broken):
	found = verdict(broken(recall_early))
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


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(loose_rows)
def test_positions_are_judged_as_the_domain_judges_them(tmp_path, rows):
	tables = {table: [] for table in TABLES} | {"movements": [row_of(n, *row) for n, row in enumerate(rows)]}
	found = verdict(write_tables(tmp_path / "b", tables))
	expected = {(defect.code, defect.subject, *defect.detail.values()) for defect in ledger.verify(rows)}
	assert {
		(d.code, d.subject, *d.detail.values()) for d in found.defects if d.code in POSITION_CODES
	} == expected


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
