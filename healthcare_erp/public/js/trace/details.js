// The panel about the node or the flow that was pointed out.
import { escape } from "../shared/html";
import { form_link, moment_text, number } from "../shared/site";
import { status_colour } from "../shared/tables";
import { word } from "../shared/words";
import { is_hidden, node_label, not_visible } from "./places";

export class Details {
	// `actions`: `{walk(node, direction), filter(text), close()}`.
	constructor($parent, actions) {
		this.$panel = $(
			`<aside class="trace-details" aria-live="polite" hidden></aside>`
		).appendTo($parent);
		this.$panel.on("click", "[data-walk]", (event) =>
			actions.walk(this.node, event.currentTarget.dataset.walk)
		);
		this.$panel.on("click", "[data-filter]", (event) =>
			actions.filter(event.currentTarget.dataset.filter)
		);
		this.$panel.on("click", "[data-close]", () => this.hide());
	}

	hide() {
		this.$panel.prop("hidden", true);
	}

	show_node(node) {
		this.node = node;
		this.fill(`<h4>${place_link(node)}</h4>
			<p class="text-muted">${escape(
				[word(node.kind), node.facility, node.commune, node.province]
					.filter(Boolean)
					.join(" · ")
			)} ${status(node)}</p>
			<dl>${amounts(node)}</dl>
			<div class="trace-actions">
				${action("walk", "forward", __("Trace forward from here"))}
				${action("walk", "backward", __("Trace backward from here"))}
				${action("filter", node_label(node), __("Show its flows"))}
			</div>`);
	}

	show_edge(edge, names) {
		const [from, to] = [names.get(edge.source), names.get(edge.target)];
		this.fill(`<h4>${escape(from)} → ${escape(to)}</h4>
			<p class="text-muted">${escape(word(edge.kind))}</p>
			<dl>${edge_amounts(edge)}</dl>`);
	}

	fill(html) {
		const close = `<button type="button" class="close" data-close aria-label="${escape(
			__("Close")
		)}">×</button>`;
		this.$panel.html(close + html).prop("hidden", false);
	}
}

// (The form of a place that one may not see does not open.)
function place_link(node) {
	if (is_hidden(node)) return escape(node_label(node));
	return form_link(node.facility_type, node.facility, node_label(node));
}

function status(node) {
	if (!node.status) return "";
	const colour = status_colour(node.status);
	return `<span class="indicator-pill ${colour}">${escape(word(node.status))}</span>`;
}

function amounts(node) {
	if (is_hidden(node)) return terms([[__("On hand"), not_visible()]]);
	const rows = [
		[__("In", null, "Stock Movement"), number(node.quantity_in)],
		[__("Out", null, "Stock Movement"), number(node.quantity_out)],
	];
	if (!node.outside) rows.push([__("On hand"), number(node.on_hand)]);
	return terms(rows);
}

function edge_amounts(edge) {
	const said = (value) => (value == null ? "–" : number(value));
	const rows = [
		[__("Quantity"), number(edge.quantity)],
		[__("Sent"), said(edge.sent)],
		[__("Received"), said(edge.received)],
	];
	if (edge.unconfirmed) rows.push([__("Not confirmed"), number(edge.unconfirmed), true]);
	if (edge.unsent) rows.push([__("Received, but not sent"), number(edge.unsent), true]);
	rows.push(
		[__("Movements"), number(edge.movements)],
		[__("Documents"), number(edge.documents)]
	);
	rows.push([__("First"), moment_text(edge.first_at)], [__("Last"), moment_text(edge.last_at)]);
	return terms(rows);
}

function terms(rows) {
	return rows
		.map(
			([term, value, alarm]) =>
				`<div class="${alarm ? "trace-alarm" : ""}"><dt>${escape(term)}</dt><dd>${escape(
					value
				)}</dd></div>`
		)
		.join("");
}

function action(name, value, text) {
	return `<button type="button" class="btn btn-default btn-sm" data-${name}="${escape(
		value
	)}">${escape(text)}</button>`;
}
