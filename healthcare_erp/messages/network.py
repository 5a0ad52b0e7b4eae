"""Refusals about places and facilities."""

ERRORS: dict[str, tuple[str, str, str]] = {
	"unknown_level": (
		"InvalidAdministrativeLevelError",
		"Unknown Level",
		"{level} is no administrative level. Use one of: {allowed}.",
	),
	"province_has_no_parent": (
		"InvalidAdministrativeLevelError",
		"Province Has No Parent",
		"A province is part of nothing: leave its parent empty (it was {parent}).",
	),
	"parent_missing": (
		"InvalidAdministrativeLevelError",
		"Parent Missing",
		"A {level} is part of a {expected}: say of which.",
	),
	"invalid_parent_level": (
		"InvalidAdministrativeLevelError",
		"Invalid Parent Level",
		"A {level} is part of a {expected}, not of a {parent_level}.",
	),
	"name_empty": (
		"InvalidAdministrativeLevelError",
		"Name Missing",
		"A place needs a name with a letter or digit.",
	),
	"path_too_long": (
		"InvalidAdministrativeLevelError",
		"Path Too Long",
		"The path {path} has more than {limit} characters: shorten the name.",
	),
	"tree_broken": (
		"InvalidGeographyError",
		"Tree Is Broken",
		"These places hang nowhere in the tree: {names}. Give them a parent that exists, then load again.",
	),
	"geography_unreadable": (
		"InvalidGeographyError",
		"Map Not Readable",
		"The map cannot be read: {problem}. Nothing was written.",
	),
	"invalid_gln": (
		"InvalidFacilityError",
		"Invalid GLN",
		"{gln} is no GLN: it has 13 digits of which the last checks the others.",
	),
	"invalid_location": (
		"InvalidFacilityError",
		"Invalid Location",
		"Latitude lies between -90 and 90, longitude between -180 and 180.",
	),
	"company_missing": (
		"InvalidRequestError",
		"Company Missing",
		"Set the company in Healthcare ERP Settings first: warehouses and items belong to it.",
	),
}
