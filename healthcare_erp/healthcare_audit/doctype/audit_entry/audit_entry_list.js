frappe.listview_settings["Audit Entry"] = {
	formatters: {
		action: (value) => frappe.utils.escape_html(__(value)),
		to_status: (value) => frappe.utils.escape_html(__(value || "")),
		actor: (value) => frappe.utils.escape_html(value === "System" ? __(value) : value || ""),
	},
};
