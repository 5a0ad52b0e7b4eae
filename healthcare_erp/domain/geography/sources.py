"""The two public sources, read into raw places: nothing is corrected here, what cannot be read is refused.

`from_tables`: the lists of the PyPI package `tburundigeo` (records joined by codes).
`from_map`: `{country, provinces: [{name, capital, communes: [{name, zones: [{name, collines_quarters}]}]}]}`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from healthcare_erp.domain.errors import DomainError

from .gazetteer import Gazetteer, Place, Refusal, clean, size
from .levels import SEPARATOR, Level

# Under which key a list of places of a level stands; the later ones are spellings met in the wild.
_LISTS = {
	"provinces": Level.PROVINCE,
	"communes": Level.COMMUNE,
	"zones": Level.ZONE,
	"collines_quarters": Level.COLLINE,
	"collines": Level.COLLINE,
	"quartiers": Level.COLLINE,
}
_PARENT_CODES = {Level.COMMUNE: "province_code", Level.ZONE: "commune_code", Level.COLLINE: "zone_code"}


def from_map(data: Any) -> Gazetteer:
	"""The tree of a `burundi-map.json` (parsed JSON); a place may also be a bare name.

	:raises DomainError: `geography_unreadable` when there is no list of provinces.
	"""
	if not isinstance(data, Mapping) or not isinstance(data.get("provinces"), list):
		raise DomainError("geography_unreadable", problem="it has no list named provinces")
	refused: list[Refusal] = []
	return clean(_places(data["provinces"], Level.PROVINCE, "", refused), refused)


def from_tables(
	provinces: Iterable[Mapping],
	communes: Iterable[Mapping],
	zones: Iterable[Mapping],
	collines: Iterable[Mapping],
) -> Gazetteer:
	"""The tree of records `{code, name, capital | chief_town, <parent>_code}`, one list for each level."""
	refused: list[Refusal] = []
	tables = zip(Level, (provinces, communes, zones, collines), strict=True)
	above: dict[str, Place] = {}
	roots: list[Place] = []
	for level, records in tables:
		above = _level_from_table(records, level, above, roots, refused)
	return clean(roots, refused)


def _level_from_table(
	records: Iterable[Mapping],
	level: Level,
	above: dict[str, Place],
	roots: list[Place],
	refused: list[Refusal],
) -> dict[str, Place]:
	"""Hang one level's records under the level above; returns them by code."""
	places: dict[str, Place] = {}
	for record in records:
		place, code = _place(record, level), record.get("code")
		parent = above.get(record.get(_PARENT_CODES.get(level)))
		if level.above and parent is None:
			refused.append(Refusal(place.name, level, "parent_missing"))
		elif code in places:
			refused.append(Refusal(f"{place.name} ({code})", level, "duplicate_code"))
		else:
			(parent.parts if parent else roots).append(place)
			places[code] = place
	return places


def _places(entries: Any, level: Level, above: str, refused: list[Refusal]) -> list[Place]:
	if not isinstance(entries, list):
		refused.append(Refusal(_join(above, str(entries)[:60]), level, "not_a_list"))
		return []
	read = (_read(entry, level, above, refused) for entry in entries)
	return [place for place in read if place is not None]


def _read(entry: Any, level: Level, above: str, refused: list[Refusal]) -> Place | None:
	if isinstance(entry, str):
		return Place(entry, level)
	if not isinstance(entry, Mapping):
		refused.append(Refusal(_join(above, str(entry)[:60]), level, "not_a_place"))
		return None
	place = _place(entry, level)
	path = _join(above, place.name)
	for key, value in entry.items():
		if value and _LISTS.get(key, level) is level.below:
			place.parts += _places(value, level.below, path, refused)
		elif value and isinstance(value, list):
			_refuse_list(key, value, path, refused)
	return place


def _refuse_list(key: str, value: Any, path: str, refused: list[Refusal]) -> None:
	"""A province holds communes, and nothing else does: refuse what hangs one level too high or too low."""
	level = _LISTS.get(key)
	if level is None:
		refused.append(Refusal(_join(path, key), None, "unknown_list"))
		return
	unreadable: list[Refusal] = []
	for place in _places(value, level, path, unreadable):
		refused.append(Refusal(_join(path, place.name), level, "wrong_level", size(place) - 1))
	refused.extend(unreadable)


def _place(record: Mapping, level: Level) -> Place:
	return Place(
		name=str(record.get("name") or ""),
		level=level,
		code=_text(record.get("code")),
		capital=_text(record.get("capital") or record.get("chief_town")),
		latitude=record.get("latitude", record.get("lat")),
		longitude=record.get("longitude", record.get("lng")),
	)


def _text(value: Any) -> str | None:
	return str(value).strip() or None if value is not None else None


def _join(above: str, name: str) -> str:
	return SEPARATOR.join(part for part in (above, name) if part)
