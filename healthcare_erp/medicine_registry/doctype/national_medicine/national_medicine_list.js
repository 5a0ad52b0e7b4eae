// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.listview_settings["National Medicine"] = {
	add_fields: ["status", "atc_code"],
	hide_name_column: true,

	get_indicator: (doc) => [
		__(doc.status),
		doc.status === "Authorized" ? "green" : "red",
		`status,=,${doc.status}`,
	],

	formatters: {
		atc_code(value) {
			if (value) return frappe.utils.escape_html(value);
			const pill = "indicator-pill no-indicator-dot orange";
			return `<span class="${pill}">${__("to classify")}</span>`;
		},
	},

	onload(listview) {
		listview.page.add_inner_button(__("To Classify"), () =>
			listview.filter_area.add([["National Medicine", "atc_code", "is", "not set"]])
		);
	},
};
