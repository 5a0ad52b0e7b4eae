// Every flow with its document: the graph as a table, sorted, filtered and paged in the browser.
import { escape } from "../shared/html";
import { form_link, moment_text, number } from "../shared/site";
import { find_rows, flow_row, sort_rows } from "./flow_rows";
import { not_visible } from "./places";

const PAGE = 50;

const COLUMNS = [
	{ key: "from", label: () => __("From") },
	{ key: "to", label: () => __("To") },
	{ key: "kind_text", label: () => __("Type") },
	{ key: "document", label: () => __("Document") },
	{ key: "quantity", label: () => __("Quantity"), numeric: true },
	{ key: "sent", label: () => __("Sent"), numeric: true },
	{ key: "received", label: () => __("Received"), numeric: true },
	{ key: "unconfirmed", label: () => __("Unconfirmed"), numeric: true },
	{ key: "movements", label: () => __("Movements"), numeric: true },
	{ key: "first_at", label: () => __("First") },
	{ key: "last_at", label: () => __("Last") },
];

export class Flows {
	constructor($parent) {
		this.$section = $(this.frame()).appendTo($parent);
		this.$filter = this.$section.find("input").on(
			"input",
			frappe.utils.debounce(() => this.filter(this.$filter.val()), 150)
		);
		this.$section.on("click", "[data-sort]", (event) =>
			this.sort(event.currentTarget.dataset.sort)
		);
		this.$section.on("click", "[data-step]", (event) =>
			this.turn(event.currentTarget.dataset.step)
		);
		this.$section.on("click", "[data-every]", () => this.filter(""));
	}

	frame() {
		const label = escape(__("Filter by facility, type or document"));
		return `<section class="trace-flows">
			<div class="trace-flows-head"><h4>${escape(__("Flows"))}</h4>
				<input type="search" class="form-control input-sm" placeholder="${label}" aria-label="${label}"></div>
			<p class="trace-only" hidden></p>
			<div class="trace-scroll"><table class="table"><thead></thead><tbody></tbody></table></div>
			<div class="trace-pages"></div>
		</section>`;
	}

	show({ nodes, edges }) {
		const places = new Map(nodes.map((node) => [node.id, node]));
		this.rows = edges.map((edge) => flow_row(edge, places));
		this.order = { key: "first_at", down: false };
		this.$filter.val("");
		this.filter("");
	}

	// Rows whose names, type or document hold every one of the words.
	filter(text) {
		this.$filter.val(text);
		this.found = find_rows(this.rows, text);
		this.page = 0;
		this.say_which("");
		this.arrange();
	}

	// The flows at these places of the trace, which a figure of that name sums up.
	only({ label, flows }) {
		this.$filter.val("");
		this.found = this.rows.filter((row, at) => flows.has(at));
		this.page = 0;
		this.say_which(label);
		this.arrange();
	}

	say_which(label) {
		const every = `<button type="button" class="btn btn-default btn-xs" data-every>${escape(
			__("Show all flows")
		)}</button>`;
		this.$section
			.find(".trace-only")
			.html(label ? `<b>${escape(label)}</b> ${every}` : "")
			.prop("hidden", !label);
	}

	sort(key) {
		this.order = { key, down: this.order.key === key ? !this.order.down : false };
		this.page = 0;
		this.arrange();
	}

	arrange() {
		this.found = sort_rows(this.found, this.order);
		this.draw();
	}

	turn(step) {
		this.page = Math.min(Math.max(this.page + Number(step), 0), this.last_page());
		this.draw();
	}

	last_page() {
		return Math.max(0, Math.ceil(this.found.length / PAGE) - 1);
	}

	draw() {
		const rows = this.found.slice(this.page * PAGE, (this.page + 1) * PAGE);
		this.$section
			.find("thead")
			.html(`<tr>${COLUMNS.map((one) => this.head(one)).join("")}</tr>`);
		this.$section.find("tbody").html(rows.map(row_html).join("") || nothing());
		this.$section.find(".trace-pages").html(this.pages());
	}

	head({ key, label, numeric }) {
		const sorted = this.order.key === key;
		const way = sorted ? (this.order.down ? "descending" : "ascending") : "none";
		const mark = sorted ? (this.order.down ? " ↓" : " ↑") : "";
		return `<th aria-sort="${way}" class="${numeric ? "text-right" : ""}">
			<button type="button" class="btn btn-link btn-xs" data-sort="${key}">${escape(
			label()
		)}${mark}</button></th>`;
	}

	pages() {
		const first = this.found.length ? this.page * PAGE + 1 : 0;
		const last = Math.min((this.page + 1) * PAGE, this.found.length);
		const text = __("{0} to {1} of {2}", [
			number(first),
			number(last),
			number(this.found.length),
		]);
		return `${step_button(-1, __("Previous"), this.page > 0)}<span>${escape(text)}</span>
			${step_button(1, __("Next"), this.page < this.last_page())}`;
	}
}

function step_button(step, label, enabled) {
	return `<button type="button" class="btn btn-default btn-xs" data-step="${step}" ${
		enabled ? "" : "disabled"
	}>
		${escape(label)}</button>`;
}

function row_html(row) {
	const shown = {
		...row,
		first_at: moment_text(row.first_at),
		last_at: moment_text(row.last_at),
	};
	const cells = COLUMNS.map(({ key, numeric }) => {
		if (key === "document")
			return `<td>${form_link(row.document_type, row.document, row.document)}</td>`;
		if (!numeric) return `<td>${escape(shown[key])}</td>`;
		return `<td class="text-right">${amount(row, key)}</td>`;
	});
	return `<tr class="${row.unconfirmed ? "trace-alarm" : ""}">${cells.join("")}</tr>`;
}

function amount(row, key) {
	if (row.hidden[key]) return `<span class="text-muted">${escape(not_visible())}</span>`;
	return row[key] == null ? "–" : number(row[key]);
}

function nothing() {
	return `<tr><td colspan="${COLUMNS.length}" class="text-muted">${escape(
		__("No flow.")
	)}</td></tr>`;
}
