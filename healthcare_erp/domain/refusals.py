"""Refusals of life cycles, facilities, fixed fields and values."""

from healthcare_erp.domain.errors import Refusal

REFUSALS = (
	Refusal(
		code="invalid_transition",
		error="InvalidTransitionError",
		title="Not Possible From Here",
		sentence="{action} is not possible while the status is {status}. Possible from here: {allowed}.",
		words={"action": "Action", "status": "Status", "allowed": "Action"},
	),
	Refusal(
		code="transition_not_permitted",
		error="TransitionNotPermittedError",
		status=403,
		title="Not Permitted",
		sentence="{action} needs one of these roles: {roles}.",
		words={"action": "Action", "roles": "Role"},
	),
	Refusal(
		code="ambiguous_transition",
		error="InvalidTransitionError",
		title="Several Actions Lead There",
		sentence="From {status} several actions lead to {target}: {allowed}. Choose one of these actions instead of "
		"the status.",
		words={"status": "Status", "target": "Status", "allowed": "Action"},
	),
	Refusal(
		code="approvals_missing",
		error="InvalidTransitionError",
		title="More Approvals Needed",
		sentence="{action} takes the approval of {needed} people: choose the action, the status follows the last of "
		"them.",
		words={"action": "Action"},
	),
	Refusal(
		code="approved_already",
		error="TransitionNotPermittedError",
		status=403,
		title="Approved Already",
		sentence="You have approved {action} already: it takes {needed} different people.",
		words={"action": "Action"},
	),
	Refusal(
		code="reason_required",
		error="ReasonRequiredError",
		title="Reason Required",
		sentence="{action} needs a reason.",
		words={"action": "Action"},
	),
	Refusal(
		code="invalid_gln",
		error="InvalidFacilityError",
		title="Invalid GLN",
		sentence="{gln} is no GLN: it has 13 digits of which the last checks the others.",
	),
	Refusal(
		code="invalid_location",
		error="InvalidFacilityError",
		title="Invalid Location",
		sentence="Latitude lies between -90 and 90, longitude between -180 and 180.",
	),
	Refusal(
		code="party_taken",
		error="PartyTakenError",
		status=409,
		title="Party of Another Facility",
		sentence="{party} stands for {facility} already: each facility has a customer and a supplier of its "
		"own.",
	),
	Refusal(
		code="fixed_for_good",
		error="FixedFieldError",
		status=409,
		title="Fixed Field",
		sentence="{field} of {name} never changes: leave it as it is ({value}), or load the document again.",
	),
	Refusal(
		code="fixed_until_corrected",
		error="FixedFieldError",
		status=409,
		title="Fixed Field",
		sentence="{field} of {name} is fixed ({value}). A National Admin may correct it, with a reason.",
	),
	Refusal(
		code="fixed_by_tie",
		error="FixedFieldError",
		status=409,
		title="Fixed Field",
		sentence="{field} of {name} is fixed ({value}): {name} stands for {owner} of the national registry.",
	),
	Refusal(
		code="name_fixed_by_tie",
		error="FixedFieldError",
		status=409,
		title="Fixed Name",
		sentence="{name} is neither renamed nor merged: it stands for {owner} of the national registry.",
	),
	Refusal(
		code="correction_not_permitted",
		error="CorrectionNotPermittedError",
		status=403,
		title="Not Permitted",
		sentence="A correction needs the role {roles}, for the whole country.",
		words={"roles": "Role"},
	),
	Refusal(
		code="not_correctable",
		error="FixedFieldError",
		status=409,
		title="Fixed Field",
		sentence="{field} cannot be corrected. Possible here: {allowed}.",
	),
	Refusal(
		code="nothing_corrected",
		error="InvalidRequestError",
		title="Nothing to Correct",
		sentence="The document has these values already: give at least one field another one.",
	),
	Refusal(
		code="invalid_value",
		error="InvalidRequestError",
		title="Invalid Value",
		sentence="{value} is no value for {field}.",
	),
	Refusal(
		code="invalid_time",
		error="InvalidRequestError",
		title="Invalid Time",
		sentence="{field} takes a date and time since 1990, YYYY-MM-DD HH:MM:SS in the site's time zone or "
		"with an offset: {value} is none.",
	),
	Refusal(
		code="unsafe_text",
		error="InvalidRequestError",
		title="Text Not Allowed",
		sentence="{field} takes printable characters without markup: docs/api.md names those that are "
		"refused.",
	),
)
