// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

healthcare_erp.list_settings(
	"National Medicine",
	"national_traceability",
	{ add_fields: ["status", "atc_code"], hide_name_column: true },
	({ escape, pill, status_indicator }) => ({
		get_indicator: status_indicator,
		formatters: {
			atc_code: (value) => (value ? escape(value) : pill(__("to classify"), "orange")),
		},
		onload(listview) {
			listview.page.add_inner_button(__("To Classify"), () =>
				listview.filter_area.add([["National Medicine", "atc_code", "is", "not set"]])
			);
		},
	})
);
