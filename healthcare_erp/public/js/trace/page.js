// The Desk page: search box, answer, refusals, and the route /app/trace/<lot>[/<direction>/<node>].
import { nextTick } from "vue";
import { mount } from "../shared/components";
import { escape } from "../shared/html";
import { Drawing } from "./drawing";
import { Flows } from "./flows";
import { header_html } from "./header";
import { Holders } from "./holders";
import { read_route } from "./route";
import { lot_links, SearchBox } from "./search";
import { export_address, get_lots, get_trace } from "./server";
import { rows_of } from "./account";
import { node_label, sees_nothing } from "./places";
import TraceDetails from "./TraceDetails.vue";

const RECENT = 6;

export class TracePage {
	constructor(wrapper) {
		this.$page = $(`<div class="trace-page"></div>`).appendTo(wrapper.page.main);
		this.search = new SearchBox(this.$page, (code) => this.ask(code));
		this.$message = $(`<div class="trace-message" aria-live="assertive"></div>`).appendTo(
			this.$page
		);
		this.make_answer();
		this.$message.on("click", "a[href^='/app/trace/']", () => this.search.focus());
	}

	make_answer() {
		this.$answer = $(`<div class="trace-answer" hidden></div>`).appendTo(this.$page);
		this.$header = $(`<section class="trace-header"></section>`).appendTo(this.$answer);
		this.$header.on("click", "[data-term]", (event) =>
			this.open_rows(event.currentTarget.dataset.term)
		);
		this.make_bar();
		const $stage = $(`<section class="trace-stage"></section>`).appendTo(this.$answer);
		const element = $(`<div class="trace-graph"></div>`).appendTo($stage)[0];
		this.drawing = new Drawing(element, (chosen) => this.select(chosen));
		const panel = $(`<div class="trace-panel"></div>`).appendTo($stage)[0];
		this.details = mount(TraceDetails, panel, {
			chosen: null,
			onWalk: (node, direction) => this.walk(node.id, direction),
			onFilter: (text) => this.filter(text),
			onClose: () => this.close_details(),
		});
		this.holders = new Holders(this.$answer, (id) => this.point_out(id));
		this.flows = new Flows(this.$answer);
	}

	make_bar() {
		this.$bar = $(`<div class="trace-bar-top">
			<label>${escape(__("As of"))} <input type="date" class="form-control input-sm"></label>
			<span class="trace-walk"></span>
			<span class="trace-exports">
				<a class="btn btn-default btn-sm" data-export="csv">CSV</a>
				<a class="btn btn-default btn-sm" data-export="pdf" target="_blank">PDF</a>
			</span></div>`).appendTo(this.$answer);
		this.$as_of = this.$bar.find("input").attr("max", frappe.datetime.get_today());
		this.$as_of.on("change", () => this.load());
	}

	// Called whenever the route leads here.
	show() {
		const asked = read_route(frappe.get_route().slice(1));
		if (this.answers(asked)) return this.search.focus();
		this.asked = asked;
		this.$as_of.val("");
		this.load();
	}

	// A code from the search box: its route, or the same question again.
	ask(code) {
		if (this.asked.code === code && !this.asked.facility) return this.load();
		frappe.set_route("trace", code);
	}

	answers({ code, direction, facility }) {
		const now = this.asked;
		return (
			now && now.code === code && now.direction === direction && now.facility === facility
		);
	}

	question() {
		const { code, direction, facility } = this.asked;
		const day = this.$as_of.val();
		return { lot: code, direction, facility, as_of: day && `${day} 23:59:59` };
	}

	async load() {
		this.search.set(this.asked.code);
		this.running?.abort();
		if (!this.asked.code) return this.show_empty();
		this.running = new AbortController();
		const { signal } = this.running;
		this.say(`<p class="text-muted">${escape(__("Tracing {0} …", [this.asked.code]))}</p>`);
		try {
			const trace = await get_trace(this.question(), signal);
			if (is_here()) this.show_trace(trace);
			else this.asked = null;
		} catch (refusal) {
			if (refusal.name !== "AbortError") this.show_refusal(refusal);
		}
	}

