// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.query_reports["Movements by Day"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -29),
		},
		{
			fieldname: "to_date",
			label: __("To Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
		{
			fieldname: "by",
			label: __("By"),
			fieldtype: "Select",
			options: [
				{ value: "movement_type", label: __("Movement Type") },
				{ value: "direction", label: __("Direction") },
			],
			default: "movement_type",
		},
	],
	onload: () => healthcare_erp.load("national_traceability"),
	formatter: (...cell) => healthcare_erp.national_traceability.format_lot_cell(...cell),
};
