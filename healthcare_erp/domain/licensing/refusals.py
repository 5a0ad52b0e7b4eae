"""Refusals of what a facility's licence does not permit."""

from healthcare_erp.domain.errors import Refusal

REFUSALS = (
	Refusal(
		code="facility_not_licensed",
		error="FacilityNotLicensedError",
		status=409,
		title="Facility Without a Licence in Force",
		sentence="{facility} is {status}: it records no {movement_type} in this direction. Returns, recall removals, "
		"outward adjustments and internal transfers go on.",
		words={"status": "Status", "movement_type": "Stock Movement"},
	),
	Refusal(
		code="kind_does_not_import",
		error="FacilityNotLicensedError",
		status=409,
		title="Import Not Licensed",
		sentence="{facility} is a {kind}: only wholesalers and central stores import medicines.",
		words={"kind": "Licence Fee Rate"},
	),
)
