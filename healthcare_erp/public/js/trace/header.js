// What the lot is, and where its units are in sum.
import { account_html } from "./account";
import { date_text, escape, form_link, number, sees_nothing, STATUS_COLOURS, word } from "./words";

const EXPIRING_SOON_DAYS = 30;

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
	const colour = STATUS_COLOURS[lot.status] || "gray";
	const reason = escape(lot.status_reason || "");
	return `<span class="indicator-pill ${colour}" title="${reason}">${escape(
		word(lot.status)
	)}</span>`;
}

function expiry(lot) {
	const days = healthcare_erp.days_left(lot.expiry_date);
	const near = days <= EXPIRING_SOON_DAYS ? "trace-alarm" : "text-muted";
	const left = healthcare_erp.days_left_text(lot.expiry_date);
	return `${escape(date_text(lot.expiry_date))} <span class="${near}">(${escape(left)})</span>`;
}
