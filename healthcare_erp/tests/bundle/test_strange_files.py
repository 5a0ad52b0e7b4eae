"""Bundles that somebody else made, to mislead: a manifest and files that are no bundle's are refused by name."""

import json
import os

import duckdb
import pytest

from healthcare_erp.bundle.read import Bundle

from .conftest import run
from .forging import (
	LOT,
	READERS,
	change_manifest,
	defects,
	file_of,
	mend_manifest,
	read_manifest,
	read_with,
	refusal,
	replace_columns,
	write_manifest,
)


class TestManifest:
	@pytest.mark.parametrize(
		"content",
		[
			"[]",
			"null",
			"\ufeff{}",
			"[" * 100_000,
			'{"format": ' * 100_000,
			'{"format": 1, "format": 2}',
			'{"version": 1e9999, "format": NaN}',
			"9" * 10_000,
		],
	)
	def test_what_is_no_plain_object_is_refused(self, stranger, content):
		(stranger / "manifest.json").write_text(content)
		assert refusal(run("verify", stranger)) == "unreadable_manifest"

	@pytest.mark.parametrize(
		("key", "value"),
		[
			("created_by", ["x"]),
			("created_by", None),
			("created_by", "x" * 1_000),
			("time_range", 7),
			("time_range", ["2026-01-01"]),
			("time_range", [1, 2]),
			("time_range", ["<img src=x", ""]),
			("parameters", []),
			("parameters", {"import_tolerance": "much"}),
			("parameters", {"import_tolerance": True}),
			("parameters", {"import_tolerance": -1}),
			("parameters", {"import_tolerance": [[]]}),
			("digest", 5),
			("digest", "\x1b[2J"),
			("tables", []),
			("tables", {}),
		],
	)
	def test_a_value_of_another_form_is_refused(self, stranger, key, value):
		change_manifest(stranger, **{key: value})
		for command in READERS:
			assert refusal(read_with(command, stranger)) == "unreadable_manifest"

	@pytest.mark.parametrize(
		("key", "value"),
		[
			*(
				("rows", value)
				for value in ("Infinity", "NaN", "-1", "1.5", "true", '"5"', "1e400", "1" * 5_000)
			),
			*(("bytes", value) for value in ("-Infinity", "[]")),
			*(("sha256", value) for value in ("null", '"0"', '"../../etc/passwd"')),
			*(
				("name", f'"{name}"')
				for name in ("lots*.parquet", "lots-0000[1].parquet", "/etc/passwd", "..", "")
			),
			("name", '"https://example.org/lots.parquet"'),
			("name", '"movements-00001.parquet"'),
		],
	)
	def test_an_entry_of_another_form_is_refused(self, stranger, key, value):
		manifest = read_manifest(stranger)
		manifest["tables"]["lots"]["files"][0][key] = "HERE"
		(stranger / "manifest.json").write_text(json.dumps(manifest).replace('"HERE"', value))
		assert refusal(run("verify", stranger)) == "unreadable_manifest"

	def test_a_file_that_is_listed_twice_is_refused(self, stranger):
		manifest = read_manifest(stranger)
		manifest["tables"]["movements"]["files"] *= 2
		write_manifest(stranger, manifest)
		assert refusal(run("verify", stranger)) == "unreadable_manifest"


