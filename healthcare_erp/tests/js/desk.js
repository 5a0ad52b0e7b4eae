// What the Desk gives to every script, as little as the tests need: texts stay English, numbers and dates are written plainly.
export const TODAY = "2026-03-01";

globalThis.__ = (text, values = []) =>
	text.replace(/\{(\d)\}/g, (_whole, at) => String(values[at]));
globalThis.format_number = (value) => value.toLocaleString("en");
globalThis.frappe = {
	boot: {
		healthcare_erp: {
			expiring_soon_days: 30,
			kind_colours: { Wholesaler: "--blue-500", Retailer: "--cyan-500" },
			lot_bulk_actions: [],
			movement_colours: { Import: "blue", Sale: "green" },
			status_colours: {
				Active: "green",
				Recalled: "red",
				Expired: "gray",
				Blocked: "orange",
				Suspended: "orange",
			},
			warehouse_makers: [],
		},
	},
	datetime: {
		get_today: () => TODAY,
		str_to_user: (day) => day.split("-").reverse().join("."),
	},
	model: { can_read: (doctype) => doctype !== "Secret" },
	router: { slug: (doctype) => doctype.toLowerCase().replace(/ /g, "-") },
};
