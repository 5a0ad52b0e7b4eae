// How a lot's status and its days to expiry look, in lists, forms and reports.
import { days_between, days_text, effective_status, is_soon } from "../shared/days";
import { pill } from "../shared/html";
import { date_text, number, today } from "../shared/site";
import { status_colour } from "../shared/tables";

export function lot_status(lot) {
	return effective_status(lot, today());
}

export function lot_indicator(lot) {
	const status = lot_status(lot);
	return [__(status), status_colour(status), `status,=,${lot.status}`];
}

/** How far off the expiry date is, before the date: a narrow column cuts off its end. */
export function expiry_cell(date) {
	return date ? `${days_to_expiry(date)} · ${date_text(date)}` : "";
}

/** Days to expiry as HTML, red when they are few and after. */
export function days_to_expiry(date) {
	if (!date) return "";
	const days = days_between(today(), date);
	const look = is_soon(days) ? "text-danger bold" : "text-muted";
	return `<span class="${look}">${days_text(days, number)}</span>`;
}

/** Cells of the reports on lots: status, days to expiry, units. */
export function format_lot_cell(value, row, column, data, default_formatter) {
	if (data && column.fieldname === "status" && value)
		return pill(__(value), status_colour(value));
	if (data && column.fieldname === "days_to_expiry") {
		return `<div class="text-right">${days_to_expiry(data.expiry_date)}</div>`;
	}
	if (column.fieldtype === "Int") {
		return `<div class="text-right">${value || value === 0 ? number(value) : ""}</div>`;
	}
	return default_formatter(value, row, column, data);
}
