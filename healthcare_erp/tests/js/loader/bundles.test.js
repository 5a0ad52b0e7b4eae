import { beforeEach, expect, it, vi } from "vitest";

const INDICATOR = () => ["Active", "green"];
let arrive = null;

beforeEach(async () => {
	vi.resetModules();
	globalThis.healthcare_erp = {};
	Object.assign(frappe, { listview_settings: {}, provide: () => {} });
	frappe.require = vi.fn(() => new Promise((resolve) => (arrive = resolve)));
	await import("@desk/loader/bundles");
});

/** The bundle's script has run. */
async function loaded() {
	healthcare_erp.desk = { INDICATOR };
	arrive();
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
	expect(frappe.require.mock.calls).toEqual([["desk.bundle.js"]]);
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
