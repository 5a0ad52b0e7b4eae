// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

const LEVEL_ABOVE = { Commune: "Province", Zone: "Commune", Colline: "Zone" };

frappe.ui.form.on("Administrative Level", {
	setup(frm) {
		frm.set_query("parent_administrative_level", () => ({
			filters: { level: LEVEL_ABOVE[frm.doc.level] || "" },
		}));
	},

	refresh(frm) {
		// the path is made of these: they are set once
		const fixed = ["level_name", "level", "parent_administrative_level"];
		fixed.forEach((field) => frm.set_df_property(field, "read_only", frm.is_new() ? 0 : 1));
		frm.set_df_property("is_group", "read_only", 1);
		if (!frm.is_new()) {
			frm.set_intro(frappe.utils.escape_html(frm.doc.path.split("/").join(" › ")));
		}
	},

	level(frm) {
		frm.set_value("parent_administrative_level", null);
	},
});
