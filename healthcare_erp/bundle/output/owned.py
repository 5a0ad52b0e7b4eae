"""Which folders a new bundle may replace: those that hold a bundle of the same maker, and nothing else."""

from pathlib import Path

from ..errors import BundleError
from ..manifest import Manifest
from ..opening import stated
from ..opening.sealed import file_digest
from ..schema import MANIFEST
from .files import refuse_link


def refuse_other_content(out: Path, created_by: str) -> None:
	"""A folder is only written to where it is new, empty or holds nothing but a bundle of the same maker.

	:param created_by: who writes; the last word is the maker, as in `healthcare-erp simulate`.
	:raises BundleError: `not_a_bundle`, `is_a_link`.
	"""
	refuse_link(out)
	if out.exists() and not (out.is_dir() and (_is_empty(out) or _is_ours(out, created_by))):
		sentence = (
			f"{out} exists and is not, whole and alone, a bundle that {_maker(created_by)} has written; "
			"it is left alone. Name a new folder."
		)
		raise BundleError("not_a_bundle", sentence)


def _is_empty(folder: Path) -> bool:
	return not any(folder.iterdir())


def _is_ours(folder: Path, created_by: str) -> bool:
	try:
		manifest, _digest = stated.load(folder)
		return _maker(manifest.created_by) == _maker(created_by) and _holds_only(folder, manifest)
	except (BundleError, OSError):
		return False


def _holds_only(folder: Path, manifest: Manifest) -> bool:
	"""Whether each file is the one that was written, and no other is there."""
	listed = {entry.name: entry.sha256 for entry in manifest.files()}
	names = {path.name for path in folder.iterdir()}
	return names == {MANIFEST, *listed} and all(
		file_digest(folder / name) == sha for name, sha in listed.items()
	)


def _maker(created_by: str) -> str:
	return created_by.rpartition(" ")[2]
