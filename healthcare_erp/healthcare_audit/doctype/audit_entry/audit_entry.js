// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

frappe.ui.form.on("Audit Entry", {
	refresh(frm) {
		frappe.model.with_doctype(frm.doc.reference_doctype, () => show_changes(frm));
	},
});

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
	const text = field.fieldtype === "Select" ? __(value) : String(value);
	return frappe.utils.escape_html(text);
}

function shown_row(row, table) {
	const cells = (frappe.get_meta(table.options)?.fields || [])
		.filter((field) => row[field.fieldname] !== undefined)
		.map((field) => `${__(field.label, null, table.options)}: ${row[field.fieldname]}`);
	return frappe.utils.escape_html(cells.join(", "));
}
