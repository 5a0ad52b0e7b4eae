// Places of nodes in layers, in the way that goods flow.
import { Graph, layout } from "@dagrejs/dagre";

export const BOX = { width: 164, height: 48 };
const GAP = 16; // between boxes of a layer
const NARROW = 1.2; // width by height of the frame
const SMALL_GRAPH = 150; // nodes; above it a quicker ranking is good enough

// How layers follow each other: `along` the flow and `across` it, in pixels per box.
const RIGHTWARD = {
	along: BOX.width + GAP,
	across: BOX.height + GAP,
	layer_gap: 84,
	fewest: 4,
	point: (along, across) => ({ x: along, y: across }),
};
const DOWNWARD = {
	along: BOX.height + GAP,
	across: BOX.width + GAP,
	layer_gap: 56,
	fewest: 2,
	point: (along, across) => ({ x: across, y: along }),
};

// Node id -> {x, y}, for a frame `aspect` times as wide as it is high; downward where it is narrow.
// Dagre orders the layers; a long layer is folded, so that the whole stays legible. Returns go against the
// flow: they shape no layer.
export function positions(nodes, edges, aspect) {
	const graph = new Graph({ multigraph: false });
	const ranker = nodes.length > SMALL_GRAPH ? "longest-path" : "network-simplex";
	graph.setGraph({ rankdir: "LR", ranker });
	graph.setDefaultEdgeLabel(() => ({}));
	nodes.forEach((node) => graph.setNode(node.id, { ...BOX }));
	edges
		.filter((edge) => edge.kind !== "Return")
		.forEach((edge) => graph.setEdge(edge.source, edge.target));
	layout(graph);
	const layers = layers_of(nodes, (id) => graph.node(id));
	const narrow = aspect < NARROW;
	const way = narrow ? DOWNWARD : RIGHTWARD;
	return fold(layers, breadth(layers, way, narrow ? 1 / aspect : aspect), way);
}

// Ids per layer, left to right, each layer top to bottom.
function layers_of(nodes, place) {
	const layers = new Map();
	for (const { id } of nodes) {
		const at = Math.round(place(id).x);
		layers.set(at, [...(layers.get(at) || []), id]);
	}
	const ordered = [...layers.entries()].sort(([one], [other]) => one - other);
	return ordered.map(([, ids]) => ids.sort((one, other) => place(one).y - place(other).y));
}

// The fewest boxes across with which the folded layers fit the frame.
function breadth(layers, way, aspect) {
	const longest = Math.max(way.fewest, ...layers.map((ids) => ids.length));
	for (let across = way.fewest; across < longest; across++) {
		if (length_of(layers, across, way) <= aspect * across * way.across) return across;
	}
	return longest;
}

function length_of(layers, across, way) {
	return layers.reduce((length, ids) => length + layer_length(ids, across, way), 0);
}

function layer_length(ids, across, way) {
	return Math.ceil(ids.length / across) * way.along + way.layer_gap;
}

function fold(layers, across, way) {
	const places = new Map();
	let start = 0;
	for (const ids of layers) {
		const folds = Math.ceil(ids.length / across);
		const height = Math.ceil(ids.length / folds);
		ids.forEach((id, at) => places.set(id, cell(at, height, folds, start, way)));
		start += layer_length(ids, across, way);
	}
	return places;
}

// Filled fold by fold, so that neighbours in dagre's order stay side by side.
function cell(at, height, folds, start, way) {
	const across = Math.floor(at / folds) - (height - 1) / 2;
	return way.point(start + (at % folds) * way.along, across * way.across);
}
