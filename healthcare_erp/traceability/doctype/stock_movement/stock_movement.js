// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

const INTERNAL = "Internal Transfer"; // two movements at once: not on this form
const BOTH_WAYS = ["Return", "Adjustment"];
const BETWEEN_FACILITIES = ["B2B In", "B2B Out", "Return"];
const GIVEN_BY_LEDGER = ["position_section", "national_medicine", "reported_late"];

frappe.ui.form.on("Stock Movement", {
	before_load: () => healthcare_erp.load("national_traceability"),

	setup(frm) {
		frm.set_query("facility", () => ({ filters: { status: "Approved" } }));
		frm.set_query("counterparty", () => ({ filters: { status: "Approved" } }));
		frm.set_query("warehouse", () => ({
			filters: {
				healthcare_facility_type: frm.doc.facility_type || "",
				healthcare_facility: frm.doc.facility || "",
			},
		}));
		frm.set_query("reference_doctype", () => ({ filters: { istable: 0, issingle: 0 } }));
	},

	refresh(frm) {
		// Frappe looks for a translation only after it has added the time zone to the text.
		const moment = __("When it happened; empty: now");
		frm.set_df_property("posting_datetime", "description", moment);
		frm.toggle_display(GIVEN_BY_LEDGER, !frm.is_new());
		if (frm.is_new()) {
			allow_entry(frm);
			offer_types(frm);
			frm.toggle_display("late_reason", frappe.user.has_role("National Admin"));
			frm.toggle_display("warehouse", frappe.model.can_select("Warehouse"));
			frm.set_intro(
				__("A recorded movement is permanent: a mistake is undone by a reversal.")
			);
			frm.trigger("movement_type");
		} else {
			show_recorded(frm);
		}
	},

	movement_type(frm) {
		const { movement_type } = frm.doc;
		frm.toggle_display("direction", BOTH_WAYS.includes(movement_type));
		frm.toggle_reqd("direction", BOTH_WAYS.includes(movement_type));
		frm.toggle_display(
			["counterparty_type", "counterparty"],
			BETWEEN_FACILITIES.includes(movement_type)
		);
		if (!BOTH_WAYS.includes(movement_type)) frm.set_value("direction", "");
	},

	facility_type: (frm) => frm.set_value("facility", ""),
	facility: (frm) => frm.set_value("warehouse", ""),
	counterparty_type: (frm) => frm.set_value("counterparty", ""),
});

// Nobody may write to a recorded row, but some may create one: Frappe's form would show them a new one read-only.
function allow_entry(frm) {
	if (!frm.perm[0].create || frm.perm[0].write) return;
	frm.perm = frm.perm.map((level) => ({ ...level, write: 1 }));
	frm.refresh_fields();
	frm.enable_save();
}

function offer_types(frm) {
	const { options } = frappe.meta.get_docfield("Stock Movement", "movement_type");
	const offered = options.split("\n").filter((type) => type !== INTERNAL);
	frm.set_df_property("movement_type", "options", offered);
}

function show_recorded(frm) {
	const { number, signed_units } = healthcare_erp.national_traceability;
	frm.disable_form();
	const units = signed_units(frm.doc.quantity, frm.doc.direction);
	const balance = number(frm.doc.balance_after);
	frm.set_intro(); // takes the sentence of the form before away
	frm.set_intro(
		`${__(frm.doc.movement_type, null, "Stock Movement")}: ${units} · ${__(
			"Balance After"
		)}: <b>${balance}</b>`
	);
	if (frm.doc.reported_late) {
		frm.page.set_indicator(__("Reported Late"), "orange");
	}
	frm.add_custom_button(__("Lot"), () =>
		frappe.set_route("Form", "National Lot", frm.doc.national_lot)
	);
	frm.add_custom_button(__("Trace"), () => frappe.set_route("trace", frm.doc.national_lot));
}
