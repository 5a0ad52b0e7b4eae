// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

const LEVEL_COLOURS = { Province: "blue", Commune: "cyan", Zone: "green", Colline: "gray" };

frappe.listview_settings["Administrative Level"] = {
	add_fields: ["level"],
	hide_name_column: true,
	get_indicator(doc) {
		return [__(doc.level), LEVEL_COLOURS[doc.level], `level,=,${doc.level}`];
	},
};
