// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.query_reports["Stock by Province"] = {
	filters: [],
	onload: () => healthcare_erp.load("national_traceability"),
	formatter: (...cell) => healthcare_erp.national_traceability.format_lot_cell(...cell),
};
