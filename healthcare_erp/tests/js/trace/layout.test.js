import { describe, expect, it } from "vitest";
import { BOX, positions } from "@desk/trace/layout";
import { flow, place } from "./facts";

const WIDE = 2;
const TALL = 0.6;

function star(leaves) {
	const nodes = [place("W"), ...Array.from({ length: leaves }, (_one, at) => place(`R${at}`))];
	return { nodes, edges: nodes.slice(1).map((node) => flow(nodes[0].id, node.id)) };
}

function overlapping(places) {
	const all = [...places.values()];
	return all.some((one, at) =>
		all
			.slice(at + 1)
			.some(
				(other) =>
					Math.abs(one.x - other.x) < BOX.width && Math.abs(one.y - other.y) < BOX.height
			)
	);
}

describe.each([
	["wide", WIDE],
	["tall", TALL],
])("in a %s frame", (_name, aspect) => {
	it.each([1, 7, 60, 300])("%i receivers get places of their own", (leaves) => {
		const { nodes, edges } = star(leaves);
		const places = positions(nodes, edges, aspect);
		expect([...places.keys()].sort()).toEqual(nodes.map((node) => node.id).sort());
		expect(overlapping(places)).toBe(false);
	});
});

it("goods flow rightward in a wide frame and downward in a narrow one", () => {
	const { nodes, edges } = star(1);
	const [from, to] = nodes.map((node) => node.id);
	const wide = positions(nodes, edges, WIDE);
	expect(wide.get(to).x).toBeGreaterThan(wide.get(from).x);
	const tall = positions(nodes, edges, TALL);
	expect(tall.get(to).y).toBeGreaterThan(tall.get(from).y);
});

it("a return shapes no layer: receivers stay side by side", () => {
	const { nodes, edges } = star(2);
	const [, one, other] = nodes.map((node) => node.id);
	const places = positions(nodes, [...edges, flow(one, other, { kind: "Return" })], WIDE);
	expect(places.get(one).x).toBe(places.get(other).x);
});

it("nothing has no places", () => {
	expect(positions([], [], WIDE).size).toBe(0);
});
