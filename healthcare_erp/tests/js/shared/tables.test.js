import { expect, it } from "vitest";
import { status_colour, tables } from "@desk/shared/tables";

it("gives what the server sends, and its own for the rest", () => {
	const { expiring_soon_days, status_colours } = tables({ expiring_soon_days: 60 });
	expect(expiring_soon_days).toBe(60);
	expect(status_colours).toEqual(tables().status_colours);
});

it("tells what stops trade from what allows it", () => {
	const stopped = ["Blocked", "Recalled", "Expired", "Suspended", "Illegal", "Rejected"];
	expect(stopped.map(status_colour)).not.toContain("green");
	expect(["Active", "Approved", "Authorized"].map(status_colour)).toEqual(
		Array(3).fill("green")
	);
	expect(status_colour("Unheard of")).toBe("gray");
});
