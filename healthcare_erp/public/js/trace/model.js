// What is drawn of a trace: parallel edges joined, and small facilities put together by province.
// Plain functions of plain data.

export const NODE_LIMIT = 60;
const KEPT_BY_VOLUME = 30;
const KEPT_UNCONFIRMED = 10;

export const is_group = (id) => id.startsWith("group:");

// One edge per (source, target, kind); `documents` counts what was joined. `unconfirmed` adds what was
// sent and not confirmed, `unsent` what was confirmed and not sent.
export function collapse(edges) {
	const merged = new Map();
	for (const edge of edges) {
		const key = JSON.stringify([edge.source, edge.target, edge.kind]);
		merged.set(key, join(merged.get(key), edge));
	}
	return [...merged.entries()].map(([id, edge]) => ({ ...edge, id }));
}

function join(into, edge) {
	const one = {
		documents: 1,
		...edge,
		unconfirmed: Math.max(edge.unconfirmed || 0, 0),
		unsent: edge.unsent ?? Math.max(-(edge.unconfirmed || 0), 0),
	};
	if (!into) return one;
	for (const key of ["quantity", "movements", "documents", "unconfirmed", "unsent"]) {
		one[key] += into[key];
	}
	for (const key of ["sent", "received"]) one[key] = sum(into[key], one[key]);
	one.first_at = into.first_at < one.first_at ? into.first_at : one.first_at;
	one.last_at = into.last_at > one.last_at ? into.last_at : one.last_at;
	return one;
}

function sum(first, second) {
	return first == null && second == null ? null : (first || 0) + (second || 0);
}

// The picture: `{nodes, edges, grouped}`. More nodes than `limit` are put together by province and kind, save
// those with most units and those with unconfirmed units; a group in `expanded` stays apart.
export function picture(trace, expanded = new Set(), limit = NODE_LIMIT) {
	const edges = collapse(trace.edges);
	const home = homes(trace.nodes, edges, expanded, limit);
	const nodes = new Map();
	for (const node of trace.nodes) {
		nodes.set(
			home.get(node.id),
			merge_node(nodes.get(home.get(node.id)), node, home.get(node.id))
		);
	}
	return {
		nodes: [...nodes.values()],
		edges: regroup(edges, home, nodes),
		grouped: [...nodes.keys()].some(is_group),
	};
}

// Node id -> id of the node that stands for it in the picture.
function homes(nodes, edges, expanded, limit) {
	const home = new Map(nodes.map((node) => [node.id, node.id]));
	if (nodes.length <= limit) return home;
	const kept = kept_apart(nodes, edges);
	const groups = new Map();
	for (const node of nodes.filter((one) => !one.outside && !kept.has(one.id))) {
		const id = group_of(node);
		groups.set(id, [...(groups.get(id) || []), node.id]);
	}
	for (const [id, members] of groups) {
		if (members.length > 1 && !expanded.has(id)) members.forEach((one) => home.set(one, id));
	}
	return home;
}

export function group_of(node) {
	return `group:${node.province || ""}:${node.kind || ""}:${
		node.visible === false ? "hidden" : ""
	}`;
}

function kept_apart(nodes, edges) {
	const doubt = new Map();
	for (const edge of edges) {
		for (const end of [edge.source, edge.target]) {
			doubt.set(end, (doubt.get(end) || 0) + edge.unconfirmed + edge.unsent);
		}
	}
	const volume = (node) => Math.max(node.quantity_in, node.quantity_out);
	const doubted = nodes.filter((node) => doubt.get(node.id) > 0);
	return new Set([
		...largest(nodes, volume, KEPT_BY_VOLUME),
		...largest(doubted, (node) => doubt.get(node.id), KEPT_UNCONFIRMED),
	]);
}

function largest(nodes, measure, count) {
	const sorted = [...nodes].sort((one, other) => measure(other) - measure(one));
	return sorted.slice(0, count).map((node) => node.id);
}

function merge_node(into, node, id) {
	if (id === node.id) return { ...node, members: [] };
	const group = into || {
		id,
		label: "",
		outside: false,
		kind: node.kind,
		province: node.province,
		visible: node.visible,
		quantity_in: 0,
		quantity_out: 0,
		on_hand: 0,
		unconfirmed: 0,
		members: [],
	};
	for (const key of ["quantity_in", "quantity_out", "on_hand"]) group[key] += node[key];
	group.members.push(node);
	return group;
}

// Edges between the picture's nodes; those within one group count on the group.
function regroup(edges, home, nodes) {
	const moved = edges.map((edge) => ({
		...edge,
		source: home.get(edge.source) || edge.source,
		target: home.get(edge.target) || edge.target,
	}));
	for (const edge of moved.filter((one) => one.source === one.target && is_group(one.source))) {
		nodes.get(edge.source).unconfirmed += edge.unconfirmed + edge.unsent;
	}
	return collapse(moved.filter((edge) => edge.source !== edge.target));
}
