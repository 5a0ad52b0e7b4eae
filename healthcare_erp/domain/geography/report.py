"""What loading the country did, as lines of text for whoever ran it."""

from collections.abc import Iterator
from typing import Any

from .gazetteer import Correction, Doubt, Gazetteer, Refusal
from .levels import LEVELS
from .nested_set import Plan

_CORRECTIONS = {
	"apostrophe": "apostrophe",
	"case": "capitals",
	"characters": "invisible or decomposed characters",
	"slash": "slash in the name",
	"spelling": "known misspelling",
	"whitespace": "stray spaces or punctuation",
}
_REFUSALS = {
	"duplicate_branch": "a copy of {twin}",
	"duplicate_code": "its code is in use by another place",
	"duplicate_sibling": "named twice under one parent; its parts were joined to the first",
	"invalid_coordinates": "its coordinates do not lie on the globe; loaded without them",
	"name_empty": "it has no name",
	"not_a_list": "a list of places was expected",
	"not_a_place": "neither a name nor a place",
	"parent_missing": "its parent is not in the source",
	"path_too_long": "its path is longer than a document's name may be",
	"unknown_list": "a list that no level of the tree has",
	"wrong_level": "a {level} cannot stand directly there",
}


def summary(gazetteer: Gazetteer, planned: Plan) -> dict[str, Any]:
	"""Plain data: `levels` {level: {created, existing}}, and `corrected`, `refused`, `doubtful`, `lacking` as
	lists of {path, level, ...}; all but the last with their `reason`."""
	return {
		"levels": {
			str(level): {"created": planned.created[level], "existing": planned.existing[level]}
			for level in LEVELS
		},
		"corrected": [_corrected(correction) for correction in gazetteer.corrected],
		"refused": [_refused(refusal) for refusal in gazetteer.refused],
		"doubtful": [_doubtful(doubt) for doubt in (*gazetteer.doubtful, *planned.doubtful)],
		"lacking": [
			{"path": lack.path, "level": str(lack.level), "below": lack.below, "lost": _with(lack.below)}
			for lack in planned.lacking
		],
	}


def lines(report: dict[str, Any]) -> Iterator[str]:
	"""A `summary` as text: a line for each level, then one for each name corrected, refused, doubted or lacking."""
	for level, count in report["levels"].items():
		yield f"{level:<8} {count['created']:>6} created {count['existing']:>6} existing"
	for title, entries, line in (
		("corrected", report["corrected"], "{path}  (was {was!r}: {reason})"),
		("refused", report["refused"], "{path}  ({reason}{lost})"),
		("doubtful, loaded as they stand", report["doubtful"], "{path}  ({reason})"),
		("there already and not in this source", report["lacking"], "{path}{lost}"),
	):
		yield f"{len(entries)} {title}"
		yield from (f"  {line.format(**entry)}" for entry in entries)


def _corrected(correction: Correction) -> dict[str, str]:
	return {
		"path": correction.path,
		"level": str(correction.level),
		"was": correction.was,
		"reason": ", ".join(_CORRECTIONS[reason] for reason in correction.reasons),
	}


def _refused(refusal: Refusal) -> dict[str, Any]:
	return {
		"path": refusal.path,
		"level": str(refusal.level or ""),
		"reason": _REFUSALS[refusal.reason].format(twin=refusal.twin, level=refusal.level),
		"below": refusal.below,
		"lost": _with(refusal.below),
	}


def _doubtful(doubt: Doubt) -> dict[str, str | None]:
	reason = f"differs by a letter from {doubt.twin}" if doubt.twin else "no spelling of Kirundi"
	return {"path": doubt.path, "level": str(doubt.level), "reason": reason, "twin": doubt.twin}


def _with(below: int) -> str:
	return f", with {below} below it" if below else ""
