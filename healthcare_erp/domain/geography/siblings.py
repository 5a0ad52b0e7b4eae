"""Places with the same parent whose names differ by a letter: one place in two spellings, or two places."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from healthcare_erp.domain.values.spelling import fold

from .levels import SEPARATOR

_NUMERAL = re.compile(r"[ivx]+|[0-9]+|[a-z]", re.IGNORECASE)


def differ_by_a_letter(one: str, other: str) -> bool:
	"""Whether one letter was added, left out, changed, or exchanged with its neighbour.

	Case and accents don't count. `Rohero I` and `Rohero II` are two places: a number is no misspelling.
	"""
	short, long = sorted((fold(one), fold(other)), key=len)
	if short == long or len(long) - len(short) > 1 or _without_numerals(short) == _without_numerals(long):
		return False
	same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
	short, long = short[same:], long[same:]
	if len(short) < len(long):
		return short == long[1:]
	return short[1:] == long[1:] or (short[1::-1] == long[:2] and short[2:] == long[2:])


def lookalikes(paths: Iterable[str], parents: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
	"""Each of the paths with a sibling in the tree that differs by a letter; a pair is named once.

	:param parents: path -> path of its parent, of the whole tree.
	"""
	siblings = defaultdict(list)
	for path, parent in parents.items():
		siblings[parent or None].append(path)
	named = set()
	for path in paths:
		for twin in siblings[parents[path] or None]:
			if frozenset((path, twin)) not in named and differ_by_a_letter(_name(path), _name(twin)):
				named.add(frozenset((path, twin)))
				yield path, twin


def _name(path: str) -> str:
	return path.rpartition(SEPARATOR)[2]


def _without_numerals(name: str) -> list[str]:
	return [word for word in re.split(r"[\s-]+", name) if not _NUMERAL.fullmatch(word)]
