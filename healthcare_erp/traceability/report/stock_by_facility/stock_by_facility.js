// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.query_reports["Stock by Facility"] = {
	filters: [
		{
			fieldname: "national_medicine",
			label: __("Medicine"),
			fieldtype: "Link",
			options: "National Medicine",
		},
		{
			fieldname: "national_lot",
			label: __("Lot"),
			fieldtype: "Link",
			options: "National Lot",
			get_query: () => {
				const national_medicine =
					frappe.query_report.get_filter_value("national_medicine");
				return { filters: national_medicine ? { national_medicine } : {} };
			},
		},
		{
			fieldname: "lot_status",
			label: __("Lot Status"),
			fieldtype: "MultiSelectList",
			get_data: () =>
				["Active", "Blocked", "Expired", "Recalled"].map((value) => ({
					value,
					description: __(value),
				})),
		},
		{
			fieldname: "province",
			label: __("Province"),
			fieldtype: "Link",
			options: "Administrative Level",
			get_query: () => ({ filters: { level: "Province" } }),
		},
		{
			fieldname: "facility_type",
			label: __("Facility Type"),
			fieldtype: "Select",
			options: [
				{ value: "", label: "" },
				{ value: "Pharmacy", label: __("Pharmacy") },
				{ value: "Public Facility", label: __("Public Facility") },
			],
			on_change: () => frappe.query_report.set_filter_value("facility", ""),
		},
		{
			fieldname: "facility",
			label: __("Facility"),
			fieldtype: "Dynamic Link",
			options: "facility_type",
			get_options: () => frappe.query_report.get_filter_value("facility_type"),
			depends_on: "eval:doc.facility_type",
		},
	],

	onload: () => healthcare_erp.load("national_traceability"),

	formatter(value, row, column, data, default_formatter) {
		const { format_lot_cell } = healthcare_erp.national_traceability;
		const shown = column.fieldname === "kind" ? __(value) : value;
		return format_lot_cell(shown, row, column, data, default_formatter);
	},
};
