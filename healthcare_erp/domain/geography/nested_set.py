"""Nested-set numbers for a whole tree in one pass, and what must be added to a tree that exists."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.values.spelling import fold

from .gazetteer import Doubt, Gazetteer, walk
from .levels import LEVELS, SEPARATOR, Level
from .siblings import lookalikes


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
class Lack:
	"""A place that the source has not, with how many below it; the places below are not named again."""

	path: str
	level: Level
	below: int


@dataclass(frozen=True, slots=True)
class Plan:
	"""Rows to add, how many there were already, and (lft, rgt) of every place, old and new.

	`doubtful` are places of the source with a sibling, there or new, whose name differs by a letter; `lacking`
	are those that are there and that the source has not.
	"""

	new: list[Row]
	created: Counter
	existing: Counter
	bounds: dict[str, tuple[int, int]]
	doubtful: list[Doubt]
	lacking: list[Lack]


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
	asked: dict[str, Level] = {}
	for row in rows(gazetteer):
		missing = fold(row.path) not in known
		levels[missing][row.level] += 1
		if missing:
			new.append(_under_known_parent(row, known))
			known[fold(row.path)] = new[-1].path
		asked[known[fold(row.path)]] = row.level
	parents = {**existing, **{row.path: row.parent for row in new}}
	bounds = number(parents)
	doubtful = [Doubt(path, asked[path], twin) for path, twin in lookalikes(asked, parents)]
	lacking = _lacking([path for path in existing if path not in asked], existing, bounds)
	return Plan(new, levels[True], levels[False], bounds, doubtful, lacking)


def _lacking(
	absent: list[str], existing: Mapping[str, str | None], bounds: Mapping[str, tuple[int, int]]
) -> list[Lack]:
	"""The uppermost of the absent places, in the tree's order; nothing of the source lies below them."""
	names = set(absent)
	uppermost = sorted((path for path in absent if existing[path] not in names), key=bounds.get)
	return [
		Lack(path, LEVELS[path.count(SEPARATOR)], (bounds[path][1] - bounds[path][0]) // 2)
		for path in uppermost
	]


def _under_known_parent(row: Row, known: Mapping[str, str]) -> Row:
	"""The row below its parent as the site spells it (`Gitega/KARUSI` is `Gitega/Karusi`)."""
	if row.parent is None:
		return row
	parent = known[fold(row.parent)]
	return replace(row, parent=parent, path=f"{parent}{SEPARATOR}{row.name}")
