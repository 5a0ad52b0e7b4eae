// Questions to the server whose refusals are shown in the page instead of in a dialog.

const API = "/api/method/healthcare_erp.api.traceability.";
const EXPORTS = "/api/method/healthcare_erp.api.trace_export.";

// A refusal: `title` and `message` as the server says them (HTML), `type` the named error.
export class Refusal extends Error {
	constructor({ title, message, type, status }) {
		super(message);
		Object.assign(this, { title, type, status });
	}
}

export function get_trace(question, signal) {
	const method = question.facility || question.as_of ? "get_full_trace" : "trace_batch";
	return get(API + method, question, signal);
}

export function export_address(format, question) {
	return `${EXPORTS}download_${format}?${parameters(question)}`;
}

export function get_lots(filters, limit) {
	return get("/api/resource/National Lot", {
		fields: JSON.stringify(["name", "lot_number", "medicine_title", "status", "expiry_date"]),
		filters: JSON.stringify(filters),
		order_by: "creation desc",
		limit_page_length: limit,
	});
}

async function get(path, values, signal) {
	const response = await fetch(`${path}?${parameters(values)}`, {
		headers: { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token },
		signal,
	}).catch((problem) => {
		if (problem.name === "AbortError") throw problem;
		throw new Refusal({
			title: __("No Connection"),
			message: __("The server does not answer."),
		});
	});
	const body = await response.json().catch(() => ({}));
	if (!response.ok) throw refusal(response.status, body);
	return body.message ?? body.data;
}

function parameters(values) {
	const given = Object.entries(values).filter(([, value]) => value != null && value !== "");
	return new URLSearchParams(given).toString();
}

function refusal(status, body) {
	const [refusal] = JSON.parse(body._server_messages || "[]").map((text) => JSON.parse(text));
	const signed_out = status === 401 || body.session_expired;
	return new Refusal({
		status,
		type: body.exc_type,
		title: refusal?.title || (signed_out ? __("Signed Out") : refusal_title(status)),
		message: refusal?.message || __("Reload the page, or ask an administrator."),
	});
}

function refusal_title(status) {
	return status === 403 ? __("Not Permitted") : __("No Answer");
}
