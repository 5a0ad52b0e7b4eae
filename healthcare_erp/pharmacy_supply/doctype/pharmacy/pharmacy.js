// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.ui.form.on("Pharmacy", {
	before_load: () => healthcare_erp.load("national_traceability"),
	refresh: (frm) => healthcare_erp.national_traceability.draw_facility(frm),
});
