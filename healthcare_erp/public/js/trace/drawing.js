// The drawn graph: boxes in layers, edges as wide as the units that they carried.
import cytoscape from "cytoscape";
import { escape } from "../shared/html";
import { number } from "../shared/site";
import { word } from "../shared/words";
import { class_of, colour_of, drawing_style } from "./drawing_style";
import { positions } from "./layout";
import { is_group, picture } from "./model";
import { is_hidden, node_label, not_visible, province_label } from "./places";

const WIDEST = 9; // pixels
const MAX_ZOOM = 1.6; // of a whole graph; by hand it goes twice as far
const MARGIN = 20; // pixels

export class Drawing {
	// `on_select({node})`, `on_select({edge})` or `on_select(null)` when something is pointed out.
	constructor(element, on_select) {
		this.element = element;
		this.on_select = on_select;
		this.expanded = new Set();
		this.make_frame();
	}

	make_frame() {
		const $strip = $(`<div class="trace-strip"></div>`).appendTo(this.element);
		this.$legend = $(`<div class="trace-legend"></div>`).appendTo($strip);
		this.$tools = $(`<div class="trace-tools btn-group"></div>`).appendTo($strip);
		this.$canvas = $(`<div class="trace-canvas" role="img"></div>`).appendTo(this.element);
		this.$tip = $(`<div class="trace-tip" role="status" hidden></div>`).appendTo(this.element);
		this.add_tool("+", __("Zoom in"), () => this.zoom_by(1.3));
		this.add_tool("−", __("Zoom out"), () => this.zoom_by(1 / 1.3));
		this.add_tool(__("Fit"), __("Show the whole graph"), () => this.fit());
		this.$regroup = this.add_tool(__("Group"), __("Group small facilities again"), () =>
			this.regroup()
		);
		// The wheel scrolls the page; with Ctrl it zooms the graph.
		this.$canvas[0].addEventListener("wheel", keep_page_scrolling, { capture: true });
		new ResizeObserver(() => this.follow_size()).observe(this.$canvas[0]);
	}

	add_tool(text, title, action) {
		const $tool = $(`<button type="button" class="btn btn-default btn-sm"></button>`);
		return $tool
			.text(text)
			.attr({ title, "aria-label": title })
			.on("click", action)
			.appendTo(this.$tools);
	}

	// Draws a trace as the server gives it.
	show(trace) {
		this.trace = trace;
		this.expanded.clear();
		this.draw();
	}

	draw() {
		this.shown = picture(this.trace, this.expanded);
		this.$regroup.toggle(this.expanded.size > 0);
		this.destroy();
		this.graph = cytoscape({
			container: this.$canvas[0],
			elements: this.elements(),
			layout: { name: "preset" },
			style: drawing_style(this.$canvas[0]),
			minZoom: 0.02,
			maxZoom: MAX_ZOOM * 2,
			boxSelectionEnabled: false,
			autoungrabify: true,
		});
		this.listen();
		this.fit();
		this.describe();
	}

	elements() {
		const { clientWidth, clientHeight } = this.$canvas[0];
		const aspect = clientWidth / Math.max(clientHeight, 1) || 1;
		const places = positions(this.shown.nodes, this.shown.edges, aspect);
		const most = Math.max(1, ...this.shown.edges.map((edge) => edge.quantity));
		return [
			...this.shown.nodes.map((node) => node_element(node, places.get(node.id))),
			...this.shown.edges.map((edge) => edge_element(edge, most)),
		];
	}

	listen() {
		this.graph.on("tap", (event) => event.target === this.graph && this.point_at(null));
		this.graph.on("tap", "node", (event) => this.tap_node(event.target.data("node")));
		this.graph.on("tap", "edge", (event) =>
			this.point_at({ edge: event.target.data("edge") })
		);
		this.graph.on("mouseover", "node, edge", (event) => this.show_tip(event));
		this.graph.on("mouseout pan zoom", () => this.$tip.prop("hidden", true));
	}

	tap_node(node) {
		if (!is_group(node.id)) return this.point_at({ node });
		this.expanded.add(node.id);
		this.draw();
	}

	point_at(chosen) {
		this.select(chosen?.node?.id);
		this.on_select(chosen);
	}

	regroup() {
		this.expanded.clear();
		this.draw();
	}

	show_tip({ target, renderedPosition }) {
		const { node, edge } = target.data();
		this.$tip.text(node ? node_tip(node) : edge_tip(edge, this.names())).prop("hidden", false);
		const room = this.element.clientWidth - this.$tip.outerWidth() - 8;
		const left = Math.max(4, Math.min(renderedPosition.x + 12, room));
		this.$tip.css({ left, top: this.$canvas[0].offsetTop + renderedPosition.y + 12 });
	}

	names() {
		return new Map(this.shown.nodes.map((node) => [node.id, box_label(node)]));
	}

	zoom_by(factor) {
		const { width, height } = this.$canvas[0].getBoundingClientRect();
		const level = this.graph.zoom() * factor;
		this.graph.zoom({ level, renderedPosition: { x: width / 2, y: height / 2 } });
	}

