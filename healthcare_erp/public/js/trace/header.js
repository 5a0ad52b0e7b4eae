// What the lot is, and where its units are in sum.
import { date_text, escape, form_link, number, STATUS_COLOURS, word } from "./words";

const EXPIRING_SOON_DAYS = 30;
const DISAGREEING = "Transfers Whose Ends Disagree";

export function header_html({ lot, totals }) {
	return `<div class="trace-lot">
			<h3>${form_link(
				"National Medicine",
				lot.national_medicine,
				lot.medicine_title || lot.brand_name
			)}</h3>
			<p class="text-muted">${escape(substance(lot))}</p>
			<dl>${facts(lot)}</dl>
		</div>
		<dl class="trace-totals">${sums(totals, lot)}</dl>`;
}

function substance(lot) {
	return [lot.inn, lot.strength, word(lot.dosage_form), lot.atc_code]
		.filter(Boolean)
		.join(" · ");
}

function facts(lot) {
	return [
		fact(__("Lot"), form_link("National Lot", lot.name, lot.lot_number)),
		fact(__("Status"), pill(lot)),
		fact(__("Expiry"), expiry(lot)),
		fact(__("Registered quantity"), number(lot.quantity_imported)),
		lot.gtin ? fact(__("GTIN"), escape(lot.gtin)) : "",
	].join("");
}

function fact(term, html) {
	return `<div><dt>${escape(term)}</dt><dd>${html}</dd></div>`;
}

function pill(lot) {
	const colour = STATUS_COLOURS[lot.status] || "gray";
	const reason = escape(lot.status_reason || "");
	return `<span class="indicator-pill ${colour}" title="${reason}">${escape(
		word(lot.status)
	)}</span>`;
}

function expiry(lot) {
	const days = frappe.datetime.get_day_diff(lot.expiry_date, frappe.datetime.get_today());
	const near = days <= EXPIRING_SOON_DAYS ? "trace-alarm" : "text-muted";
	const left =
		days < 0 ? __("{0} days ago", [number(-days)]) : __("in {0} days", [number(days)]);
	return `${escape(date_text(lot.expiry_date))} <span class="${near}">(${escape(left)})</span>`;
}

function sums(totals, lot) {
	const rows = [
		["imported", __("Imported")],
		["dispensed", __("Dispensed")],
		["destroyed", __("Destroyed")],
		["on_hand", __("On hand")],
		["unconfirmed", __("Unconfirmed")],
	];
	return rows.map(([key, label]) => total(key, label, totals[key], lot)).join("");
}

function total(key, label, value, lot) {
	const alarm = key === "unconfirmed" && value > 0;
	const hint = alarm
		? __("Sent by one facility and not confirmed by the other: on the way, or diverted.")
		: "";
	const shown = alarm ? disagreeing_link(lot, value) : number(value);
	return `<div data-total="${key}" class="${alarm ? "trace-alarm" : ""}" title="${escape(hint)}">
		<dt>${escape(label)}</dt><dd>${shown}</dd></div>`;
}

// To the report with the lot's doubtful transfers, for those who may read it.
function disagreeing_link(lot, value) {
	if (!frappe.boot.user.all_reports?.[DISAGREEING]) return number(value);
	const report = encodeURIComponent(DISAGREEING);
	const filter = `national_lot=${encodeURIComponent(lot.name)}`;
	return `<a href="/app/query-report/${report}?${filter}">${number(value)}</a>`;
}
