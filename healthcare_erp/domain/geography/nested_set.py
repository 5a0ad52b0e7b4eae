"""Nested-set numbers for a whole tree in one pass, and what must be added to a tree that exists."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.spelling import fold

from .gazetteer import Gazetteer, walk
from .levels import SEPARATOR, Level


@dataclass(frozen=True, slots=True)
class Row:
	"""One place as it is stored: its path is its name."""

	path: str
	name: str
	level: Level
	parent: str | None
	code: str | None
	capital: str | None
	latitude: float | None
	longitude: float | None


@dataclass(frozen=True, slots=True)
class Plan:
	"""Rows to add, how many there were already, and (lft, rgt) of every place, old and new."""

	new: list[Row]
	created: Counter
	existing: Counter
	bounds: dict[str, tuple[int, int]]


def number(parents: Mapping[str, str | None]) -> dict[str, tuple[int, int]]:
	"""(lft, rgt) of each name, from 1, siblings in alphabetical order.

	:param parents: name -> name of its parent (None or empty for a root).
	:raises DomainError: `tree_broken` when a parent is missing or lies below its own child.
	"""
	parts = defaultdict(list)
	for name in sorted(parents, key=fold, reverse=True):
		parts[parents[name] or None].append(name)
	bounds: dict[str, tuple[int, int]] = {}
	opened: dict[str, int] = {}
	numbers, stack = count(1), list(parts[None])
	while stack:
		name = stack[-1]
		if name in opened:
			bounds[stack.pop()] = (opened[name], next(numbers))
			continue
		opened[name] = next(numbers)
		stack.extend(parts[name])
	if len(bounds) < len(parents):
		raise DomainError("tree_broken", names=sorted(set(parents) - set(bounds))[:10])
	return bounds


def rows(gazetteer: Gazetteer) -> list[Row]:
	"""The tree as rows, parents before their parts."""
	return [
		Row(
			path=path,
			name=place.name,
			level=place.level,
			parent=path.rpartition(SEPARATOR)[0] or None,
			code=place.code,
			capital=place.capital,
			latitude=place.latitude,
			longitude=place.longitude,
		)
		for path, place, _ in walk(gazetteer.provinces)
	]


def plan(gazetteer: Gazetteer, existing: Mapping[str, str | None]) -> Plan:
	"""Add what is missing from the tree that exists; what exists stays as it is.

	:param existing: path -> path of its parent (None or empty for a province).
	:raises DomainError: `tree_broken` when the existing tree is.
	"""
	known = {fold(path): path for path in existing}
	new: list[Row] = []
	levels: dict[bool, Counter] = {True: Counter(), False: Counter()}
	for row in rows(gazetteer):
		missing = fold(row.path) not in known
		levels[missing][row.level] += 1
		if missing:
			new.append(_under_known_parent(row, known))
			known[fold(row.path)] = new[-1].path
	parents = {**existing, **{row.path: row.parent for row in new}}
	return Plan(new, levels[True], levels[False], number(parents))


def _under_known_parent(row: Row, known: Mapping[str, str]) -> Row:
	"""The row below its parent as the site spells it (`Gitega/KARUSI` is `Gitega/Karusi`)."""
	if row.parent is None:
		return row
	parent = known[fold(row.parent)]
	return replace(row, parent=parent, path=f"{parent}{SEPARATOR}{row.name}")
