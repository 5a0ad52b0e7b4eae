"""The manifest: what a bundle says about its own files."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .errors import BundleError
from .schema import FILE_FORMATS, FORMAT, MANIFEST, TABLES, VERSION


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
		lines = [f"{entry.name} {entry.sha256}" for files in self.tables.values() for entry in files]
		return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

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


def load(folder: Path) -> tuple[Manifest, str]:
	"""The manifest of a bundle and the digest that it states.

	:raises BundleError: `bundle_not_found`, `unreadable_manifest`, `unknown_format`.
	"""
	path = folder / MANIFEST
	if not path.is_file():
		raise BundleError("bundle_not_found", f"{folder} is no bundle: it has no {MANIFEST}.")
	try:
		content = json.loads(path.read_text(encoding="utf-8"))
		_check_format(content, folder)
		tables = {name: [_entry(row) for row in content["tables"][name]["files"]] for name in TABLES}
		found = Manifest(
			content["file_format"],
			content["created_by"],
			content["parameters"],
			tables,
			content["time_range"],
		)
		return found, content["digest"]
	except (KeyError, TypeError, ValueError, AttributeError) as error:
		sentence = f"{path} cannot be read ({type(error).__name__}: {error}); get the bundle again."
		raise BundleError("unreadable_manifest", sentence) from error


def is_bundle(folder: Path) -> bool:
	"""Whether a folder holds a bundle of any version."""
	try:
		return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["format"] == FORMAT
	except (OSError, ValueError, KeyError, TypeError):
		return False


def describe(path: Path, rows: int) -> FileEntry:
	"""The entry of a file that has just been written."""
	return FileEntry(path.name, rows, path.stat().st_size, file_digest(path))


def file_digest(path: Path) -> str:
	"""SHA-256 of a file, in hexadecimal."""
	digest = hashlib.sha256()
	with path.open("rb") as stream:
		while block := stream.read(1 << 20):
			digest.update(block)
	return digest.hexdigest()


def _check_format(content: dict, folder: Path) -> None:
	known = content["format"] == FORMAT and content["version"] == VERSION
	if not known or content["file_format"] not in FILE_FORMATS:
		sentence = (
			f"{folder} is {content['format']} version {content['version']} in {content['file_format']}; "
			f"this tool reads {FORMAT} version {VERSION}."
		)
		raise BundleError("unknown_format", sentence)


def _entry(row: dict) -> FileEntry:
	entry = FileEntry(str(row["name"]), int(row["rows"]), int(row["bytes"]), str(row["sha256"]))
	if Path(entry.name).name != entry.name:
		raise ValueError(f"{entry.name} is not a file of the bundle's own folder")
	return entry
