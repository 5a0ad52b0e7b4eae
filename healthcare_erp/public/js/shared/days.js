// Days to a date, and what they say of a lot. Dates are texts, `2026-03-01`.
import { expiring_soon_days } from "./tables";

const DAY = 24 * 60 * 60 * 1000; // milliseconds

/** Days from one date to another; negative where the other one comes first. */
export function days_between(from, to) {
	return Math.round((Date.parse(day_of(to)) - Date.parse(day_of(from))) / DAY);
}

function day_of(moment) {
	return String(moment).slice(0, 10);
}

export function is_soon(days) {
	return days <= expiring_soon_days;
}

/** The status that counts today: an Active lot past its expiry date is Expired, daily job or no job. */
export function effective_status({ status, expiry_date }, today) {
	return status === "Active" && days_between(today, expiry_date) < 0 ? "Expired" : status;
}

/** So many days in words; `number` writes a number as the site does. */
export function days_text(days, number) {
	if (days === 0) return __("expires today");
	if (Math.abs(days) === 1) return days > 0 ? __("in 1 day") : __("1 day ago");
	const count = number(Math.abs(days));
	return days > 0 ? __("in {0} days", [count]) : __("{0} days ago", [count]);
}
