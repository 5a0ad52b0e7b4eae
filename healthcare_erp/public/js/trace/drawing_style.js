// Colours and shapes of the graph, from the desk's theme (light or dark).
import { kind_colours } from "../shared/tables";
import { BOX } from "./layout";

const OTHER = "--gray-500"; // kinds that have no colour of their own

const DOUBT = "--red-500";

/** A kind or the id of an end of the chain, as a class of the graph. */
export function class_of(kind) {
	return kind.toLowerCase().replace(/[^a-z]+/g, "-");
}

/** The theme's colour of a kind of place. */
export function colour_of(kind) {
	return kind_colours[kind] || OTHER;
}

export function drawing_style(element) {
	const theme = getComputedStyle(element);
	const colour = (name) => theme.getPropertyValue(name).trim() || "#888888";
	return [
		{ selector: "node, edge", style: { "font-family": theme.fontFamily } },
		{ selector: "node", style: node_style(colour) },
		...Object.entries(kind_colours).map(([kind, name]) => ({
			selector: `node.${class_of(kind)}`,
			style: { "border-color": colour(name) },
		})),
		{ selector: "node.outside", style: outside_style(colour) },
		{ selector: "node.group", style: { "border-style": "double", "border-width": 6 } },
		{ selector: "node.hidden-place", style: hidden_style(colour) },
		{ selector: "node.doubtful", style: { "background-color": colour("--red-100") } },
		{ selector: "edge", style: edge_style(colour) },
		{ selector: "edge.return", style: { "line-style": "dotted" } },
		{ selector: "edge.doubtful", style: doubt_style(colour) },
		{ selector: ".faded", style: { opacity: 0.25 } },
		{
			selector: ":selected",
			style: { "overlay-opacity": 0.15, "overlay-color": colour("--blue-500") },
		},
	];
}

function node_style(colour) {
	return {
		shape: "round-rectangle",
		width: BOX.width,
		height: BOX.height,
		label: "data(label)",
		"text-valign": "center",
		"text-wrap": "wrap",
		"text-max-width": BOX.width - 10,
		"font-size": 13,
		"line-height": 1.25,
		"min-zoomed-font-size": 5,
		color: colour("--text-color"),
		"background-color": colour("--fg-color"),
		"border-width": 3,
		"border-color": colour("--gray-500"),
	};
}

function outside_style(colour) {
	return {
		shape: "ellipse",
		"border-style": "dashed",
		"background-color": colour("--subtle-fg"),
	};
}

// A place that the reader may not see: known by name, and no more.
function hidden_style(colour) {
	return {
		"border-style": "dashed",
		"border-color": colour("--gray-500"),
		"background-color": colour("--subtle-fg"),
		color: colour("--text-muted"),
	};
}

function edge_style(colour) {
	return {
		"curve-style": "bezier",
		width: "data(width)",
		"line-color": colour("--gray-400"),
		"target-arrow-color": colour("--gray-500"),
		"target-arrow-shape": "triangle",
		"arrow-scale": 0.9,
		label: "data(label)",
		"font-size": 11,
		"min-zoomed-font-size": 8,
		color: colour("--text-color"),
		"text-background-color": colour("--fg-color"),
		"text-background-opacity": 0.85,
		"text-background-padding": 2,
	};
}

function doubt_style(colour) {
	return {
		"line-style": "dashed",
		"z-index": 1,
		"font-weight": "bold",
		"line-color": colour(DOUBT),
		"target-arrow-color": colour(DOUBT),
		color: colour(DOUBT),
	};
}