class TestFiles:
	def test_a_name_that_is_a_pattern_does_not_show_its_neighbour(self, stranger):
		"""`[1]` was read as a pattern: the digest of one file was checked, and another was shown."""
		manifest, listed = read_manifest(stranger), stranger / "movements-0000[1].parquet"
		file_of(stranger, "movements").rename(listed)
		(stranger / "movements-00001.parquet").write_bytes(b"forged")
		manifest["tables"]["movements"]["files"][0]["name"] = listed.name
		write_manifest(stranger, manifest)
		assert refusal(run("verify", stranger)) == "unreadable_manifest"

	@pytest.mark.parametrize("name", ["nation[1]", "nation*", "lot=X", "nation?", "a'b"])
	@pytest.mark.parametrize("file_format", ["parquet", "jsonl"])
	def test_a_folder_may_have_a_name_that_looks_like_a_pattern(
		self, tmp_path, monkeypatch, name, file_format
	):
		folder = tmp_path / name
		folder.mkdir()
		monkeypatch.setattr("tempfile.tempdir", str(folder))
		result = run("simulate", folder / name, "--facilities", 4, "--movements", 20, "--format", file_format)
		assert result.exit_code == 0, result.output
		assert run("verify", folder / name).exit_code == 0

	@pytest.mark.parametrize("how", ["replaced", "overwritten"])
	def test_what_changes_after_the_digest_was_taken_is_not_read(self, stranger, how):
		path = file_of(stranger, "movements")
		with Bundle(stranger) as bundle:
			before = bundle.rows("SELECT count(*) FROM movements")
			if how == "replaced":
				path.unlink()
			path.write_bytes(b"forged")
			assert bundle.rows("SELECT count(*) FROM movements") == before
		assert refusal(run("trace", stranger, "--lot", LOT)) == "file_changed"

	@pytest.mark.parametrize("command", ["trace", "holders", "expiring"])
	def test_no_answer_is_given_from_another_file_than_the_manifests(self, stranger, command):
		replace_columns(stranger, "lots", lot_number="'FORGED'")
		manifest = read_manifest(stranger)
		write_manifest(stranger, manifest | {"digest": "0" * 64})
		assert refusal(read_with(command, stranger)) == "file_changed"
		assert "manifest_changed" in defects(stranger)

	def test_statistics_that_lie_hide_no_row(self, stranger, village):
		"""A file of Parquet says which values it has: said falsely, a lot's movements were not looked for."""
		path = file_of(stranger, "movements")
		content = path.read_bytes()
		footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
		with Bundle(village) as bundle:
			[(last,)] = bundle.rows("SELECT max(national_lot) FROM movements")
		assert LOT < last
		lie = content[footer:].replace(last.encode(), b"LOT-00002")
		assert lie != content[footer:]
		path.write_bytes(content[:footer] + lie)
		mend_manifest(stranger)
		answer, truth = (
			run("trace", folder, "--lot", LOT, "--json").stdout for folder in (stranger, village)
		)
		assert answer == truth

	def test_verify_reads_every_column(self, stranger):
		path = file_of(stranger, "facilities")
		content = path.read_bytes()
		[(start, size)] = duckdb.sql(
			f"SELECT data_page_offset, total_compressed_size FROM parquet_metadata('{path}') WHERE path_in_schema = 'commune'"
		).fetchall()
		path.write_bytes(content[: start + size // 2] + b"\xff" * 9 + content[start + size // 2 + 9 :])
		mend_manifest(stranger)
		assert refusal(run("verify", stranger)) == "unreadable_table"

	def test_a_link_a_folder_and_a_pipe_are_no_files_of_a_bundle(self, stranger, village):
		path = file_of(stranger, "lots")
		path.unlink()
		path.symlink_to(village / path.name)
		assert refusal(run("verify", stranger)) == "not_a_file"
		path.unlink()
		path.mkdir()
		assert refusal(run("verify", stranger)) == "not_a_file"
		path.rmdir()
		os.mkfifo(path)
		assert refusal(run("verify", stranger)) == "not_a_file"

	def test_a_manifest_that_is_a_link_is_refused(self, stranger, village):
		(stranger / "manifest.json").unlink()
		(stranger / "manifest.json").symlink_to(village / "manifest.json")
		assert refusal(run("verify", stranger)) == "not_a_file"

	def test_nothing_is_left_in_the_temporary_folder(self, stranger, tmp_path, monkeypatch):
		(tmp_path / "tmp").mkdir()
		monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
		run("verify", stranger)
		file_of(stranger, "lots").write_bytes(b"no Parquet")
		run("verify", stranger)
		assert list((tmp_path / "tmp").iterdir()) == []
