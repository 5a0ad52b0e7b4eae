"""From raw places to a clean tree: every name corrected, refused or doubted is written down with its path."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.values.spelling import fold

from .levels import SEPARATOR, Level, path_of
from .names import MISSPELLINGS, looks_misspelt, tidy


@dataclass(slots=True)
class Place:
	"""One place with its parts, in the source's order; coordinates in decimal degrees (WGS 84)."""

	name: str
	level: Level
	parts: list["Place"] = field(default_factory=list)
	code: str | None = None
	capital: str | None = None
	latitude: float | None = None
	longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Correction:
	"""A name that was changed: where it ended up, what the source said, and why."""

	path: str
	level: Level
	was: str
	reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
	"""A place left out: its path, why, how many places below it went with it, and its twin if it has one."""

	path: str
	level: Level | None
	reason: str
	below: int = 0
	twin: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
	"""A name that was kept, for want of a better one: it breaks the spelling rules or is nearly its `twin`'s."""

	path: str
	level: Level
	twin: str | None = None


@dataclass(slots=True)
class Gazetteer:
	"""A clean tree of provinces, with everything that was done to get there."""

	provinces: list[Place] = field(default_factory=list)
	corrected: list[Correction] = field(default_factory=list)
	refused: list[Refusal] = field(default_factory=list)
	doubtful: list[Doubt] = field(default_factory=list)


def clean(provinces: list[Place], refused: list[Refusal]) -> Gazetteer:
	"""Normalise names, merge places named twice under one parent, refuse copied branches.

	:param refused: what the reader of the source could not use; the result's `refused` begins with it.
	"""
	gazetteer = Gazetteer(refused=list(refused))
	gazetteer.provinces = _siblings(provinces, None, gazetteer)
	for level in (Level.COMMUNE, Level.ZONE):
		_refuse_copies(level, gazetteer)
	gazetteer.doubtful = [
		Doubt(path, place.level) for path, place, _ in walk(gazetteer.provinces) if looks_misspelt(place.name)
	]
	return gazetteer


def walk(
	places: list[Place], above: str | None = None, parent: Place | None = None
) -> Iterator[tuple[str, Place, Place | None]]:
	"""Every (path, place, its parent), parents before their parts."""
	for place in places:
		path = SEPARATOR.join(part for part in (above, place.name) if part)
		yield path, place, parent
		yield from walk(place.parts, path, place)


def size(place: Place) -> int:
	"""How many places a branch holds, itself included."""
	return 1 + sum(size(part) for part in place.parts)


def _siblings(places: list[Place], above: str | None, gazetteer: Gazetteer) -> list[Place]:
	kept: dict[str, Place] = {}
	for place in places:
		path = _name(place, above, gazetteer)
		if path is None:
			continue
		twin = kept.setdefault(fold(place.name), place)
		if twin is not place:
			gazetteer.refused.append(Refusal(path, place.level, "duplicate_sibling"))
			twin.parts = twin.parts + place.parts
	for place in kept.values():
		_check_coordinates(place, path_of(place.name, above), gazetteer)
		place.parts = _siblings(place.parts, path_of(place.name, above), gazetteer)
	return list(kept.values())


def _name(place: Place, above: str | None, gazetteer: Gazetteer) -> str | None:
	"""Give the place its right name; returns its path, or None when it is refused."""
	was = place.name
	place.name, reasons = tidy(was)
	try:
		path = path_of(place.name, above)
	except DomainError as refusal:
		_refuse(place, refusal.context["path"], refusal.code, gazetteer)
		return None
	if not place.name:
		_refuse(place, f"{above or ''}{SEPARATOR}{was}", "name_empty", gazetteer)
		return None
	if path in MISSPELLINGS:
		place.name, reasons = MISSPELLINGS[path], [*reasons, "spelling"]
		path = path_of(place.name, above)
	if reasons:
		gazetteer.corrected.append(Correction(path, place.level, was, tuple(reasons)))
	return path


def _check_coordinates(place: Place, path: str, gazetteer: Gazetteer) -> None:
	"""Keep coordinates that lie on the globe; report the others and leave them out (the place stays)."""
	if place.latitude is None and place.longitude is None:
		return
	try:
		latitude, longitude = float(place.latitude), float(place.longitude)
	except (TypeError, ValueError):
		latitude = longitude = inf
	on_globe = abs(latitude) <= 90 and abs(longitude) <= 180
	place.latitude, place.longitude = (latitude, longitude) if on_globe else (None, None)
	if not on_globe:
		gazetteer.refused.append(Refusal(path, place.level, "invalid_coordinates"))


def _refuse(place: Place, path: str, reason: str, gazetteer: Gazetteer, twin: str | None = None) -> None:
	gazetteer.refused.append(Refusal(path, place.level, reason, size(place) - 1, twin))


def _refuse_copies(level: Level, gazetteer: Gazetteer) -> None:
	"""A branch with the name and the parts of one elsewhere is a copy: keep the one that is at home.

	Two places may share a name; two with the same name and the same two or more parts are one place twice.
	"""
	copies = _copies(level, gazetteer)
	homes = _homes(copies)
	for branches in copies:
		branches.sort(key=lambda branch: id(branch[2]) not in homes)
		twin, *others = branches
		for path, place, parent in others:
			parent.parts.remove(place)
			_refuse(place, path, "duplicate_branch", gazetteer, twin[0])


def _copies(level: Level, gazetteer: Gazetteer) -> list[list[tuple[str, Place, Place]]]:
	alike = defaultdict(list)
	for branch in walk(gazetteer.provinces):
		_, place, _ = branch
		if place.level is level and len(place.parts) > 1:
			alike[fold(place.name), frozenset(fold(part.name) for part in place.parts)].append(branch)
	return [branches for branches in alike.values() if len(branches) > 1]


def _homes(copies: list[list[tuple[str, Place, Place]]]) -> set[int]:
	"""The parents that bear the name of a copied branch of theirs, as a commune does of its main zone."""
	found = (branch for branches in copies for branch in branches)
	return {id(parent) for _, place, parent in found if fold(parent.name) == fold(place.name)}
