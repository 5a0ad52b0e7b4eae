"""Writing pages and pictures where nothing of somebody else's is overwritten."""

import os
import tempfile
from pathlib import Path

from ..errors import BundleError

MARK = "<!-- made by healthcare-erp -->"  # in the first characters of whatever the tool draws
_LOOKED_AT = 400


def make_folder(out: Path) -> None:
	"""A folder to write to, made where it is not there.

	:raises BundleError: `is_a_link`; a link may lead anywhere.
	"""
	refuse_link(out)
	out.mkdir(parents=True, exist_ok=True)


def refuse_link(path: Path) -> None:
	"""Refuse to write where a link lies.

	:raises BundleError: `is_a_link`.
	"""
	if path.is_symlink():
		raise BundleError("is_a_link", f"{path} is a link; it is not followed. Name what it leads to.")


def refuse_foreign(*paths: Path) -> None:
	"""A file is only written where there is none, or one that this tool drew.

	:raises BundleError: `not_ours`, `is_a_link`.
	"""
	for path in paths:
		refuse_link(path)
		if path.exists() and not _is_ours(path):
			sentence = (
				f"{path} was not made by this tool; it is left alone. Name another place or move it away."
			)
			raise BundleError("not_ours", sentence)


def write_page(path: Path, text: str) -> None:
	"""Write a drawn page or picture, whole or not at all.

	:raises BundleError: as `refuse_foreign`; OSError: where it cannot be written.
	"""
	refuse_foreign(path)
	descriptor, partial = tempfile.mkstemp(prefix=".healthcare-erp-", dir=path.parent)
	try:
		with open(descriptor, "w", encoding="utf-8") as stream:
			stream.write(text)
		Path(partial).chmod(0o666 & ~_mask())
		os.replace(partial, path)
	except BaseException:
		Path(partial).unlink(missing_ok=True)
		raise


def _is_ours(path: Path) -> bool:
	if not path.is_file():
		return False
	with path.open("rb") as stream:
		return MARK.encode() in stream.read(_LOOKED_AT)


def _mask() -> int:
	mask = os.umask(0)
	os.umask(mask)
	return mask
