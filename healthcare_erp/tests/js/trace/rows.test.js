import { describe, expect, it } from "vitest";
import { find_rows, flow_row, sort_rows } from "@desk/trace/flow_rows";
import { read_route } from "@desk/trace/route";
import { flow, outside, place } from "./facts";

const shop = place("R");
const hidden = place("H", { visible: false });
const places = new Map([outside("origin"), shop, hidden].map((node) => [node.id, node]));
const rows = [
	flow("outside:origin", shop.id, { kind: "Import", document: null, quantity: 9 }),
	flow(shop.id, hidden.id, { document: "BL-2", quantity: 100, received: null }),
].map((edge) => flow_row(edge, places));
const documents = (found) => found.map((row) => row.document);

it("names the ends, and which figures are hidden", () => {
	expect(rows[0]).toMatchObject({ from: "Import", to: "Pharmacy R", kind_text: "Import" });
	expect(rows[1].hidden).toEqual({ sent: false, received: true });
});

describe("find_rows", () => {
	it.each([
		["", [null, "BL-2"]],
		["bl-2", ["BL-2"]],
		["import PHARMACY", [null]],
		["pharmacy transfer:", []],
		["Pharmacy:H", ["BL-2"]],
	])("finds %j", (text, found) => {
		expect(documents(find_rows(rows, text))).toEqual(found);
	});
});

describe("sort_rows", () => {
	it("sorts numbers as numbers, either way, and leaves the rows as they were", () => {
		const down = sort_rows(rows, { key: "quantity", down: true });
		expect(down.map((row) => row.quantity)).toEqual([100, 9]);
		expect(sort_rows(down, { key: "quantity", down: false })[0].quantity).toBe(9);
		expect(rows[0].quantity).toBe(9);
	});

	it("puts what has no value last", () => {
		expect(documents(sort_rows(rows, { key: "document", down: false }))).toEqual([
			"BL-2",
			null,
		]);
		expect(documents(sort_rows(rows, { key: "document", down: true }))).toEqual([
			null,
			"BL-2",
		]);
	});
});

describe("read_route", () => {
	it.each([
		[[], "", undefined, undefined],
		[["LOT"], "LOT", undefined, undefined],
		[
			["https:", "", "id.gs1.org", "01", "1", "10", "AB"],
			"https://id.gs1.org/01/1/10/AB",
			undefined,
			undefined,
		],
		[["LOT", "forward", "Pharmacy:P1"], "LOT", "forward", "Pharmacy:P1"],
		[["LOT", "forward", "P1"], "LOT/forward/P1", undefined, undefined],
		[["forward", "Pharmacy:P1"], "forward/Pharmacy:P1", undefined, undefined],
	])("reads %j", (parts, code, direction, facility) => {
		expect(read_route(parts)).toEqual({ code, direction, facility });
	});
});
