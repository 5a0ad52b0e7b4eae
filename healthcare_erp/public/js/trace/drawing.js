// The drawn graph: boxes in layers, edges as wide as the units that they carried.
import cytoscape from "cytoscape";
import { drawing_style } from "./drawing_style";
import { positions } from "./layout";
import { is_group, picture } from "./model";
import { node_label, number, province_label, word } from "./words";

const WIDEST = 9; // pixels
const MAX_ZOOM = 1.6;

export class Drawing {
	// `on_select({node})`, `on_select({edge})` or `on_select(null)` when something is pointed out.
	constructor(element, on_select) {
		this.element = element;
		this.on_select = on_select;
		this.expanded = new Set();
		this.make_frame();
	}

	make_frame() {
		this.$canvas = $(`<div class="trace-canvas" role="img"></div>`).appendTo(this.element);
		this.$tip = $(`<div class="trace-tip" role="status" hidden></div>`).appendTo(this.element);
		this.$tools = $(`<div class="trace-tools btn-group"></div>`).appendTo(this.element);
		this.add_tool("+", __("Zoom in"), () => this.zoom_by(1.3));
		this.add_tool("−", __("Zoom out"), () => this.zoom_by(1 / 1.3));
		this.add_tool(__("Fit"), __("Show the whole graph"), () => this.fit());
		this.$regroup = this.add_tool(__("Group"), __("Group small facilities again"), () =>
			this.regroup()
		);
		// The wheel scrolls the page; with Ctrl it zooms the graph.
		this.$canvas[0].addEventListener("wheel", keep_page_scrolling, { capture: true });
	}

	add_tool(text, title, action) {
		const $tool = $(`<button type="button" class="btn btn-default btn-sm"></button>`);
		return $tool.text(text).attr({ title, "aria-label": title }).on("click", action).appendTo(this.$tools);
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
			layout: { name: "preset", fit: true, padding: 24 },
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
		const places = positions(this.shown.nodes, this.shown.edges);
		const most = Math.max(1, ...this.shown.edges.map((edge) => edge.quantity));
		return [
			...this.shown.nodes.map((node) => node_element(node, places.get(node.id))),
			...this.shown.edges.map((edge) => edge_element(edge, most)),
		];
	}

	listen() {
		this.graph.on("tap", (event) => event.target === this.graph && this.on_select(null));
		this.graph.on("tap", "node", (event) => this.tap_node(event.target.data("node")));
		this.graph.on("tap", "edge", (event) => this.on_select({ edge: event.target.data("edge") }));
		this.graph.on("mouseover", "node, edge", (event) => this.show_tip(event));
		this.graph.on("mouseout pan zoom", () => this.$tip.prop("hidden", true));
	}

	tap_node(node) {
		if (!is_group(node.id)) return this.on_select({ node });
		this.expanded.add(node.id);
		this.draw();
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
		this.$tip.css({ left, top: Math.max(4, renderedPosition.y + 12) });
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
		this.graph.fit(undefined, 24);
		if (this.graph.zoom() > MAX_ZOOM) this.graph.zoom(MAX_ZOOM);
		this.graph.center();
	}

	// Points a node out, as the lists beside the graph do.
	select(id) {
		this.graph.elements().unselect();
		this.graph.getElementById(id).select();
	}

	// What is drawn, in words: for screen readers, and for whoever counts.
	describe() {
		const { nodes, edges } = this.shown;
		const text = __("Graph of {0} places and {1} flows. The tables below say the same in text.", [
			nodes.length,
			edges.length,
		]);
		this.$canvas.attr({
			"aria-label": text,
			"data-nodes": nodes.length,
			"data-edges": edges.length,
			"data-unconfirmed": edges.filter(is_doubtful).length,
		});
	}

	destroy() {
		if (this.graph) this.graph.destroy();
		this.graph = null;
	}
}

function keep_page_scrolling(event) {
	if (!event.ctrlKey) event.stopPropagation();
}

function is_doubtful(edge) {
	return edge.unconfirmed > 0 || edge.unsent > 0;
}

function node_element(node, position) {
	const classes = [kind_class(node)];
	if (node.outside) classes.push("outside");
	if (node.members.length) classes.push("group");
	if (node.unconfirmed > 0) classes.push("doubtful");
	return { data: { id: node.id, label: box_text(node), node }, position, classes };
}

function kind_class(node) {
	return (node.outside ? node.id : node.kind || "other").toLowerCase().replace(/[^a-z]+/g, "-");
}

function edge_element(edge, most) {
	const width = 1 + (WIDEST - 1) * Math.sqrt(Math.max(edge.quantity, 0) / most);
	const data = { ...pick(edge), width, label: number(edge.quantity), edge };
	const classes = [edge.kind.toLowerCase().replace(/ /g, "-")];
	return { data, classes: is_doubtful(edge) ? [...classes, "doubtful"] : classes };
}

function pick({ id, source, target }) {
	return { id, source, target };
}

function box_label(node) {
	if (!node.members.length) return node_label(node);
	return `${word(node.kind)} × ${number(node.members.length)} · ${province_label(node.province)}`;
}

function box_text(node) {
	if (node.outside) return `${box_label(node)}\n${number(node.quantity_in || node.quantity_out)}`;
	return `${shorten(box_label(node))}\n${__("{0} on hand", [number(node.on_hand)])}`;
}

function shorten(text) {
	return text.length > 27 ? `${text.slice(0, 26)}…` : text;
}

function node_tip(node) {
	const amounts = __("In {0}, out {1}, on hand {2}", [
		number(node.quantity_in),
		number(node.quantity_out),
		number(node.on_hand),
	]);
	if (node.outside) return `${box_label(node)}\n${number(node.quantity_in || node.quantity_out)}`;
	const action = node.members.length ? `\n${__("Click to show each of them.")}` : "";
	return `${box_label(node)}\n${amounts}${action}`;
}

function edge_tip(edge, names) {
	const doubt = edge.unconfirmed ? `\n${__("{0} not confirmed", [number(edge.unconfirmed)])}` : "";
	const way = `${names.get(edge.source)} → ${names.get(edge.target)}`;
	return `${way}\n${word(edge.kind)}: ${number(edge.quantity)}${doubt}`;
}
