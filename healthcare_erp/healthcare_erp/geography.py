"""The administrative levels as one tree: loading the country, and which place lies in which."""

import json
from importlib import import_module
from os import PathLike
from typing import Any

import frappe
from frappe.utils import now

from healthcare_erp.core import audit
from healthcare_erp.domain.errors import DomainError
from healthcare_erp.domain.geography import Gazetteer, Level, Plan, from_map, from_tables, plan, summary

DOCTYPE = "Administrative Level"
PARENT = "parent_administrative_level"
_TABLES = ("provinces", "communes", "zones", "quartiers")
_COLUMNS = [
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"level_name",
	"level",
	PARENT,
	"old_parent",
	"is_group",
	"path",
	"code",
	"capital",
	"latitude",
	"longitude",
	"lft",
	"rgt",
]


def read_law() -> Gazetteer:
	"""The country of the organic law of 16 March 2023, from the package `tburundigeo`."""
	return from_tables(*(import_module(f"tburundigeo.data.{table}").data for table in _TABLES))


def read_map(path: str | PathLike) -> Gazetteer:
	"""The country of a `burundi-map.json`.

	:raises DomainError: `geography_unreadable` when the file is missing, no JSON, or of another shape.
	"""
	try:
		with open(path, encoding="utf-8-sig") as file:
			return from_map(json.load(file))
	except OSError as error:
		raise DomainError("geography_unreadable", problem=error.strerror) from error
	except ValueError as error:
		raise DomainError("geography_unreadable", problem=f"it is not JSON ({error})") from error


def seed(gazetteer: Gazetteer | None = None) -> dict[str, Any]:
	"""Add the places that the site lacks, and number the whole tree in one pass; the caller commits.

	What exists stays, whoever made it. Running it again adds nothing.

	:param gazetteer: what to load; the law's country when None.
	:return: `levels` {level: {created, existing}}, and `corrected`, `refused`, `doubtful`, `lacking` (lists of dicts).
	:raises DomainError: `tree_broken` when a stored place hangs nowhere.
	"""
	gazetteer = gazetteer or read_law()
	stored = _stored()
	planned = plan(gazetteer, {name: place[PARENT] for name, place in stored.items()})
	if planned.new:
		_insert(planned)
		_renumber(planned, stored)
		frappe.clear_document_cache(DOCTYPE)
	return summary(gazetteer, planned)


def add(level_name: str, parent: str | None, **fields: Any) -> str:
	"""A new place one level below its parent (a province where there is none).

	:param fields: `code`, `capital`, `latitude`, `longitude`.
	:return: its path.
	:raises InvalidAdministrativeLevelError: when nothing lies below the parent, or the name is empty.
	"""
	above = frappe.db.get_value(DOCTYPE, parent, "level") if parent else None
	below = Level(above).below or Level.COLLINE if above else Level.PROVINCE
	place = frappe.new_doc(DOCTYPE, level_name=level_name, level=below.value, **fields)
	place.set(PARENT, parent)
	return place.insert().name


def province_of(levels: list[str]) -> dict[str, str]:
	"""Level -> the province that it lies in (a province lies in itself); unknown levels are left out."""
	if not levels:
		return {}
	level, province = frappe.qb.DocType(DOCTYPE).as_("level"), frappe.qb.DocType(DOCTYPE).as_("province")
	query = (
		frappe.qb.from_(level)
		.join(province)
		.on(
			(province.lft <= level.lft)
			& (province.rgt >= level.rgt)
			& (province.level == Level.PROVINCE.value)
		)
		.where(level.name.isin(list(set(levels))))
		.select(level.name, province.name)
	)
	return dict(query.run())


def descendants(level: str) -> list[str]:
	"""Every level below one, without itself, in the tree's order."""
	below, above = frappe.qb.DocType(DOCTYPE).as_("below"), frappe.qb.DocType(DOCTYPE).as_("above")
	query = (
		frappe.qb.from_(below)
		.join(above)
		.on((below.lft > above.lft) & (below.rgt < above.rgt))
		.where(above.name == level)
		.orderby(below.lft)
		.select(below.name)
	)
	return query.run(pluck=True)


def parts(level: str | None) -> list[dict[str, Any]]:
	"""The levels directly below one (the provinces below None) as nodes of a Desk tree, by name.

	:return: dicts of `value` (path), `title` (name), `level`, `expandable`, `below` (places below it).
	"""
	places = frappe.get_list(
		DOCTYPE,
		filters={PARENT: level or ("is", "not set")},
		fields=["name as value", "level_name as title", "level", "is_group as expandable", "lft", "rgt"],
		order_by="level_name",
		limit=0,
	)
	return [{**place, "below": (place.rgt - place.lft - 1) // 2} for place in places]


def _stored() -> dict[str, Any]:
	"""The site's places by name, locked, so that nobody moves the tree while it is numbered."""
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(table).select(table.name, table[PARENT], table.lft, table.rgt).for_update()
	return {place.name: place for place in query.run(as_dict=True)}


def _insert(planned: Plan) -> None:
	stamp, user = now(), frappe.session.user
	rows = [
		(
			*(row.path, stamp, stamp, user, user),
			*(row.name, row.level.value, row.parent, row.parent, int(row.level is not Level.COLLINE)),
			*(row.path, row.code, row.capital, row.latitude or 0, row.longitude or 0),
			*planned.bounds[row.path],
		)
		for row in planned.new
	]
	frappe.db.bulk_insert(DOCTYPE, _COLUMNS, rows)
	audit.write_created(DOCTYPE, [dict(zip(_COLUMNS, row, strict=True)) for row in rows])


def _renumber(planned: Plan, stored: dict[str, Any]) -> None:
	"""Move the places that were there already to make room for the new ones."""
	moved = {
		name: dict(zip(("lft", "rgt"), planned.bounds[name], strict=True))
		for name, place in stored.items()
		if planned.bounds[name] != (place.lft, place.rgt)
	}
	frappe.db.bulk_update(DOCTYPE, moved, chunk_size=500, update_modified=False)
