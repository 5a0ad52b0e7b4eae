"""Refusals about places and their tree."""

from healthcare_erp.domain.errors import Refusal

REFUSALS = (
	Refusal(
		code="unknown_level",
		error="InvalidAdministrativeLevelError",
		title="Unknown Level",
		sentence="{level} is no administrative level. Use one of: {allowed}.",
		words={"allowed": "Administrative Level"},
	),
	Refusal(
		code="province_has_no_parent",
		error="InvalidAdministrativeLevelError",
		title="Province Has No Parent",
		sentence="A province is part of nothing: leave its parent empty (it was {parent}).",
	),
	Refusal(
		code="parent_missing",
		error="InvalidAdministrativeLevelError",
		title="Parent Missing",
		sentence="A {level} is part of a {expected}: say of which.",
		words={"level": "Administrative Level", "expected": "Administrative Level"},
	),
	Refusal(
		code="invalid_parent_level",
		error="InvalidAdministrativeLevelError",
		title="Invalid Parent Level",
		sentence="A {level} is part of a {expected}, not of a {parent_level}.",
		words={
			"level": "Administrative Level",
			"parent_level": "Administrative Level",
			"expected": "Administrative Level",
		},
	),
	Refusal(
		code="name_empty",
		error="InvalidAdministrativeLevelError",
		title="Name Missing",
		sentence="A place needs a name with a letter or digit.",
	),
	Refusal(
		code="path_too_long",
		error="InvalidAdministrativeLevelError",
		title="Path Too Long",
		sentence="The path {path} has more than {limit} characters: shorten the name.",
	),
	Refusal(
		code="tree_broken",
		error="InvalidGeographyError",
		title="Tree Is Broken",
		sentence="These places hang nowhere in the tree: {names}. Give them a parent that exists, then load "
		"again.",
	),
	Refusal(
		code="geography_unreadable",
		error="InvalidGeographyError",
		title="Map Not Readable",
		sentence="The map cannot be read: {problem}. Nothing was written.",
	),
)
