import { expect, it } from "vitest";
import { status_colour, status_indicator } from "@desk/shared/tables";

it("draws a status in the colour that the server tells", () => {
	expect(status_colour("Active")).toBe("green");
	expect(status_colour("Recalled")).toBe("red");
});

it("draws a status that it has not heard of in gray", () => {
	expect(status_colour("Unheard of")).toBe("gray");
});

it("shows the status of a row in a list, which filters by it", () => {
	expect(status_indicator({ status: "Active" })).toEqual(["Active", "green", "status,=,Active"]);
});
