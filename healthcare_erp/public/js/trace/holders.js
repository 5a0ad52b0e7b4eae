// Who holds the lot now, by province; a province opens to its facilities.
import { escape } from "../shared/html";
import { number } from "../shared/site";
import { word } from "../shared/words";
import { province_label } from "./places";

const FIRST_ROWS = 50;

export class Holders {
	constructor($parent, on_select) {
		this.$section = $(`<section class="trace-holders"></section>`).appendTo($parent);
		this.$section.on("click", "[data-province]", (event) => this.toggle(event.currentTarget));
		this.$section.on("click", "[data-all]", (event) => this.show_all(event.currentTarget));
		this.$section.on("click", "[data-node]", (event) =>
			on_select(event.currentTarget.dataset.node)
		);
	}

	show({ holders, as_of, scope }) {
		this.holders = holders;
		const title = `<h4>${escape(
			as_of ? __("Who held it then") : __("Who holds it now")
		)}</h4>`;
		const answer = holders.length ? this.table() : nobody(scope);
		this.$section.html(title + answer + hidden_places(scope));
	}

	table() {
		const total = this.holders.reduce((units, group) => units + group.quantity, 0);
		const rows = this.holders.map((group, at) => province_row(group, at, total));
		return `<div class="trace-scroll"><table class="table">
			<thead><tr><th>${escape(__("Province"))}</th><th class="text-right">${escape(__("On hand"))}</th>
				<th class="trace-bar-column"></th><th>${escape(__("Facilities"))}</th></tr></thead>
			<tbody>${rows.join("")}</tbody></table></div>`;
	}

	// All provinces with their facilities.
	open_all() {
		this.$section.find("[data-province][aria-expanded=false]").trigger("click");
	}

	toggle(button) {
		const at = Number(button.dataset.province);
		const open = button.getAttribute("aria-expanded") === "true";
		button.setAttribute("aria-expanded", String(!open));
		this.$section.find(`[data-of="${at}"]`).remove();
		if (!open) $(button).closest("tr").after(facility_rows(this.holders[at], at, FIRST_ROWS));
	}

	show_all(button) {
		const at = Number(button.dataset.all);
		const $province = this.$section.find(`[data-province="${at}"]`).closest("tr");
		this.$section.find(`[data-of="${at}"]`).remove();
		$province.after(facility_rows(this.holders[at], at, Infinity));
	}
}

function nobody(scope) {
	const text = scope.all
		? __("Nobody has units of this lot on hand.")
		: __("None of the places that you see has units of this lot on hand.");
	return `<p class="text-muted">${escape(text)}</p>`;
}

// What the table leaves out, so that it does not pass for the whole.
function hidden_places({ all, places, visible_places }) {
	if (all || places === visible_places) return "";
	const text = __("{0} other places of this lot are not visible to you.", [
		number(places - visible_places),
	]);
	return `<p class="text-muted">${escape(text)}</p>`;
}

function province_row(group, at, total) {
	const share = total ? Math.round((100 * group.quantity) / total) : 0;
	return `<tr class="trace-province">
		<td><button type="button" class="btn btn-link btn-sm" data-province="${at}" aria-expanded="false">
			${escape(province_label(group.province))}</button></td>
		<td class="text-right">${number(group.quantity)}</td>
		<td class="trace-bar-column"><div class="trace-bar"><i style="width: ${share}%"></i></div> ${share} %</td>
		<td>${number(group.facilities.length)}</td>
	</tr>`;
}

function facility_rows(group, at, limit) {
	const rows = group.facilities.slice(0, limit).map((facility) => facility_row(facility, at));
	if (group.facilities.length > limit) rows.push(more_row(group, at));
	return rows.join("");
}

function facility_row(facility, at) {
	return `<tr data-of="${at}">
		<td class="trace-inner"><button type="button" class="btn btn-link btn-sm" data-node="${escape(
			facility.id
		)}">
			${escape(facility.label)}</button></td>
		<td class="text-right">${number(facility.on_hand)}</td><td></td>
		<td class="text-muted">${escape(word(facility.kind))}</td>
	</tr>`;
}

function more_row(group, at) {
	const text = __("Show all {0}", [number(group.facilities.length)]);
	return `<tr data-of="${at}"><td colspan="4" class="trace-inner">
		<button type="button" class="btn btn-default btn-xs" data-all="${at}">${escape(
		text
	)}</button></td></tr>`;
}
