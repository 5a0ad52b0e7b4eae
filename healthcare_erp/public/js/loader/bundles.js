// Bundles are loaded where a form, a list, a report or a page asks for them.
frappe.provide("healthcare_erp");

const loading = {};

/** A promise for what a bundle exports, `healthcare_erp[name]`. It is fetched at the first call. */
healthcare_erp.load = (name) => (loading[name] ??= fetch_bundle(name));

async function fetch_bundle(name) {
	try {
		await add("script", { src: address(`${name}.bundle.js`) });
		return healthcare_erp[name];
	} catch (problem) {
		delete loading[name]; // the next page that uses it asks again
		say_missing();
		throw problem;
	}
}

/** The styles of a page's bundle. */
healthcare_erp.load_style = (name) =>
	add("link", { rel: "stylesheet", href: address(`${name}.bundle.css`) });

function address(file) {
	return frappe.assets.bundled_asset(file);
}

// Not by frappe.require: where a file does not come, that says nothing and leaves the Desk frozen.
function add(tag, values) {
	return new Promise((resolve, reject) => {
		const onerror = () => reject(new Error(values.src || values.href));
		const element = Object.assign(document.createElement(tag), values);
		document.head.append(Object.assign(element, { onload: resolve, onerror }));
	});
}

// The connection was lost, or a tab stayed open while the application was updated.
function say_missing() {
	frappe.msgprint({
		title: __("Page Not Complete"),
		message: __(
			"A part of this page could not be loaded. Check your connection and reload it."
		),
		indicator: "red",
		clear: true,
		primary_action: { label: "Reload", action: () => window.location.reload() },
	});
}

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
