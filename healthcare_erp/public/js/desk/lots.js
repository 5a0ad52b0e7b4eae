// How a lot's status and its days to expiry look, wherever they are shown.
frappe.provide("healthcare_erp");

const STATUS_COLOURS = { Active: "green", Blocked: "orange", Expired: "gray", Recalled: "red" };
const SOON_DAYS = 30;

/** The status that counts today: an Active lot past its expiry date is Expired, daily job or no job. */
healthcare_erp.effective_lot_status = function (lot) {
	const past = healthcare_erp.days_left(lot.expiry_date) < 0;
	return lot.status === "Active" && past ? "Expired" : lot.status;
};

healthcare_erp.lot_status_colour = (status) => STATUS_COLOURS[status] || "gray";

healthcare_erp.lot_status_pill = (status) =>
	`<span class="indicator-pill no-indicator-dot ${healthcare_erp.lot_status_colour(status)}">
		${__(status)}</span>`;

/** Days until a date; negative once it has passed. */
healthcare_erp.days_left = (expiry_date) =>
	frappe.datetime.get_day_diff(expiry_date, frappe.datetime.get_today());

healthcare_erp.days_left_text = function (expiry_date) {
	const days = healthcare_erp.days_left(expiry_date);
	if (days === 0) return __("expires today");
	if (Math.abs(days) === 1) return days > 0 ? __("in 1 day") : __("1 day ago");
	const count = format_number(Math.abs(days), null, 0);
	return days > 0 ? __("in {0} days", [count]) : __("{0} days ago", [count]);
};

/** How far off the expiry date is, before the date: a narrow column cuts off its end. */
healthcare_erp.expiry_cell = (date) =>
	date ? `${healthcare_erp.days_to_expiry(date)} · ${frappe.datetime.str_to_user(date)}` : "";

/** Days to expiry as HTML, red within 30 days and after. */
healthcare_erp.days_to_expiry = function (expiry_date) {
	if (!expiry_date) return "";
	const urgent = healthcare_erp.days_left(expiry_date) <= SOON_DAYS;
	const text = healthcare_erp.days_left_text(expiry_date);
	return `<span class="${urgent ? "text-danger bold" : "text-muted"}">${text}</span>`;
};

/** A whole number of units with its thousands set apart. */
healthcare_erp.units = (value) => (value || value === 0 ? format_number(value, null, 0) : "");

/** Cells of the reports on lots: status, days to expiry, units. */
healthcare_erp.format_lot_cell = function (value, row, column, data, default_formatter) {
	if (data && column.fieldname === "status" && value) {
		return healthcare_erp.lot_status_pill(value);
	}
	if (data && column.fieldname === "days_to_expiry") {
		return `<div class="text-right">${healthcare_erp.days_to_expiry(data.expiry_date)}</div>`;
	}
	if (column.fieldtype === "Int") {
		return `<div class="text-right">${healthcare_erp.units(value)}</div>`;
	}
	return default_formatter(value, row, column, data);
};
