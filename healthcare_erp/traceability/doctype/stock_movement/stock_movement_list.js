// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

healthcare_erp.list_settings(
	"Stock Movement",
	"national_traceability",
	{
		add_fields: ["movement_type", "direction", "balance_after", "reported_late"],
		hide_name_column: true,
	},
	({ escape, make_list_read_only, moment_text, movement_indicator, signed_units }) => ({
		get_indicator: movement_indicator,
		formatters: {
			quantity: (value, _df, doc) => signed_units(value, doc.direction),
			posting_datetime: moment_text,
			warehouse: (value) => {
				const shown = escape(value);
				return `<a class="filterable ellipsis" data-filter="warehouse,=,${shown}">${shown}</a>`;
			},
		},
		onload: make_list_read_only,
	})
);
