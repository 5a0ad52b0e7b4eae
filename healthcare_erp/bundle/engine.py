"""The embedded engine: one DuckDB connection with its limits."""

import os
import tempfile

import duckdb

MEMORY_LIMIT = "3GB"  # leaves room below 4 GiB for what DuckDB does not count


def connect(threads: int | None = None) -> duckdb.DuckDBPyConnection:
	"""An in-memory database that spills to the temporary folder and uses as many threads as there are cores.

	:param threads: fewer, where memory counts more than time.
	"""
	cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
	settings = {
		"memory_limit": MEMORY_LIMIT,
		"threads": threads or cores,
		"temp_directory": os.path.join(tempfile.gettempdir(), f"healthcare-erp-{os.getpid()}"),
	}
	connection = duckdb.connect(config=settings)
	connection.execute("SET enable_progress_bar = false")  # the tool shows its own
	return connection


def quoted(text: object) -> str:
	"""A text as an SQL literal, for the places where DuckDB takes no parameter (file names in COPY)."""
	return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
	"""A column's name as SQL takes it, also where it is a keyword (`at`)."""
	return f'"{name}"'
