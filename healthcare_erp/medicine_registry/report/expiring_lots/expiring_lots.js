// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.query_reports["Expiring Lots"] = {
	filters: [
		{
			fieldname: "within_days",
			label: __("Within Days"),
			fieldtype: "Int",
			default: 90,
		},
		{
			fieldname: "province",
			label: __("Province"),
			fieldtype: "Link",
			options: "Administrative Level",
			get_query: () => ({ filters: { level: "Province" } }),
		},
		{
			fieldname: "national_medicine",
			label: __("Medicine"),
			fieldtype: "Link",
			options: "National Medicine",
		},
		{
			fieldname: "with_expired",
			label: __("With Expired Lots"),
			fieldtype: "Check",
		},
		{
			fieldname: "with_empty",
			label: __("With Lots Nobody Holds"),
			fieldtype: "Check",
		},
	],

	onload: () => healthcare_erp.load("national_traceability"),
	formatter: (...cell) => healthcare_erp.national_traceability.format_lot_cell(...cell),
};
