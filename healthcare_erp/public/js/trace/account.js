// The account of the units: where they came from, where they went or are. Each figure opens the flows behind it.
import { escape } from "../shared/html";
import { number } from "../shared/site";
import { is_hidden } from "./places";

const IMPORT = "outside:origin";
const PATIENTS = "outside:patients";
const DESTROYED = "outside:destroyed";
const CORRECTIONS = "outside:corrections";
const UNNAMED = "outside:elsewhere";

// Each term: its label, the flows that it sums up, whether it is a doubt, and whether it is shown when it is zero.
const SOURCES = {
	imported: { label: () => __("Imported"), of: (flow) => flow.source === IMPORT, always: true },
	corrections_in: {
		label: () => __("Corrections in"),
		of: (flow) => flow.source === CORRECTIONS,
	},
	from_others: {
		label: () => __("From other places"),
		of: (flow) => flow.from_hidden || (flow.half_seen && flow.source === UNNAMED),
	},
	unsent: {
		label: () => __("Received, never sent"),
		of: (flow) => flow.unconfirmed < 0,
		hint: () =>
			__(
				"Recorded as received, and by nobody as sent: where these units came from is unknown."
			),
		alarm: true,
	},
	overdrawn: {
		label: () => __("Given out before it came in"),
		of: (flow) => flow.overdrawn,
		hint: () => __("By the times that were written, more went out than had come in."),
		alarm: true,
	},
};
const USES = {
	dispensed: {
		label: () => __("Dispensed"),
		of: (flow) => flow.target === PATIENTS || flow.source === PATIENTS,
		always: true,
	},
	destroyed: {
		label: () => __("Destroyed"),
		of: (flow) => flow.target === DESTROYED,
		always: true,
	},
	corrections_out: {
		label: () => __("Corrections out"),
		of: (flow) => flow.target === CORRECTIONS,
	},
	returned_abroad: {
		label: () => __("Returned abroad"),
		of: (flow) => flow.target === UNNAMED && flow.kind === "Return",
	},
	to_others: {
		label: () => __("To other places"),
		of: (flow) => flow.to_hidden || (flow.half_seen && flow.target === UNNAMED),
	},
	under_way: {
		label: () => __("On the way"),
		of: (flow) => flow.target === UNNAMED && flow.kind === "Transfer",
	},
	unconfirmed: {
		label: () => __("Unconfirmed"),
		of: (flow) => flow.unconfirmed > 0,
		hint: () =>
			__("Sent by one facility and not confirmed by the other: on the way, or diverted."),
		alarm: true,
		always: true,
	},
	on_hand: { label: () => __("On hand"), always: true },
};

export function account_html(trace) {
	const flows = seen_flows(trace);
	return `<div class="trace-account">${side_html(SOURCES, trace.totals, flows)}
		<span class="trace-equals" aria-hidden="true">=</span>
		${side_html(USES, trace.totals, flows)}</div>`;
}

// What a figure sums up: `{label, flows}`, or `{holders: true}` for the units on hand.
export function rows_of(key, trace) {
	if (key === "on_hand") return { holders: true };
	const { label, of } = { ...SOURCES, ...USES }[key];
	const flows = seen_flows(trace).filter(of);
	return { label: label(), flows: new Set(flows.map((flow) => flow.at)) };
}

function side_html(terms, totals, flows) {
	const shown = Object.entries(terms).filter(([key, term]) => term.always || totals[key]);
	const figures = shown.map(([key, term]) => figure(key, term, totals[key], flows));
	return `<dl class="trace-totals">${figures.join("")}</dl>`;
}

function figure(key, { label, of, alarm, hint }, units, flows) {
	const red = alarm && units ? "trace-alarm" : "";
	const opens = units && (!of || flows.some(of));
	const value = opens
		? `<button type="button" class="btn btn-link" data-term="${key}">${number(units)}</button>`
		: number(units);
	return `<div data-total="${key}" class="${red}" title="${escape(hint ? hint() : "")}">
		<dt>${escape(label())}</dt><dd>${value}</dd></div>`;
}

// The flows with what the terms ask about them; `at` is the flow's place in the trace.
function seen_flows({ nodes, edges }) {
	const by_id = new Map(nodes.map((node) => [node.id, node]));
	return edges.map((edge, at) => {
		const ends = [by_id.get(edge.source), by_id.get(edge.target)];
		return {
			...edge,
			at,
			from_hidden: is_hidden(ends[0]),
			to_hidden: is_hidden(ends[1]),
			half_seen: edge.unconfirmed === null,
			overdrawn: ends.some((node) => node.on_hand < 0),
		};
	});
}
