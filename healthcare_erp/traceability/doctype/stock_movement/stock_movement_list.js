// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

const TYPE_COLOURS = {
	Import: "blue",
	"B2B In": "cyan",
	"B2B Out": "purple",
	Sale: "green",
	Return: "yellow",
	Adjustment: "orange",
	"Recall Removal": "red",
	"Internal Transfer": "gray",
};

frappe.listview_settings["Stock Movement"] = {
	add_fields: ["movement_type", "direction", "balance_after", "reported_late"],
	hide_name_column: true,

	get_indicator: (doc) => [
		__(doc.movement_type, null, "Stock Movement") +
			(doc.reported_late ? ` · ${__("Late")}` : ""),
		TYPE_COLOURS[doc.movement_type],
		`movement_type,=,${doc.movement_type}`,
	],

	formatters: {
		quantity: (value, _df, doc) => healthcare_erp.signed_units(value, doc.direction),
		posting_datetime: (value) =>
			value ? frappe.datetime.str_to_user(value).replace(/:\d\d$/, "") : "",
		warehouse: (value) => {
			const shown = frappe.utils.escape_html(value);
			return `<a class="filterable ellipsis" data-filter="warehouse,=,${shown}">${shown}</a>`;
		},
	},

	onload: healthcare_erp.make_list_read_only,
};
