"""Opening a bundle: its tables in an embedded database."""

from pathlib import Path

import duckdb

from . import manifest as manifests
from .engine import connect, identifier, quoted
from .errors import BundleError
from .schema import TABLES, types_in
from .write import source


class Bundle:
	"""An open bundle; use as a context manager. `connection` has each of `TABLES` by name.

	:param complete: refuse a bundle with a missing file, rather than answer from what is left of it.
	:raises BundleError: `file_missing`, `unreadable_table`, and those of `manifest.load`.
	"""

	def __init__(self, folder: Path, complete: bool = True):
		self.folder = folder
		self.manifest, self.stated_digest = manifests.load(folder)
		missing = self.missing_files()
		if complete and missing:
			raise BundleError("file_missing", f"{folder} lacks {', '.join(missing)}; get the bundle again.")
		self.connection = connect()
		for table in TABLES:
			self._view(table)

	def __enter__(self) -> "Bundle":
		return self

	def __exit__(self, *_exception) -> None:
		self.connection.close()

	def rows(self, query: str, parameters: dict | None = None) -> list[tuple]:
		"""All rows of a query.

		:raises BundleError: `unreadable_table` where a file turns out damaged.
		"""
		try:
			return self.connection.execute(query, parameters).fetchall()
		except duckdb.Error as error:
			raise self._unreadable(error) from error

	def script(self, statements: str, parameters: dict | None = None) -> None:
		"""Run statements (parameters only with a single one) for what they make.

		:raises BundleError: `unreadable_table`.
		"""
		try:
			self.connection.execute(statements, parameters or None)
		except duckdb.Error as error:
			raise self._unreadable(error) from error

	def records(self, query: str, parameters: dict | None = None) -> list[dict]:
		"""All rows of a query as dicts by column name."""
		rows = self.rows(query, parameters)
		names = [column[0] for column in self.connection.description]
		return [dict(zip(names, row, strict=True)) for row in rows]

	def missing_files(self) -> list[str]:
		return [
			entry.name
			for files in self.manifest.tables.values()
			for entry in files
			if not (self.folder / entry.name).is_file()
		]

	def _view(self, table: str) -> None:
		paths = [self.folder / entry.name for entry in self.manifest.tables[table]]
		found = ", ".join(quoted(path) for path in paths if path.is_file())
		columns = types_in(table, self.manifest.file_format)
		if found:
			query = f"SELECT {', '.join(map(identifier, columns))} FROM {source(table, found, self.manifest.file_format)}"
		else:
			nothing = ", ".join(f"NULL::{type_} AS {identifier(name)}" for name, type_ in columns.items())
			query = f"SELECT {nothing} WHERE false"
		kind = "VIEW" if self.manifest.file_format == "parquet" else "TABLE"  # text is parsed once
		try:
			self.connection.execute(f"CREATE {kind} {table} AS {query}")
		except duckdb.Error as error:
			raise self._unreadable(error) from error

	def _unreadable(self, error: duckdb.Error) -> BundleError:
		first = str(error).splitlines()[0]
		return BundleError("unreadable_table", f"{self.folder} has a file that cannot be read: {first}")
