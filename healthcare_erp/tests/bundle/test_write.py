"""Bundles are written whole, repeatably, and over nothing that is not a bundle."""

import hashlib
import json

import pytest

from healthcare_erp.bundle import write
from healthcare_erp.bundle.errors import BundleError
from healthcare_erp.bundle.read import Bundle
from healthcare_erp.bundle.schema import FILE_FORMATS, TABLES
from healthcare_erp.bundle.simulated import END, tables_of, write_simulation
from healthcare_erp.domain.simulation import simulate

from .conftest import NATION, read_tables, write_tables

EMPTY = {table: [] for table in TABLES}


def manifest_of(folder) -> dict:
	return json.loads((folder / "manifest.json").read_text())


@pytest.mark.parametrize("file_format", FILE_FORMATS)
def test_every_row_comes_back_as_it_was(tmp_path, file_format):
	history, _manifest = write_simulation(tmp_path / "b", **NATION, file_format=file_format)
	written = {table: list(map(tuple, rows)) for table, rows in tables_of(history).items()}
	with Bundle(tmp_path / "b") as bundle:
		assert {table: bundle.rows(f"SELECT * FROM {table}") for table in TABLES} == written


@pytest.mark.parametrize("file_format", FILE_FORMATS)
def test_the_same_seed_gives_the_same_digest(tmp_path, file_format):
	digests = {write_simulation(tmp_path / n, **NATION, file_format=file_format)[1].digest for n in "ab"}
	other = write_simulation(tmp_path / "c", **NATION | {"seed": 2}, file_format=file_format)[1].digest
	assert len(digests) == 1
	assert other not in digests


def test_the_manifest_says_what_is_in_the_bundle(nation):
	manifest = manifest_of(nation)
	assert (manifest["format"], manifest["version"]) == ("healthcare-erp-bundle", 1)
	assert {table: entry["rows"] for table, entry in manifest["tables"].items()} == {
		table: len(rows) for table, rows in read_tables(nation).items()
	}
	for entry in (file for table in manifest["tables"].values() for file in table["files"]):
		content = (nation / entry["name"]).read_bytes()
		assert entry["sha256"] == hashlib.sha256(content).hexdigest()
		assert entry["bytes"] == len(content)
	moments = sorted(row["posting_datetime"].isoformat() for row in read_tables(nation)["movements"])
	assert manifest["time_range"] == [moments[0], moments[-1]]
	assert manifest["parameters"]["seed"] == NATION["seed"]


@pytest.mark.parametrize("rows", [0, 1, 2_499, 2_500, 2_501, 5_000])
def test_movements_are_split_into_numbered_files(tmp_path, monkeypatch, nation, rows):
	monkeypatch.setattr(write, "ROWS_PER_FILE", 2_500)
	tables = read_tables(nation)
	tables["movements"] = tables["movements"][:rows]
	write_tables(tmp_path / "b", tables)
	files = manifest_of(tmp_path / "b")["tables"]["movements"]["files"]
	assert [file["rows"] for file in files] == (
		[2_500] * (rows // 2_500) + [rows % 2_500] * bool(rows % 2_500) or [0]
	)
	assert [file["name"] for file in files] == [
		f"movements-{n:05d}.parquet" for n in range(1, len(files) + 1)
	]
	assert {path.name for path in (tmp_path / "b").iterdir()} == {
		"manifest.json",
		*(
			file["name"]
			for table in manifest_of(tmp_path / "b")["tables"].values()
			for file in table["files"]
		),
	}
	assert read_tables(tmp_path / "b") == tables


def test_a_bundle_may_be_empty(tmp_path):
	write_tables(tmp_path / "b", EMPTY)
	assert read_tables(tmp_path / "b") == EMPTY
	assert manifest_of(tmp_path / "b")["time_range"] is None


def test_text_with_quotes_commas_and_line_breaks_survives(tmp_path):
	odd = 'Amoxicilline "forte",\nPoudre; é ẞ 😀'
	row = {column: None for column in TABLES["medicines"]} | {"name": "M", "inn": odd}
	write_tables(tmp_path / "b", EMPTY | {"medicines": [row]})
	assert read_tables(tmp_path / "b")["medicines"] == [row]


def test_an_older_bundle_of_the_same_maker_is_replaced(tmp_path, nation):
	write_tables(tmp_path / "b", read_tables(nation))
	write_tables(tmp_path / "b", EMPTY)
	assert read_tables(tmp_path / "b") == EMPTY
	assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_what_is_no_bundle_is_left_alone(tmp_path):
	(tmp_path / "photos").mkdir()
	(tmp_path / "photos" / "cat.jpg").write_text("meow")
	(tmp_path / "file").write_text("text")
	for out in ("photos", "file"):
		with pytest.raises(BundleError) as refusal:
			write_tables(tmp_path / out, EMPTY)
		assert refusal.value.code == "not_a_bundle"
	assert (tmp_path / "photos" / "cat.jpg").read_text() == "meow"
	assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "photos"]


def test_a_failure_half_way_leaves_the_old_bundle_and_nothing_else(tmp_path):
	write_tables(tmp_path / "b", EMPTY)

	def interrupted():
		yield from list(simulate(10, 500, 1, END).movements())[:100]
		raise KeyboardInterrupt

	with pytest.raises(KeyboardInterrupt):
		write.write_bundle(tmp_path / "b", EMPTY | {"movements": interrupted()}, created_by="test")
	assert read_tables(tmp_path / "b") == EMPTY
	assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_rows_of_another_type_are_refused_by_name(tmp_path):
	row = {column: None for column in TABLES["lots"]} | {"name": "L", "expiry_date": "next year"}
	with pytest.raises(BundleError) as refusal:
		write_tables(tmp_path / "b", EMPTY | {"lots": [row]})
	assert refusal.value.code == "unwritable_rows"
	assert "lots" in refusal.value.sentence
	assert not list(tmp_path.iterdir())
