"""Writing a bundle from iterables of rows, in constant memory and all or nothing."""

import csv
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import count, islice
from pathlib import Path

import duckdb

from .engine import connect, quoted, quoted_file
from .errors import BundleError
from .manifest import FileEntry, Manifest, describe
from .output.owned import refuse_other_content
from .schema import PARTITIONED, TABLES, types_in

ROWS_PER_FILE = 1_000_000
ROWS_PER_STEP = 20_000
_COPY = {
	"parquet": "(FORMAT PARQUET, COMPRESSION ZSTD)",
	"jsonl": "(FORMAT JSON, DATEFORMAT '%Y-%m-%d', TIMESTAMPFORMAT '%Y-%m-%d %H:%M:%S.%f')",
}

Progress = Callable[[str, int], None]


def write_bundle(
	out: Path,
	tables: Mapping[str, Iterable],
	*,
	created_by: str,
	parameters: dict | None = None,
	file_format: str = "parquet",
	progress: Progress | None = None,
) -> Manifest:
	"""Write a bundle to the folder `out`; an older one of the same maker is replaced once the new one is complete.

	:param tables: for every name in `TABLES` its rows in the order of its columns, as tuples (None or "" for
		no value) or all as lines of CSV. Each iterable is read once, in the order of `TABLES`; movements may
		be any number.
	:param progress: called with the table's name and the number of rows written since the last call.
	:raises BundleError: as `refuse_other_content`; `not_writable`, `unwritable_rows`.
	"""
	refuse_other_content(out, created_by)
	try:
		out.absolute().parent.mkdir(parents=True, exist_ok=True)
		partial = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.absolute().parent))
	except OSError as error:
		raise BundleError("not_writable", f"{out} cannot be written: {error.strerror}.") from error
	try:
		manifest = Manifest(file_format, created_by, parameters or {})
		with tempfile.TemporaryDirectory(prefix="healthcare-erp-") as scratch:
			_Writer(partial, Path(scratch), manifest, progress or (lambda table, rows: None)).write(tables)
		_publish(partial, out)
	finally:
		shutil.rmtree(partial, ignore_errors=True)
	return manifest


class _Writer:
	def __init__(self, folder: Path, scratch: Path, manifest: Manifest, progress: Progress):
		self.folder, self.manifest, self.progress = folder, manifest, progress
		self.connection = connect(
			scratch, threads=1
		)  # beside the thread that stages rows, and with half the memory
		self.converter = ThreadPoolExecutor(max_workers=1)

	def write(self, tables: Mapping[str, Iterable]) -> None:
		with self.connection, self.converter:
			for table in TABLES:
				self.manifest.tables[table] = self._files(table, iter(tables[table]))
			self.manifest.time_range = self._time_range()
		self.manifest.save(self.folder)

	def _files(self, table: str, rows: Iterator) -> list[FileEntry]:
		"""One file per table, except movements: a numbered file per million rows.

		While the engine converts one file, the rows of the next are staged.
		"""
		limit = ROWS_PER_FILE if table == PARTITIONED else None
		pending: list[Future[FileEntry]] = []
		for number in count(1):
			suffix = f"-{number:05d}" if limit else ""
			path = self.folder / f"{table}{suffix}.{self.manifest.file_format}"
			staged = path.with_suffix(".csv")
			written = self._stage(table, islice(rows, limit), staged)
			if written or not pending:
				wait(pending)
				pending.append(self.converter.submit(self._convert, table, path, written))
			else:
				staged.unlink()
			if not limit or written < limit:
				return [entry.result() for entry in pending]

	def _convert(self, table: str, path: Path, rows: int) -> FileEntry:
		staged = path.with_suffix(".csv")
		try:
			self._copy(f"SELECT * FROM {self._staged(table, staged)}", path)  # nosec B608 # constants and quoted paths
		except duckdb.Error as error:
			first = str(error).splitlines()[0]
			raise BundleError(
				"unwritable_rows", f"Rows of {table} do not fit its columns: {first}."
			) from error
		staged.unlink()
		return describe(path, rows)

	def _stage(self, table: str, rows: Iterator, staged: Path) -> int:
		"""Rows as CSV: the fastest way from Python into the engine that needs no further package."""
		written = 0
		with staged.open("w", newline="", encoding="utf-8") as stream:
			writer = csv.writer(stream, lineterminator="\n")
			while step := list(islice(rows, ROWS_PER_STEP)):
				if isinstance(step[0], str):
					stream.writelines(step)
				else:
					writer.writerows(step)
				written += len(step)
				self.progress(table, len(step))
		return written

	def _staged(self, table: str, staged: Path) -> str:
		columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TABLES[table].items())
		return (
			f"read_csv({quoted_file(staged)}, header = false, auto_detect = false, delim = ',', quote = '\"', "
			f"escape = '\"', nullstr = '', columns = {{{columns}}})"
		)

	def _copy(self, query: str, path: Path) -> None:
		self.connection.execute(f"COPY ({query}) TO {quoted(path)} {_COPY[self.manifest.file_format]}")

	def _time_range(self) -> tuple[str, str] | None:
		files = ", ".join(
			quoted_file(self.folder / entry.name) for entry in self.manifest.tables[PARTITIONED]
		)
		first, last = self.connection.execute(
			f"SELECT min(posting_datetime), max(posting_datetime) FROM {source(PARTITIONED, files, self.manifest.file_format)}"  # nosec B608 # constants and quoted paths
		).fetchone()
		return (first.isoformat(), last.isoformat()) if first else None


def source(table: str, files: str, file_format: str) -> str:
	"""The table function that reads these files (by `quoted_file`, with commas between), and nothing of their path."""
	if file_format == "parquet":
		return f"read_parquet([{files}], hive_partitioning = false)"
	columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types_in(table, file_format).items())
	options = f"format = 'newline_delimited', hive_partitioning = false, columns = {{{columns}}}"
	return f"read_json([{files}], {options})"


def _publish(partial: Path, out: Path) -> None:
	"""Put the finished folder in its place; what was there goes last."""
	mask = os.umask(0)
	os.umask(mask)
	partial.chmod(0o777 & ~mask)
	if not out.exists():
		partial.rename(out)
		return
	replaced = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.absolute().parent))
	out.rename(replaced / out.name)
	partial.rename(out)
	shutil.rmtree(replaced, ignore_errors=True)
