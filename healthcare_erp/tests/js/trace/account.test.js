// @vitest-environment jsdom
import { expect, it } from "vitest";
import { account_html, rows_of } from "@desk/trace/account";
import { as_code } from "@desk/trace/search";
import { flow, outside, place } from "./facts";

const SEPARATOR = "\x1d";
const shop = place("R");
const hidden = place("H", { visible: false, on_hand: null });
const trace = {
	nodes: [outside("origin"), outside("patients"), outside("elsewhere"), shop, hidden],
	edges: [
		flow("outside:origin", shop.id, { kind: "Import", quantity: 100 }),
		flow(shop.id, "outside:patients", { kind: "Sale", quantity: 25 }),
		flow(shop.id, hidden.id, { unconfirmed: null }),
		flow(shop.id, "outside:elsewhere", { kind: "Return", quantity: 5 }),
	],
	totals: { imported: 100, dispensed: 25, to_others: 10, returned_abroad: 5, on_hand: 60 },
};

function drawn() {
	const element = document.createElement("div");
	element.innerHTML = account_html(trace);
	return element;
}

it.each([
	["imported", [0]],
	["dispensed", [1]],
	["to_others", [2]],
	["returned_abroad", [3]],
	["under_way", []],
])("%s sums up its flows", (term, flows) => {
	expect([...rows_of(term, trace).flows]).toEqual(flows);
});

it("units on hand lead to the holders", () => {
	expect(rows_of("on_hand", trace)).toEqual({ holders: true });
});

it("terms of zero are left out, save those that one looks for", () => {
	const shown = [...drawn().querySelectorAll("[data-total]")].map((one) => one.dataset.total);
	expect(shown).toContain("destroyed");
	expect(shown).not.toContain("unsent");
});

it("a figure without flows opens nothing", () => {
	expect(drawn().querySelector("[data-term=imported]").textContent).toBe("100");
	expect(drawn().querySelector("[data-term=destroyed]")).toBeNull();
});

it.each([
	["08901234567894 AB12", "(01)08901234567894(10)AB12"],
	["8901234567894, AB12", "(01)08901234567894(10)AB12"],
	["  AB12\t", "AB12"],
	[`0108901234567894${SEPARATOR}10AB12`, `0108901234567894${SEPARATOR}10AB12`],
])("reads %j", (typed, code) => {
	expect(as_code(typed)).toBe(code);
});
