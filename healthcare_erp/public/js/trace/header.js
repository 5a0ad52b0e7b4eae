// What the lot is, and where its units are in sum.
import { days_between, days_text, is_soon } from "../shared/days";
import { escape } from "../shared/html";
import { date_text, form_link, number, today } from "../shared/site";
import { status_colour } from "../shared/tables";
import { word } from "../shared/words";
import { account_html } from "./account";
import { sees_nothing } from "./places";

export function header_html(trace) {
	const { lot, scope } = trace;
	const account = sees_nothing(trace) ? "" : account_html(trace);
	return `${part_html(scope)}<div class="trace-lot">
			<h3>${form_link(
				"National Medicine",
				lot.national_medicine,
				lot.medicine_title || lot.brand_name
			)}</h3>
			<p class="text-muted">${escape(substance(lot))}</p>
			<dl>${facts(lot)}</dl>
		</div>
		${account}`;
}

// Which part of the lot's places is shown, or how to come to see any.
function part_html({ text }) {
	return text ? `<p class="trace-part" role="note">${escape(text)}</p>` : "";
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
	const colour = status_colour(lot.status);
	const reason = escape(lot.status_reason || "");
	return `<span class="indicator-pill ${colour}" title="${reason}">${escape(
		word(lot.status)
	)}</span>`;
}

function expiry(lot) {
	const days = days_between(today(), lot.expiry_date);
	const near = is_soon(days) ? "trace-alarm" : "text-muted";
	const left = days_text(days, number);
	return `${escape(date_text(lot.expiry_date))} <span class="${near}">(${escape(left)})</span>`;
}
