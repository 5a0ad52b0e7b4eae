"""A private copy of a bundle's files: what is read is what the digest was computed of.

Whoever can write to a bundle's folder could exchange a file between the two; the copy is out of reach.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ..errors import BundleError

_BLOCK = 1 << 20
# A link is not followed, and opening a pipe does not wait for somebody to write to it.
_FLAGS = os.O_RDONLY | sum(
	getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)


def open_regular(path: Path) -> BinaryIO:
	"""Open a file of a stranger's folder for reading.

	:raises BundleError: `not_a_file` for links, folders, pipes and devices; FileNotFoundError: where nothing is.
	"""
	try:
		descriptor = os.open(path, _FLAGS)
	except OSError as error:
		if error.errno == errno.ELOOP:
			raise _refusal(path) from error
		raise
	if not stat.S_ISREG(os.fstat(descriptor).st_mode):
		os.close(descriptor)
		raise _refusal(path)
	return open(descriptor, "rb")


def seal(source: Path, target: Path) -> str:
	"""Copy a file and return the SHA-256 of what was copied, in hexadecimal.

	:raises: as `open_regular`.
	"""
	with open_regular(source) as stream, target.open("xb") as copy:
		return _digest(stream, copy.write)


def file_digest(path: Path) -> str:
	"""SHA-256 of a file, in hexadecimal.

	:raises: as `open_regular`.
	"""
	with open_regular(path) as stream:
		return _digest(stream)


def _digest(stream: BinaryIO, also: Callable[[bytes], object] = lambda block: None) -> str:
	digest = hashlib.sha256()
	while block := stream.read(_BLOCK):
		digest.update(block)
		also(block)
	return digest.hexdigest()


def _refusal(path: Path) -> BundleError:
	return BundleError("not_a_file", f"{path} is a link, a folder or a device; a bundle consists of files.")
