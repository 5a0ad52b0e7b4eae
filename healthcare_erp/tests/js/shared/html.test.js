// @vitest-environment jsdom
import { expect, it } from "vitest";
import { escape, pill } from "@desk/shared/html";

it("leaves no markup in a text", () => {
	const element = document.createElement("p");
	const text = `<img src=x onerror="alert(1)"> & 'quoted' \`code\``;
	element.innerHTML = escape(text);
	expect(element.children).toHaveLength(0);
	expect(element.textContent).toBe(text);
	element.innerHTML = `<i title="${escape(text)}"></i>`;
	expect(element.firstChild.title).toBe(text);
});

it.each([
	[null, ""],
	[undefined, ""],
	[0, "0"],
	[false, "false"],
])("writes %s as %j", (value, text) => {
	expect(escape(value)).toBe(text);
});

it("draws a pill whose text and title are text", () => {
	const element = document.createElement("p");
	element.innerHTML = pill("<b>Active</b>", "green", `"why"`);
	expect(element.querySelector("b")).toBeNull();
	expect(element.firstChild.className).toBe("indicator-pill no-indicator-dot green");
	expect(element.firstChild.title).toBe(`"why"`);
});
