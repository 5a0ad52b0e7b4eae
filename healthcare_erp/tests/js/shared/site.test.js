import { expect, it } from "vitest";
import { form_address, form_link, moment_text, number } from "@desk/shared/site";
import { word } from "@desk/shared/words";

it.each([
	[null, ""],
	["2026-03-01", "01.03.2026"],
	["2026-03-01 08:15:42.123", "01.03.2026 08:15"],
])("writes the moment %s", (value, text) => {
	expect(moment_text(value)).toBe(text);
});

it("counts nothing as zero", () => {
	expect([null, undefined, 0, 1470318].map(number)).toEqual(["0", "0", "0", "1,470,318"]);
});

it("leads to forms that the user may read, and to no other", () => {
	expect(form_address("National Lot", "A/1")).toBe("/app/national-lot/A%2F1");
	expect(form_address("Secret", "A")).toBe("");
	expect(form_address("National Lot", null)).toBe("");
	expect(form_link("Secret", "A", "<A>")).toBe("&lt;A&gt;");
	expect(form_link(null, null, null)).toBe("");
	expect(form_link("National Lot", "A", "<A>")).toBe(
		'<a href="/app/national-lot/A">&lt;A&gt;</a>'
	);
});

it("says what it has no word for as it is", () => {
	expect([word("Wholesaler"), word("Capsule"), word(null)]).toEqual([
		"Wholesaler",
		"Capsule",
		"",
	]);
});
