"""The trace of a lot: its graph, and the account of its units."""

from .account import totals
from .graph import (
	CORRECTIONS,
	DESTROYED,
	ELSEWHERE,
	ORIGIN,
	OUTSIDE,
	PATIENTS,
	TRANSFERS,
	Edge,
	Flow,
	Graph,
	Node,
	is_outside,
)
from .joining import build, collapse, disagreeing

__all__ = [
	"CORRECTIONS",
	"DESTROYED",
	"ELSEWHERE",
	"ORIGIN",
	"OUTSIDE",
	"PATIENTS",
	"TRANSFERS",
	"Edge",
	"Flow",
	"Graph",
	"Node",
	"build",
	"collapse",
	"disagreeing",
	"is_outside",
	"totals",
]
