// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.ui.form.on("Public Facility", { refresh: healthcare_erp.draw_facility });
