"""Opening a bundle: its tables in an embedded database."""

import tempfile
from pathlib import Path

import duckdb

from .engine import connect, quoted_file, read_every_row
from .errors import BundleError
from .opening import columns, stated
from .opening.sealed import seal
from .schema import TABLES
from .write import source


class Bundle:
	"""An open bundle; use as a context manager. `connection` has each of `TABLES` by name.

	Its files are copied once: `digests` are those of the copies, and the copies are what is read.

	:param intact: refuse a bundle of which a file is missing or another than the manifest's, rather than answer
		from what is there.
	:raises BundleError: `file_missing`, `file_changed`, `unreadable_table`, `not_a_file`, and those of `stated.load`.
	"""

	def __init__(self, folder: Path, intact: bool = True):
		self.folder = folder
		self.manifest, self.stated_digest = stated.load(folder)
		self._copies = tempfile.TemporaryDirectory(prefix="healthcare-erp-")
		try:
			self.digests = self._seal()
			if intact:
				self._refuse_damage()
			self._open()
		except BaseException:
			self._copies.cleanup()
			raise

	def __enter__(self) -> "Bundle":
		return self

	def __exit__(self, *_exception) -> None:
		self.connection.close()
		self._copies.cleanup()

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

	def _seal(self) -> dict[str, str | None]:
		"""The SHA-256 of each file by its name; None where it is not there."""
		digests = {}
		for entry in self.manifest.files():
			try:
				digests[entry.name] = seal(self.folder / entry.name, self._copy(entry.name))
			except FileNotFoundError:
				digests[entry.name] = None
		return digests

	def _refuse_damage(self) -> None:
		for code, verb, names in (
			("file_missing", "lacks", [name for name, found in self.digests.items() if found is None]),
			("file_changed", "has another", self._changed()),
		):
			if names:
				raise BundleError(code, f"{self.folder} {verb} {', '.join(names)}; get the bundle again.")

	def _changed(self) -> list[str]:
		changed = [entry.name for entry in self.manifest.files() if self.digests[entry.name] != entry.sha256]
		return changed or ([] if self.manifest.digest == self.stated_digest else ["manifest.json"])

	def _open(self) -> None:
		self.connection = connect(self._copy("scratch"))
		try:
			read_every_row(self.connection)
			for table in TABLES:
				self._view(table)
		except duckdb.Error as error:
			raise self._unreadable(error) from error

	def _view(self, table: str) -> None:
		file_format = self.manifest.file_format
		paths = [self._copy(entry.name) for entry in self.manifest.tables[table] if self.digests[entry.name]]
		if file_format == "parquet":
			for path in paths:
				columns.check_parquet(self.connection, table, path)
		files = source(table, ", ".join(map(quoted_file, paths)), file_format)
		query = f"SELECT {columns.selected(table, file_format)} FROM {files}"  # nosec B608 # constants and quoted paths
		kind = "VIEW" if file_format == "parquet" else "TABLE"  # text is parsed once
		found = query if paths else columns.nothing(table, file_format)
		self.connection.execute(f"CREATE {kind} {table} AS {found}")

	def _copy(self, name: str) -> Path:
		return Path(self._copies.name, name)

	def _unreadable(self, error: duckdb.Error) -> BundleError:
		first = str(error).splitlines()[0].replace(self._copies.name, str(self.folder))
		return BundleError("unreadable_table", f"{self.folder} has a file that cannot be read: {first}")
