"""The columns of a bundle's files: of the types that the format names, with values that a calendar has."""

from pathlib import Path

import duckdb

from ..engine import identifier, quoted_file
from ..errors import BundleError
from ..schema import TABLES, types_in

ROWS_PER_BYTE = 4  # rows with names of their own take more room: a file made to exhaust its reader
LARGEST = 10**11  # beyond any quantity, and a hundred million of them still add up
_BOUNDS = {
	"DATE": "BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'",
	"TIMESTAMP": "BETWEEN TIMESTAMP '0001-01-01 00:00:00' AND TIMESTAMP '9999-12-31 23:59:59.999999'",
	"BIGINT": f"BETWEEN -{LARGEST} AND {LARGEST}",
	"DOUBLE": f"BETWEEN -{LARGEST} AND {LARGEST}",  # NaN counts as larger than every number
}


def check_parquet(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
	"""Compare the file's own types with the format's, whatever could be cast to them.

	:raises BundleError: `unreadable_table`.
	"""
	described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted_file(path)})").fetchall()  # nosec B608 # a quoted path
	found = {name: kind for name, kind, *_ in described}
	for column, kind in TABLES[table].items():
		if found.get(column) != kind.replace(" ", ""):
			there = found.get(column) or "not there"
			raise _unreadable(path, f"column {column} is {there}, and should be {kind}")
	query = f"SELECT num_rows FROM parquet_file_metadata({quoted_file(path)})"  # nosec B608 # a quoted path
	[(rows,)] = connection.execute(query).fetchall()
	if rows > path.stat().st_size * ROWS_PER_BYTE:
		raise _unreadable(path, f"it says that it has {rows} rows, in {path.stat().st_size} bytes")


def selected(table: str, file_format: str) -> str:
	"""The columns as a query names them: a value beyond every calendar or count is read as none at all."""
	return ", ".join(_bounded(name, kind) for name, kind in types_in(table, file_format).items())


def nothing(table: str, file_format: str) -> str:
	"""The query of a table without a file."""
	columns = ", ".join(
		f"NULL::{kind} AS {identifier(name)}" for name, kind in types_in(table, file_format).items()
	)
	return f"SELECT {columns} WHERE false"


def _bounded(name: str, kind: str) -> str:
	column = identifier(name)
	return f"CASE WHEN {column} {_BOUNDS[kind]} THEN {column} END AS {column}" if kind in _BOUNDS else column


def _unreadable(path: Path, reason: str) -> BundleError:
	return BundleError("unreadable_table", f"{path.name}: {reason}.")
