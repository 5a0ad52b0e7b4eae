// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.listview_settings["Pharmacy"] = healthcare_erp.facility_list();
