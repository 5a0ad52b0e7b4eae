import { expect, it } from "vitest";
import { status_colour } from "@desk/shared/tables";

it("draws a status in the colour that the server tells", () => {
	expect(status_colour("Active")).toBe("green");
	expect(status_colour("Recalled")).toBe("red");
});

it("draws a status that it has not heard of in gray", () => {
	expect(status_colour("Unheard of")).toBe("gray");
});
