import { describe, expect, it } from "vitest";
import { collapse, group_of, is_group, NODE_LIMIT, picture } from "@desk/trace/model";
import { flow, outside, place } from "./facts";

const units = (rows) => rows.reduce((sum, row) => sum + row.quantity, 0);

/** One wholesaler with so many retailers in two provinces. */
function nation(retailers) {
	const wholesaler = place("W", { kind: "Wholesaler", quantity_out: 10 * retailers });
	const shops = Array.from({ length: retailers }, (_one, at) =>
		place(`R${at}`, {
			province: at % 2 ? "Ngozi" : "Gitega",
			quantity_in: 10,
			quantity_out: 0,
		})
	);
	const edges = shops.map((shop) => flow(wholesaler.id, shop.id));
	return { nodes: [outside("origin"), wholesaler, ...shops], edges };
}

describe("collapse", () => {
	it("joins flows of one way and kind, and no others", () => {
		const edges = collapse([
			flow("a", "b", { quantity: 3 }),
			flow("a", "b", { quantity: 4, document: "BL-2" }),
			flow("a", "b", { kind: "Return" }),
			flow("b", "a"),
		]);
		expect(edges).toHaveLength(3);
		expect(edges[0]).toMatchObject({ quantity: 7, documents: 2, movements: 4 });
	});

	it("keeps what was not confirmed apart from what was never sent", () => {
		const [edge] = collapse([
			flow("a", "b", { unconfirmed: 5 }),
			flow("a", "b", { unconfirmed: -3 }),
		]);
		expect(edge).toMatchObject({ unconfirmed: 5, unsent: 3 });
	});

	it("spans from the first moment to the last", () => {
		const [edge] = collapse([
			flow("a", "b", { first_at: "2026-02-01", last_at: "2026-02-02" }),
			flow("a", "b", { first_at: "2026-01-01", last_at: "2026-03-03" }),
		]);
		expect(edge).toMatchObject({ first_at: "2026-01-01", last_at: "2026-03-03" });
	});

	it("does not make a zero of what nobody may see", () => {
		const hidden = flow("a", "b", { received: null });
		expect(collapse([hidden, hidden])[0]).toMatchObject({ sent: 20, received: null });
		expect(collapse([hidden, flow("a", "b")])[0].received).toBe(10);
	});

	it("loses no unit when it is done twice", () => {
		const edges = nation(20).edges;
		expect(units(collapse(collapse(edges)))).toBe(units(edges));
	});
});

describe("picture", () => {
	it("shows each place of a small chain", () => {
		const shown = picture(nation(5));
		expect(shown.nodes).toHaveLength(7);
		expect(shown.grouped).toBe(false);
	});

	it("puts small facilities together by province, and loses no unit", () => {
		const trace = nation(600);
		const shown = picture(trace);
		expect(shown.grouped).toBe(true);
		expect(shown.nodes.length).toBeLessThan(NODE_LIMIT);
		expect(units(shown.edges)).toBe(units(trace.edges));
		const whole = (nodes) => nodes.reduce((sum, node) => sum + node.on_hand, 0);
		expect(whole(shown.nodes)).toBe(whole(trace.nodes));
	});

	it("opens a group that was asked for", () => {
		const trace = nation(600);
		const group = picture(trace).nodes.find((node) => is_group(node.id));
		const opened = picture(trace, new Set([group.id]));
		expect(opened.nodes.map((node) => node.id)).not.toContain(group.id);
		expect(opened.nodes.length).toBe(picture(trace).nodes.length - 1 + group.members.length);
	});

	it("keeps a doubtful place out of its group", () => {
		const trace = nation(600);
		const doubtful = trace.nodes.at(-1);
		trace.edges.at(-1).unconfirmed = 10;
		expect(picture(trace).nodes.map((node) => node.id)).toContain(doubtful.id);
	});

	it("counts doubts inside a group on the group", () => {
		const trace = nation(600);
		const shops = trace.nodes.filter((node) => node.province === "Ngozi");
		const doubts = shops
			.slice(1, 41)
			.map((shop, at) => flow(shops[at].id, shop.id, { unconfirmed: 4 }));
		const shown = picture({ ...trace, edges: [...trace.edges, ...doubts] });
		const group = shown.nodes.find((node) => is_group(node.id) && node.province === "Ngozi");
		const between = shown.edges.reduce((sum, edge) => sum + edge.unconfirmed, 0);
		expect(group.unconfirmed).toBeGreaterThan(0);
		expect(group.unconfirmed + between).toBe(160);
	});

	it("never puts visible and hidden places together", () => {
		expect(group_of(place("A"))).not.toBe(group_of(place("B", { visible: false })));
	});
});
