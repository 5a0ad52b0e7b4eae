import { beforeEach, expect, it, vi } from "vitest";

const INDICATOR = () => ["Active", "green"];
let added = [];

beforeEach(async () => {
	vi.resetModules();
	globalThis.healthcare_erp = {};
	Object.assign(frappe, { listview_settings: {}, provide: () => {} });
	frappe.assets = { bundled_asset: (file) => `/assets/${file}` };
	frappe.msgprint = vi.fn();
	added = [];
	globalThis.document = {
		createElement: (tag) => ({ tag }),
		head: { append: (element) => added.push(element) },
	};
	await import("@desk/loader/bundles");
});

/** The bundle's script has run. */
async function loaded() {
	healthcare_erp.desk = { INDICATOR };
	added.at(-1).onload();
	await healthcare_erp.load("desk");
}

function settings(onload) {
	const later = (exports) => ({ get_indicator: exports.INDICATOR, onload });
	healthcare_erp.list_settings("Lot", "desk", { add_fields: ["status"] }, later);
	return frappe.listview_settings.Lot;
}

it("fetches a bundle once, and gives what it exports", async () => {
	const both = Promise.all([healthcare_erp.load("desk"), healthcare_erp.load("desk")]);
	await loaded();
	expect(await both).toEqual([{ INDICATOR }, { INDICATOR }]);
	expect(added.map(({ src }) => src)).toEqual(["/assets/desk.bundle.js"]);
});

it("says that a bundle did not come, and fetches it again when it is asked for again", async () => {
	const failed = healthcare_erp.load("desk");
	added[0].onerror();
	await expect(failed).rejects.toThrow("/assets/desk.bundle.js");
	expect(frappe.msgprint.mock.calls[0][0].message).toContain("could not be loaded");
	const again = healthcare_erp.load("desk");
	await loaded();
	expect(await again).toEqual({ INDICATOR });
	expect(added).toHaveLength(2);
});

it("loads the styles of a page's bundle", async () => {
	const done = healthcare_erp.load_style("trace");
	expect(added[0]).toMatchObject({ rel: "stylesheet", href: "/assets/trace.bundle.css" });
	added[0].onload();
	await done;
});

it("a list has at once what Frappe reads while it makes it", () => {
	const made = settings();
	expect(made.add_fields).toEqual(["status"]);
	expect(made.get_indicator({})).toBeNull();
});

it("a list that is made after the bundle came is drawn once", async () => {
	const [onload, render] = [vi.fn(), vi.fn()];
	const made = settings(onload);
	await loaded();
	const listview = { data: [{}], render };
	await made.onload(listview);
	expect(made.get_indicator).toBe(INDICATOR);
	expect(onload).toHaveBeenCalledWith(listview);
	expect(render).not.toHaveBeenCalled();
});

it("rows that were drawn before the bundle came are drawn again", async () => {
	const render = vi.fn();
	const made = settings();
	const done = made.onload({ data: [{}], render });
	expect(render).not.toHaveBeenCalled();
	await loaded();
	await done;
	expect(render).toHaveBeenCalledTimes(1);
});

it("a list without rows is not drawn again", async () => {
	const render = vi.fn();
	const done = settings().onload({ data: [], render });
	await loaded();
	await done;
	expect(render).not.toHaveBeenCalled();
});