	fit() {
		this.graph.resize();
		this.graph.fit(undefined, MARGIN);
		if (this.graph.zoom() > MAX_ZOOM) this.graph.zoom(MAX_ZOOM);
		this.graph.center();
		this.fitted = this.graph.zoom();
	}

	// A frame of another size shows the whole again, unless somebody has zoomed.
	follow_size() {
		if (!this.graph) return;
		if (this.graph.zoom() === this.fitted) this.fit();
		else this.graph.resize();
	}

	// Lets a node and its neighbours stand out; all of them again without an id.
	select(id) {
		const elements = this.graph.elements();
		elements.unselect().removeClass("faded");
		const node = id ? this.graph.getElementById(id) : this.graph.collection();
		if (node.empty()) return;
		elements.difference(node.closedNeighborhood()).addClass("faded");
		node.select();
	}

	// What is drawn, in words: for screen readers, and for whoever counts.
	describe() {
		const { nodes, edges } = this.shown;
		this.$legend.html(legend_html(nodes, edges));
		const text = __(
			"Graph of {0} places and {1} flows. The tables below say the same in text.",
			[nodes.length, edges.length]
		);
		this.$canvas.attr({
			"aria-label": text,
			"data-nodes": nodes.length,
			"data-edges": edges.length,
			"data-unconfirmed": edges.filter(is_doubtful).length,
			"data-empty": empty_text(this.trace.scope),
		});
	}

	destroy() {
		if (this.graph) this.graph.destroy();
		this.graph = null;
	}
}

function empty_text(scope) {
	if (scope.all) return __("No movement of this lot was recorded up to this day.");
	return __("None of the places that you see recorded a movement of this lot up to this day.");
}

function keep_page_scrolling(event) {
	if (!event.ctrlKey) event.stopPropagation();
}

function is_doubtful(edge) {
	return edge.unconfirmed > 0 || edge.unsent > 0;
}

function node_element(node, position) {
	const classes = [class_of(node.outside ? node.id : node.kind || "other")];
	if (node.outside) classes.push("outside");
	if (node.members.length) classes.push("group");
	if (is_hidden(node)) classes.push("hidden-place");
	if (node.unconfirmed > 0) classes.push("doubtful");
	return { data: { id: node.id, label: box_text(node), node }, position, classes };
}

function edge_element(edge, most) {
	const width = 1 + (WIDEST - 1) * Math.sqrt(Math.max(edge.quantity, 0) / most);
	const data = { ...pick(edge), width, label: edge_label(edge), edge };
	const classes = [class_of(edge.kind)];
	return { data, classes: is_doubtful(edge) ? [...classes, "doubtful"] : classes };
}

// Units; where some are not confirmed, what was confirmed of how many.
function edge_label({ quantity, unconfirmed }) {
	const sent = number(quantity);
	return unconfirmed ? `${number(quantity - unconfirmed)} / ${sent}` : sent;
}

function legend_html(nodes, edges) {
	const kinds = new Set(nodes.filter((node) => node.kind).map((node) => node.kind));
	const items = [...kinds].map(
		(kind) =>
			`<span><i style="border-color: var(${colour_of(kind)})"></i>${escape(
				word(kind)
			)}</span>`
	);
	if (edges.some(is_doubtful)) {
		items.push(`<span class="trace-alarm"><b></b>${escape(__("Not confirmed"))}</span>`);
	}
	return items.join("");
}

function pick({ id, source, target }) {
	return { id, source, target };
}

function box_label(node) {
	if (!node.members.length) return node_label(node);
	const count = `${number(node.members.length)} × ${word(node.kind) || __("Places")}`;
	return `${province_label(node.province)} · ${count}`;
}

function box_text(node) {
	if (node.outside) return `${box_label(node)}\n${passed_text(node)}`;
	const held = is_hidden(node) ? not_visible() : __("{0} on hand", [number(node.on_hand)]);
	return `${shorten(box_label(node))}\n${held}`;
}

function shorten(text) {
	return text.length > 22 ? `${text.slice(0, 21)}…` : text;
}

function node_tip(node) {
	if (node.outside) return `${box_label(node)}\n${passed_text(node)}`;
	const action = node.members.length ? `\n${__("Click to show each of them.")}` : "";
	return `${box_label(node)}\n${amounts_text(node)}${action}`;
}

// What went to an end of the chain, came from it, or both.
function passed_text({ quantity_in, quantity_out }) {
	if (quantity_in && quantity_out)
		return __("In {0}, out {1}", [number(quantity_in), number(quantity_out)]);
	return number(quantity_in || quantity_out);
}

function amounts_text(node) {
	if (is_hidden(node)) return not_visible();
	return __("In {0}, out {1}, on hand {2}", [
		number(node.quantity_in),
		number(node.quantity_out),
		number(node.on_hand),
	]);
}

function edge_tip(edge, names) {
	const doubt = edge.unconfirmed
		? `\n${__("{0} not confirmed", [number(edge.unconfirmed)])}`
		: "";
	const way = `${names.get(edge.source)} → ${names.get(edge.target)}`;
	return `${way}\n${word(edge.kind)}: ${number(edge.quantity)}${doubt}`;
}
