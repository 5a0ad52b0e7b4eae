// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.ui.form.on("National Medicine", {
	before_load: () => healthcare_erp.load("national_traceability"),

	refresh(frm) {
		const may_price = frm.is_new() || frappe.user.has_role("National Admin");
		frm.set_df_property("authorised_price", "read_only", may_price ? 0 : 1);
		frm.toggle_display(["stock_tab", "prices"], !frm.is_new());
		if (frm.is_new()) return;
		draw_indicator(frm);
		draw_buttons(frm);
		healthcare_erp.national_traceability.draw_regulated(frm);
	},
});

function draw_indicator(frm) {
	const { status_indicator } = healthcare_erp.national_traceability;
	frm.page.set_indicator(...status_indicator(frm.doc).slice(0, 2));
	if (!frm.doc.atc_code) {
		frm.dashboard.set_headline_alert(
			__("This medicine has no ATC code yet: it is on the list To Classify."),
			"orange"
		);
	}
}

function draw_buttons(frm) {
	const { name } = frm.doc;
	if (frm.doc.status === "Authorized" && frappe.model.can_create("National Lot")) {
		frm.add_custom_button(__("New Lot"), () =>
			frappe.new_doc("National Lot", { national_medicine: name })
		);
	}
	if (frappe.model.can_read("Stock Movement")) {
		frm.add_custom_button(__("Stock"), () =>
			frappe.set_route("query-report", "Stock by Facility", { national_medicine: name })
		);
	}
}
