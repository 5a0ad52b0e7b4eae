import { describe, expect, it } from "vitest";
import { days_between, days_text, effective_status, is_soon } from "@desk/shared/days";

const number = (value) => `#${value}`;

describe("days_between", () => {
	it.each([
		["2026-03-01", "2026-03-01", 0],
		["2026-03-01", "2026-03-02", 1],
		["2026-03-01", "2026-02-28", -1],
		["2024-02-28", "2024-03-01", 2],
		["2026-03-01 23:59:59", "2026-03-02 00:00:01", 1],
		["2026-03-28", "2026-03-30", 2], // clocks go forward in between
	])("from %s to %s are %i", (from, to, days) => {
		expect(days_between(from, to)).toBe(days);
	});
});

describe("days_text", () => {
	it.each([
		[0, "expires today"],
		[1, "in 1 day"],
		[-1, "1 day ago"],
		[30, "in #30 days"],
		[-400, "#400 days ago"],
	])("says of %i", (days, text) => {
		expect(days_text(days, number)).toBe(text);
	});
});

describe("effective_status", () => {
	const lot = { status: "Active", expiry_date: "2026-03-01" };

	it("is Active on the last day, and Expired from the next one on", () => {
		expect(effective_status(lot, "2026-03-01")).toBe("Active");
		expect(effective_status(lot, "2026-03-02")).toBe("Expired");
	});

	it("leaves a recalled lot recalled", () => {
		expect(effective_status({ ...lot, status: "Recalled" }, "2027-01-01")).toBe("Recalled");
	});
});

it("is soon within thirty days, and after", () => {
	expect([31, 30, 0, -5].map(is_soon)).toEqual([false, true, true, true]);
});
