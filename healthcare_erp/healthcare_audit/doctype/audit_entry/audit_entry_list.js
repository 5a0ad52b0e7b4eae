frappe.listview_settings["Audit Entry"] = {
	add_fields: ["action"],
	hide_name_column: true,
	get_indicator: ({ action }) => [__(action), "gray", `action,=,${action}`],
	formatters: {
		actor: (value) => frappe.utils.escape_html(value === "System" ? __(value) : value || ""),
	},
};
