"""The manifest: what a bundle says about its own files."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .opening.sealed import file_digest
from .schema import FORMAT, MANIFEST, VERSION


@dataclass(frozen=True, slots=True)
class FileEntry:
	"""One file of a table, with its size and SHA-256."""

	name: str
	rows: int
	bytes: int
	sha256: str


@dataclass(slots=True)
class Manifest:
	"""`tables` lists the files of each table; `time_range` is the first and last posting time, ISO 8601."""

	file_format: str
	created_by: str
	parameters: dict
	tables: dict[str, list[FileEntry]] = field(default_factory=dict)
	time_range: tuple[str, str] | None = None

	@property
	def digest(self) -> str:
		"""One SHA-256 over the digests of all files: the same content has the same digest."""
		lines = [f"{entry.name} {entry.sha256}" for entry in self.files()]
		return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

	def files(self) -> list[FileEntry]:
		return [entry for files in self.tables.values() for entry in files]

	def rows(self, table: str) -> int:
		return sum(entry.rows for entry in self.tables[table])

	def save(self, folder: Path) -> None:
		tables = {
			name: {"rows": self.rows(name), "files": [asdict(entry) for entry in files]}
			for name, files in self.tables.items()
		}
		content = {
			"format": FORMAT,
			"version": VERSION,
			"file_format": self.file_format,
			"created_by": self.created_by,
			"parameters": self.parameters,
			"time_range": self.time_range,
			"digest": self.digest,
			"tables": tables,
		}
		(folder / MANIFEST).write_text(json.dumps(content, indent="\t", default=str) + "\n", encoding="utf-8")


def describe(path: Path, rows: int) -> FileEntry:
	"""The entry of a file that has just been written."""
	return FileEntry(path.name, rows, path.stat().st_size, file_digest(path))
