"""The embedded engine: one DuckDB connection with its limits."""

import os
from pathlib import Path

import duckdb

# What would believe the statistics in a file of Parquet: with forged ones, rows are not found that are there.
TRUSTING_OPTIMIZERS = {
	*("filter_pushdown", "statistics_propagation", "join_filter_pushdown", "row_group_pruner"),
	*("compressed_materialization", "top_n", "late_materialization", "partial_aggregate_pushdown"),
}
MEMORY_LIMIT = "3GB"  # leaves room below 4 GiB for what DuckDB does not count


def connect(scratch: Path, threads: int | None = None) -> duckdb.DuckDBPyConnection:
	"""An in-memory database that uses as many threads as there are cores, and fetches no extension.

	:param scratch: a folder that nobody else can write to, for what does not fit into memory.
	:param threads: fewer, where memory counts more than time.
	"""
	cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
	settings = {
		"memory_limit": MEMORY_LIMIT,
		"threads": threads or cores,
		"temp_directory": str(scratch / "spill"),
		"autoinstall_known_extensions": False,
		"autoload_known_extensions": False,
	}
	connection = duckdb.connect(config=settings)
	connection.execute("SET enable_progress_bar = false")  # the tool shows its own
	return connection


def read_every_row(connection: duckdb.DuckDBPyConnection) -> None:
	"""Make all queries of a connection look at the rows themselves, whatever a file says of them."""
	known = {name for (name,) in connection.execute("SELECT name FROM duckdb_optimizers()").fetchall()}
	connection.execute(f"SET disabled_optimizers = {quoted(','.join(sorted(TRUSTING_OPTIMIZERS & known)))}")


def quoted(text: object) -> str:
	"""A text as an SQL literal, for the places where DuckDB takes no parameter (file names in COPY)."""
	return "'" + str(text).replace("'", "''") + "'"


def quoted_file(path: object) -> str:
	"""The exact name of a file as an SQL literal for reading, where DuckDB takes a name for a pattern."""
	return quoted("".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path)))


def identifier(name: str) -> str:
	"""A column's name as SQL takes it, also where it is a keyword (`at`)."""
	return f'"{name}"'
