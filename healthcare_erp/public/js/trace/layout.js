// Places of nodes in layers from left to right, in the way that goods flow.
import { Graph, layout } from "@dagrejs/dagre";

export const BOX = { width: 172, height: 46 };
const SMALL_GRAPH = 150; // nodes; above it a quicker ranking is good enough

// Node id -> {x, y}. Returns go against the flow and corrections to and fro: they shape no layer.
export function positions(nodes, edges) {
	const graph = new Graph({ multigraph: false });
	graph.setGraph({
		rankdir: "LR",
		nodesep: 14,
		ranksep: 110,
		edgesep: 4,
		ranker: nodes.length > SMALL_GRAPH ? "longest-path" : "network-simplex",
	});
	graph.setDefaultEdgeLabel(() => ({}));
	nodes.forEach((node) => graph.setNode(node.id, { ...BOX }));
	edges.filter((edge) => edge.kind !== "Return").forEach((edge) => graph.setEdge(edge.source, edge.target));
	layout(graph);
	return new Map(nodes.map(({ id }) => [id, place(graph.node(id))]));
}

function place({ x, y }) {
	return { x, y };
}
