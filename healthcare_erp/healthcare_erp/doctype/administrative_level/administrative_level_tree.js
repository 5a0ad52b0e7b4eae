// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.provide("frappe.treeview_settings");

frappe.treeview_settings["Administrative Level"] = {
	breadcrumb: "Healthcare ERP",
	title: __("Administrative Levels"),
	root_label: "Burundi",
	get_tree_root: false,
	get_tree_nodes: "healthcare_erp.api.geography.get_children",
	add_tree_node: "healthcare_erp.api.geography.add_node",
	ignore_fields: ["level", "parent_administrative_level"],
	fields: [
		{ fieldtype: "Data", fieldname: "level_name", label: __("Name"), reqd: 1 },
		{ fieldtype: "Data", fieldname: "code", label: __("Code") },
	],
	get_label: function (node) {
		if (node.is_root) {
			return __("Burundi");
		}
		const { title, level, below } = node.data;
		const places =
			below === 1 ? __("1 place") : __("{0} places", [format_number(below, null, 0)]);
		const name = frappe.utils.escape_html(title);
		return `${name} <span class="text-muted">${__(level)}${
			below ? " · " + places : ""
		}</span>`;
	},
	onload: function (treeview) {
		treeview.make_tree();
	},
};
