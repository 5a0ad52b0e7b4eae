// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

const TRANSLATED = ["reference_doctype", "action", "from_status", "to_status"];

frappe.ui.form.on("Audit Entry", {
	refresh(frm) {
		TRANSLATED.forEach((name) => frm.set_df_property(name, "formatter", translated));
		frappe.model.with_doctype(frm.doc.reference_doctype, () => show_changes(frm));
	},
});

function translated(value) {
	return frappe.utils.escape_html(__(value || ""));
}

function show_changes(frm) {
	const [before, after] = [frm.doc.before, frm.doc.after].map((text) =>
		values_of(frm.doc, text)
	);
	const fields = Object.keys({ ...before, ...after });
	const heads = [__("Field"), __("Before"), __("After")].map((head) => `<th>${head}</th>`);
	const rows = fields.map((name) => {
		const field = frappe.meta.get_docfield(frm.doc.reference_doctype, name) || { label: name };
		const label = frappe.utils.escape_html(__(field.label, null, frm.doc.reference_doctype));
		return `<tr><th>${label}</th><td>${shown(before[name], field)}</td><td>${shown(
			after[name],
			field
		)}</td></tr>`;
	});
	frm.get_field("changes").$wrapper.html(
		`<table class="table table-bordered"><thead><tr>${heads.join("")}</tr></thead>
		<tbody>${rows.join("")}</tbody></table>`
	);
}

// A correction of before entries named all fields bears its one value as it stands.
function values_of(entry, text) {
	return entry.field ? { [entry.field]: text } : JSON.parse(text || "{}");
}

function shown(value, field) {
	if (value === null || value === undefined) return "";
	if (Array.isArray(value)) return value.map((row) => shown_row(row, field)).join("<br>");
	if (field.fieldtype === "Select") return translated(value);
	const text = field.fieldtype === "Date" ? frappe.datetime.str_to_user(value) : value;
	return frappe.utils.escape_html(String(text));
}

function shown_row(row, table) {
	const cells = (frappe.get_meta(table.options)?.fields || [])
		.filter((field) => row[field.fieldname] !== undefined)
		.map((field) => `${__(field.label, null, table.options)}: ${row[field.fieldname]}`);
	return frappe.utils.escape_html(cells.join(", "));
}
