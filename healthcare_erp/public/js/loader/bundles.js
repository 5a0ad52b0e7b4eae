// Bundles are loaded where a form, a list, a report or a page asks for them.
frappe.provide("healthcare_erp");

const loading = {};

/** A promise for what a bundle exports, `healthcare_erp[name]`. It is fetched at the first call. */
healthcare_erp.load = (name) =>
	(loading[name] ??= frappe.require(`${name}.bundle.js`).then(() => healthcare_erp[name]));

/**
 * The settings of a list, of which Frappe waits for none: `first` are those that it reads while it makes the list,
 * `later(exports)` gives those that need the bundle. Should rows be drawn before it is there, they are drawn again.
 */
healthcare_erp.list_settings = function (doctype, bundle, first, later) {
	let more = null;
	const ready = healthcare_erp.load(bundle).then((exports) => {
		more = later(exports);
		Object.assign(first, more, { onload });
	});
	async function onload(listview) {
		const late = !more;
		await ready;
		more.onload?.(listview);
		if (late && listview.data.length) listview.render();
	}
	const get_indicator = () => null; // until then: without one, Frappe leaves out the column of the status
	frappe.listview_settings[doctype] = Object.assign(first, { get_indicator, onload });
};
