"""A small simulated nation as a bundle, and ways to make a broken copy of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from healthcare_erp.bundle.cli import main
from healthcare_erp.bundle.read import Bundle
from healthcare_erp.bundle.schema import TABLES
from healthcare_erp.bundle.simulated import write_simulation
from healthcare_erp.bundle.write import write_bundle

NATION = {"facilities": 40, "movements": 5_000, "seed": 1}

Tables = dict[str, list[dict]]


def read_tables(folder: Path) -> Tables:
	with Bundle(folder) as bundle:
		return {table: bundle.records(f"SELECT * FROM {table}") for table in TABLES}


def write_tables(folder: Path, tables: Tables) -> Path:
	rows = {
		table: [tuple(record[column] for column in columns) for record in tables[table]]
		for table, columns in TABLES.items()
	}
	write_bundle(folder, rows, created_by="test")
	return folder


def run(*arguments: object) -> Result:
	"""The command line, as a user would call it."""
	return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="session")
def nation(tmp_path_factory) -> Path:
	folder = tmp_path_factory.mktemp("nation") / "bundle"
	write_simulation(folder, **NATION)
	return folder


@pytest.fixture(scope="session")
def recalled(nation) -> str:
	with Bundle(nation) as bundle:
		return bundle.manifest.parameters["recalled_lot"]


@pytest.fixture(scope="session")
def village(tmp_path_factory) -> Path:
	"""A nation of a few rows, with a recalled lot: quick to copy and to open."""
	folder = tmp_path_factory.mktemp("village") / "bundle"
	write_simulation(folder, facilities=12, movements=400, seed=1)
	return folder


@pytest.fixture
def stranger(village, tmp_path) -> Path:
	"""A copy of the village's bundle, to be tampered with."""
	return Path(shutil.copytree(village, tmp_path / "stranger"))


@pytest.fixture
def broken(nation, tmp_path) -> Callable[[Callable[[Tables], None]], Path]:
	"""Call with a function that changes the tables: writes the changed bundle with right digests."""

	def make(change: Callable[[Tables], None]) -> Path:
		tables = read_tables(nation)
		change(tables)
		return write_tables(tmp_path / "broken", tables)

	return make
