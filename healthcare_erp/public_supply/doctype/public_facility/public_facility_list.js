// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

healthcare_erp.list_settings(
	"Public Facility",
	"national_traceability",
	{
		add_fields: ["status"],
		get_coords_method: "healthcare_erp.api.registry.facility_coordinates",
	},
	({ status_indicator, zoom_to_country }) => ({
		get_indicator: status_indicator,
		before_render: zoom_to_country,
	})
);
