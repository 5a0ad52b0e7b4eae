// @vitest-environment jsdom
import { mount } from "@vue/test-utils";
import { expect, it } from "vitest";
import TraceDetails from "@desk/trace/TraceDetails.vue";
import { flow, outside, place } from "./facts";

const shown = (chosen) => mount(TraceDetails, { props: { chosen }, global: { mocks: { __ } } });
const amounts = (panel) =>
	Object.fromEntries(
		panel.findAll("dl > div").map((one) => [one.find("dt").text(), one.find("dd").text()])
	);

it("is hidden until something is pointed out, and again after", async () => {
	const panel = shown(null);
	expect(panel.attributes("hidden")).toBeDefined();
	await panel.setProps({ chosen: { node: place("A") } });
	expect(panel.attributes("hidden")).toBeUndefined();
	await panel.setProps({ chosen: null });
	expect(panel.text()).toBe("");
});

it("tells of a place what it is, what it holds, and where its form is", () => {
	const panel = shown({ node: place("A", { status: "Suspended", commune: "Bugendana" }) });
	expect(panel.find("h4 a").attributes("href")).toBe("/app/pharmacy/A");
	expect(panel.find("p").text()).toContain("Retailer · A · Bugendana · Gitega");
	expect(panel.find(".indicator-pill").classes()).toContain("orange");
	expect(amounts(panel)).toEqual({ In: "100", Out: "40", "On hand": "60" });
});

it("tells nothing of what a hidden place holds", () => {
	const panel = shown({ node: place("A", { visible: false, on_hand: null }) });
	expect(panel.find("h4 a").exists()).toBe(false);
	expect(amounts(panel)).toEqual({ "On hand": "not visible to you" });
});

it("an end of the chain holds nothing", () => {
	expect(amounts(shown({ node: outside("patients", { quantity_in: 25 }) }))).toEqual({
		In: "25",
		Out: "0",
	});
});

it("shows in red what of a flow was not confirmed", () => {
	const edge = {
		...flow("a", "b", { quantity: 100, sent: 100, received: null, unconfirmed: 10 }),
		documents: 1,
	};
	const panel = shown({ edge, from: "A", to: "<b>B</b>" });
	expect(panel.find("h4").text()).toBe("A → <b>B</b>");
	expect(panel.find(".trace-alarm").text()).toBe("Not confirmed10");
	expect(amounts(panel)).toMatchObject({
		Received: "–",
		First: "01.01.2026 08:00",
		Last: "02.01.2026 09:30",
	});
	expect(panel.find(".trace-actions").exists()).toBe(false);
});

it("asks the page to walk, to filter and to close", async () => {
	const node = place("A");
	const panel = shown({ node });
	await panel.find("[data-walk=backward]").trigger("click");
	await panel.find("[data-filter]").trigger("click");
	await panel.find("[data-close]").trigger("click");
	expect(panel.emitted()).toMatchObject({
		walk: [[node, "backward"]],
		filter: [["Pharmacy A"]],
		close: [[]],
	});
});
