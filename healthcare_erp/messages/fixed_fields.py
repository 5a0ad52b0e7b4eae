"""Refusals about fixed fields and their corrections."""

ERRORS: dict[str, tuple[str, str, str]] = {
	"fixed_for_good": (
		"FixedFieldError",
		"Fixed Field",
		"{field} of {name} never changes: leave it as it is ({value}), or load the document again.",
	),
	"fixed_until_corrected": (
		"FixedFieldError",
		"Fixed Field",
		"{field} of {name} is fixed ({value}). A National Admin may correct it, with a reason.",
	),
	"fixed_by_tie": (
		"FixedFieldError",
		"Fixed Field",
		"{field} of {name} is fixed ({value}): {name} stands for {owner} of the national registry.",
	),
	"name_fixed_by_tie": (
		"FixedFieldError",
		"Fixed Name",
		"{name} is neither renamed nor merged: it stands for {owner} of the national registry.",
	),
	"correction_not_permitted": (
		"CorrectionNotPermittedError",
		"Not Permitted",
		"A correction needs the role {roles}, for the whole country.",
	),
	"not_correctable": (
		"FixedFieldError",
		"Fixed Field",
		"{field} cannot be corrected. Possible here: {allowed}.",
	),
	"nothing_corrected": (
		"InvalidRequestError",
		"Nothing to Correct",
		"The document has these values already: give at least one field another one.",
	),
	"invalid_value": (
		"InvalidRequestError",
		"Invalid Value",
		"{value} is no value for {field}.",
	),
}
