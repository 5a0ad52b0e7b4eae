"""Refusals of licences and what they cost."""

from healthcare_erp.domain.errors import Refusal

REFUSALS = (
	Refusal(
		code="duplicate_fee_rate",
		error="DuplicateFeeRateError",
		status=409,
		title="Fee Rate Exists",
		sentence="The licence fee of {kind} for {year} is there already: {rate}.",
		words={"kind": "Licence Fee Rate"},
	),
	Refusal(
		code="kind_of_another_type",
		error="InvalidFeeRateError",
		title="Kind of Another Type",
		sentence="{kind} is no kind of {facility_type}. Choose one of these: {allowed}.",
		words={"kind": "Licence Fee Rate", "facility_type": "DocType", "allowed": "Licence Fee Rate"},
	),
	Refusal(
		code="invalid_fee_year",
		error="InvalidFeeRateError",
		title="Invalid Year",
		sentence="{year} is no fiscal year: write its four digits.",
	),
	Refusal(
		code="fee_not_positive",
		error="InvalidFeeRateError",
		title="Fee Not Positive",
		sentence="A fee of {amount} is none: write an amount above zero.",
	),
)
