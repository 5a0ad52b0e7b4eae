// The words of the trace in the user's language, and numbers and moments as the site writes them.

// The ends of the chain that are no facility.
const OUTSIDE = {
	"outside:origin": () => __("Import"),
	"outside:patients": () => __("Patients"),
	"outside:destroyed": () => __("Destroyed"),
	"outside:corrections": () => __("Corrections"),
	"outside:elsewhere": () => __("Unnamed party"),
};

// Said once in full, so that each value of the trace is found by whoever translates.
const VALUES = {
	Wholesaler: () => __("Wholesaler"),
	Retailer: () => __("Retailer"),
	"Central Store": () => __("Central Store"),
	"National Hospital": () => __("National Hospital"),
	"Provincial Hospital": () => __("Provincial Hospital"),
	"Health Center": () => __("Health Center"),
	Dispensary: () => __("Dispensary"),
	Import: () => __("Import"),
	Transfer: () => __("Transfer"),
	Return: () => __("Return"),
	Sale: () => __("Sale"),
	Adjustment: () => __("Adjustment"),
	"Recall Removal": () => __("Recall Removal"),
	Active: () => __("Active"),
	Blocked: () => __("Blocked"),
	Expired: () => __("Expired"),
	Recalled: () => __("Recalled"),
	Pending: () => __("Pending"),
	Approved: () => __("Approved"),
	Rejected: () => __("Rejected"),
	Suspended: () => __("Suspended"),
	Illegal: () => __("Illegal"),
};

export const STATUS_COLOURS = {
	Active: "green",
	Blocked: "orange",
	Expired: "gray",
	Recalled: "red",
	Approved: "green",
	Pending: "blue",
	Suspended: "orange",
	Rejected: "gray",
	Illegal: "red",
};

export function word(value) {
	if (!value) return "";
	return VALUES[value] ? VALUES[value]() : __(value);
}

export function node_label(node) {
	return OUTSIDE[node.id] ? OUTSIDE[node.id]() : node.label;
}

export function province_label(province) {
	return province || __("No province");
}

// Whether a place lies outside the user's scope: nobody tells what it holds.
export function is_hidden(node) {
	return node?.visible === false;
}

// Whether the user has no scope, and so sees no place at all.
export function sees_nothing({ scope }) {
	return !scope.all && !scope.granted.length;
}

export function not_visible() {
	return __("not visible to you");
}

export function number(value) {
	return format_number(value || 0, null, 0);
}

// A date, or a time without its seconds.
export function moment_text(value) {
	if (!value) return "";
	return `${date_text(value)} ${String(value).slice(11, 16)}`.trim();
}

export function date_text(value) {
	return value ? frappe.datetime.str_to_user(String(value).slice(0, 10)) : "";
}

export function escape(value) {
	return frappe.utils.escape_html(String(value ?? ""));
}

// A link to a document's form; text alone where there is no document, or none that the user may read.
export function form_link(doctype, name, text) {
	if (!doctype || !name || !frappe.model.can_read(doctype)) return escape(text || name || "");
	const address = `/app/${frappe.router.slug(doctype)}/${encodeURIComponent(name)}`;
	return `<a href="${address}">${escape(text || name)}</a>`;
}
