"""Refusals of requests and documents, whatever they are about."""

from healthcare_erp.domain.errors import Refusal

REFUSALS = (
	Refusal(
		code="missing_field",
		error="InvalidRequestError",
		title="Field Missing",
		sentence="The field {field} is missing.",
	),
	Refusal(
		code="unknown_field",
		error="InvalidRequestError",
		title="Unknown Field",
		sentence="A movement has no field {field} that a caller may set.",
	),
	Refusal(
		code="unknown_property",
		error="InvalidRequestError",
		title="Unknown Field",
		sentence="A document has no field {field} that a caller may set.",
	),
	Refusal(
		code="text_too_long",
		error="InvalidRequestError",
		title="Text Too Long",
		sentence="The field {field} takes at most {limit} characters.",
	),
	Refusal(
		code="argument_type",
		error="InvalidRequestError",
		title="Argument of Another Type",
		sentence="The argument {field} is of another type: docs/api.md says what it takes.",
	),
	Refusal(
		code="nested_too_deep",
		error="InvalidRequestError",
		title="Nested Too Deep",
		sentence="{field} is nested too deeply: at most {limit} lists and objects within each other.",
	),
	Refusal(
		code="unfit_value",
		error="InvalidRequestError",
		title="Value of Another Type",
		sentence="{field} does not take this value: it is of another type, too large, or cannot be stored.",
	),
	Refusal(
		code="invalid_reference",
		error="InvalidRequestError",
		title="Document Unknown",
		sentence="{field} takes the name of a document that exists, or a plain one: letters, digits and - _ "
		"/ . : #.",
	),
	Refusal(
		code="invalid_request",
		error="InvalidRequestError",
		title="Invalid Request",
		sentence="{problem}",
	),
	Refusal(
		code="unreadable_body",
		error="InvalidRequestError",
		title="Request Not Readable",
		sentence="The body of the request is no JSON, or nested too deeply to be read.",
	),
	Refusal(
		code="unreadable_question",
		error="InvalidRequestError",
		title="Request Not Readable",
		sentence="Fields, filters or order of this request cannot be read: give names of fields, and filters "
		"as lists or objects.",
	),
	Refusal(
		code="query_not_plain",
		error="InvalidRequestError",
		title="Invalid Query",
		sentence="A query names fields, and nothing else: {text} is refused.",
	),
	Refusal(
		code="method_by_other_name",
		error="InvalidRequestError",
		title="Method Not Found",
		sentence="Call {method} by this name, and directly.",
	),
	Refusal(
		code="no_calendar",
		error="InvalidRequestError",
		title="No Calendar",
		sentence="{doctype} has no calendar: choose its list or a report.",
		words={"doctype": "DocType"},
	),
	Refusal(
		code="company_missing",
		error="InvalidRequestError",
		title="Company Missing",
		sentence="Set the company in Healthcare ERP Settings first: warehouses and items belong to it.",
	),
	Refusal(
		code="immutable_record",
		error="ImmutableRecordError",
		status=409,
		title="Record Cannot Be Changed",
		sentence="{doctype} {name} is a permanent record: it is never changed or deleted. Record a "
		"correction instead.",
		words={"doctype": "DocType"},
	),
	Refusal(
		code="recorder_renamed",
		error="ImmutableRecordError",
		status=409,
		title="User Cannot Be Renamed",
		sentence="{user} is named by stock movements or the audit trail, which keep this name for good: "
		"disable this user and make a new one.",
	),
	Refusal(
		code="ledger_busy",
		error="LedgerBusyError",
		status=409,
		title="Records Busy",
		sentence="Others are writing to the same records. Nothing was recorded: send the same request again.",
		# also a time-out, for those who know them: ERPNext's reposting begins again where it meets one
		bases=("HealthcareError", "QueryTimeoutError"),
	),
)
