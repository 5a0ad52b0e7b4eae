"""What somebody does who sends a forged bundle: any content, under digests that are right."""

import hashlib
import json
from pathlib import Path

import duckdb
from click.testing import Result

from healthcare_erp.bundle.schema import MANIFEST, TABLES

from .conftest import run

READERS = ("verify", "trace", "holders", "expiring", "report")
LOT = "LOT-00030"  # the recalled lot of the village


def read_with(command: str, folder: Path) -> Result:
	"""A command over a bundle; what it writes goes beside the bundle."""
	options = {"trace": ["--lot", LOT], "holders": ["--lot", LOT], "report": [folder.parent / "out"]}
	return run(command, folder, *options.get(command, []))


def refusal(result: Result) -> str:
	"""The code of a refusal: one line, exit code 2."""
	assert result.exit_code == 2, (result.output, result.exception)
	[line] = result.output.splitlines()
	error, code, _sentence = line.split(": ", 2)
	assert error == "error"
	return code


def defects(folder: Path) -> dict[str, int]:
	result = run("verify", folder, "--json")
	assert result.exit_code == 1, result.output
	return json.loads(result.stdout, parse_constant=_no_number)["counts"]


def _no_number(constant: str) -> None:
	raise AssertionError(f"{constant} is no JSON")


def read_manifest(folder: Path) -> dict:
	return json.loads((folder / MANIFEST).read_text())


def write_manifest(folder: Path, content: object) -> None:
	(folder / MANIFEST).write_text(json.dumps(content))


def mend_manifest(folder: Path) -> None:
	"""Sizes and digests of the files as they are now: what somebody who forges a bundle does last."""
	content = read_manifest(folder)
	files = [file for table in content["tables"].values() for file in table["files"]]
	for file in files:
		if not is_own_file(folder, file["name"]):
			continue
		file["bytes"] = (folder / file["name"]).stat().st_size
		file["sha256"] = hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest()
	lines = sorted(f"{file['name']} {file['sha256']}" for file in files)
	content["digest"] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
	write_manifest(folder, content)


def is_own_file(folder: Path, name: str) -> bool:
	"""A pipe would wait for its writer, and a device never ends."""
	path = folder / name
	return path.parent == folder and path.is_file() and not path.is_symlink()


def file_of(folder: Path, table: str) -> Path:
	"""The (first) file of a table, whatever the manifest says."""
	return min(folder.glob(f"{table}[-.]*"))


def replace_columns(folder: Path, table: str, where: str = "true", **values: str) -> None:
	"""Write SQL expressions over columns of a Parquet table, in the rows of a condition; right digests."""
	path = file_of(folder, table)
	columns = ", ".join(_replaced(name, values.get(name), where) for name in TABLES[table])
	if not is_own_file(folder, path.name):
		raise FileNotFoundError(path)
	forged = path.with_suffix(".forged")
	duckdb.sql(f"COPY (SELECT {columns} FROM '{path}') TO '{forged}' (FORMAT PARQUET)")
	forged.replace(path)
	mend_manifest(folder)


def _replaced(name: str, value: str | None, where: str) -> str:
	if value is None:
		return f'"{name}"'
	return (
		f'({value}) AS "{name}"'
		if where == "true"
		else f'CASE WHEN {where} THEN {value} ELSE "{name}" END AS "{name}"'
	)


def change_manifest(folder: Path, **values: object) -> None:
	write_manifest(folder, read_manifest(folder) | values)
