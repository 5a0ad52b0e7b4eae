import { expect, it } from "vitest";
import { expiry_cell, format_lot_cell, lot_indicator } from "@desk/national_traceability/lots";

const plain = (value) => `plain ${value}`;
const cell = (column, value, data) => format_lot_cell(value, {}, column, data, plain);

it("an Active lot past its date looks Expired, and is found by what is stored", () => {
	const lot = { status: "Active", expiry_date: "2026-02-28" };
	expect(lot_indicator(lot)).toEqual(["Expired", "gray", "status,=,Active"]);
	expect(lot_indicator({ ...lot, expiry_date: "2026-03-01" })[0]).toBe("Active");
});

it.each([
	["2026-03-31", "text-danger"],
	["2026-04-01", "text-muted"],
	["2026-02-01", "text-danger"],
])("the days to %s are %s", (date, look) => {
	expect(expiry_cell(date)).toContain(look);
});

it("no date has no cell", () => {
	expect(expiry_cell(null)).toBe("");
});

it("draws a report's cells: status, units, and what Frappe draws", () => {
	expect(cell({ fieldname: "status" }, "Recalled", {})).toContain("red");
	expect(cell({ fieldname: "units", fieldtype: "Int" }, 1470318)).toContain("1,470,318");
	expect(cell({ fieldname: "units", fieldtype: "Int" }, 0)).toContain(">0<");
	expect(cell({ fieldname: "units", fieldtype: "Int" }, null)).toContain("><");
	expect(cell({ fieldname: "title" }, "Amoxicillin", {})).toBe("plain Amoxicillin");
	expect(cell({ fieldname: "status" }, "Total")).toBe("plain Total");
});