	show_trace(trace) {
		this.trace = trace;
		this.say("");
		this.$answer.prop("hidden", false);
		this.settle_route(trace.lot);
		this.$header.html(header_html(trace));
		this.$answer.toggleClass("trace-sees-nothing", sees_nothing(trace));
		this.show_bar();
		this.details.chosen = null;
		this.drawing.show(trace);
		this.holders.show(trace);
		this.flows.show(trace);
		this.search.set(trace.lot.lot_number);
	}

	// The address names the lot itself, whatever was scanned.
	settle_route(lot) {
		if (this.asked.code === lot.name) return;
		this.asked.code = lot.name;
		frappe.route_flags.replace_route = true;
		frappe.set_route(["trace", lot.name]);
	}

	show_bar() {
		const { code, direction, facility } = this.asked;
		this.$bar.find("[data-export]").each((at, link) => {
			link.href = export_address(link.dataset.export, this.question());
		});
		const start = this.trace.nodes.find((node) => node.id === facility);
		const text =
			direction === "forward"
				? __("Forward from {0}; the sums are of this part.")
				: __("Backward from {0}; the sums are of this part.");
		const whole = `<a href="/app/trace/${encodeURIComponent(code)}">${escape(
			__("Show the whole trace")
		)}</a>`;
		const walked = start && escape(text.replace("{0}", node_label(start)));
		this.$bar.find(".trace-walk").html(start ? `${walked} ${whole}` : "");
	}

	show_refusal(refusal) {
		this.$answer.prop("hidden", true);
		this.say(`<div class="trace-refusal" data-type="${escape(
			refusal.type || ""
		)}" role="alert">
			<h4>${escape(refusal.title)}</h4><p>${
			refusal.message
		}</p><div class="trace-choices"></div></div>`);
		if (refusal.type === "InvalidRequestError") this.show_choices();
	}

	// The lots that bear an ambiguous number.
	async show_choices() {
		const lots = await get_lots([["lot_number", "=", this.asked.code.toUpperCase()]], 20);
		this.$message.find(".trace-choices").html(lot_links(lots));
	}

	async show_empty() {
		this.$answer.prop("hidden", true);
		const what = __("See where a lot has been, from its import to whoever holds it now.");
		const how = __("Scan a pack, or type a lot number such as {0}, a batch, or {1}.", [
			"AB12",
			"(01)08901234567894(10)AB12",
		]);
		this.say(`<div class="trace-empty"><h4>${escape(what)}</h4><p class="text-muted">${escape(
			how
		)}</p>
			<div class="trace-recent"></div></div>`);
		const lots = await get_lots([], RECENT).catch(() => []);
		if (!lots.length) return;
		const title = `<h5>${escape(__("Lots registered last"))}</h5>`;
		this.$message.find(".trace-recent").html(title + lot_links(lots));
	}

	say(html) {
		this.$message.html(html);
	}

	select(chosen) {
		this.details.chosen = chosen?.edge ? { ...chosen, ...this.ends(chosen.edge) } : chosen;
	}

	// Who came from the table of holders is led back to it.
	close_details() {
		this.drawing.select(null);
		this.select(null);
		this.pointed_from?.focus();
	}

	ends({ source, target }) {
		const names = this.drawing.names();
		return { from: names.get(source), to: names.get(target) };
	}

	async point_out(id) {
		this.pointed_from = document.activeElement;
		this.drawing.select(id);
		this.select({ node: this.trace.nodes.find((node) => node.id === id) });
		await nextTick();
		this.$answer.find(".trace-details")[0].scrollIntoView({ block: "nearest" });
	}

	filter(text) {
		this.flows.filter(text);
		this.scroll_to(".trace-flows");
	}

	// The rows that a figure of the header sums up.
	open_rows(term) {
		const rows = rows_of(term, this.trace);
		if (rows.holders) {
			this.holders.open_all();
			return this.scroll_to(".trace-holders");
		}
		this.flows.only(rows);
		this.scroll_to(".trace-flows");
	}

	scroll_to(selector) {
		this.$answer.find(selector)[0].scrollIntoView({ block: "start" });
	}

	walk(node, direction) {
		frappe.set_route("trace", this.asked.code, direction, node);
	}
}

// Whether the reader is still on this page, and has not gone elsewhere while the answer was under way.
function is_here() {
	return frappe.get_route()[0] === "trace";
}
