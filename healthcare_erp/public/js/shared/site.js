// Numbers, dates and links as this site writes them: the one place of the shared parts that asks Frappe.
import { escape } from "./html";

export function number(value) {
	return format_number(value || 0, null, 0);
}

export function today() {
	return frappe.datetime.get_today();
}

export function date_text(value) {
	return value ? frappe.datetime.str_to_user(String(value).slice(0, 10)) : "";
}

/** A date, or a time without its seconds. */
export function moment_text(value) {
	if (!value) return "";
	return `${date_text(value)} ${String(value).slice(11, 16)}`.trim();
}

/** The address of a document's form; none where there is no document, or none that the user may read. */
export function form_address(doctype, name) {
	if (!doctype || !name || !frappe.model.can_read(doctype)) return "";
	return `/app/${frappe.router.slug(doctype)}/${encodeURIComponent(name)}`;
}

/** A link to a document's form, or its text alone. */
export function form_link(doctype, name, text) {
	const address = form_address(doctype, name);
	return address ? `<a href="${address}">${escape(text || name)}</a>` : escape(text || name);
}
