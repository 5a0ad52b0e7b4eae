"""The country as a tree: province, commune, zone, colline (organic law n° 1/05 of 16 March 2023)."""

from .gazetteer import Correction, Doubt, Gazetteer, Place, Refusal, clean
from .levels import Level, check_parent, path_of
from .names import normalise
from .nested_set import Plan, Row, number, plan, rows
from .report import lines, summary
from .sources import from_map, from_tables

__all__ = [
	"Correction",
	"Doubt",
	"Gazetteer",
	"Level",
	"Place",
	"Plan",
	"Refusal",
	"Row",
	"check_parent",
	"clean",
	"from_map",
	"from_tables",
	"lines",
	"normalise",
	"number",
	"path_of",
	"plan",
	"rows",
	"summary",
]
