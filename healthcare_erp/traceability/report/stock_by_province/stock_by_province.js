// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.query_reports["Stock by Province"] = {
	filters: [],
	formatter: (...cell) => healthcare_erp.format_lot_cell(...cell),
};
