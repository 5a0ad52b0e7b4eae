// Colours, thresholds and roles of the Desk: what the server sends (`frappe.boot.healthcare_erp`), else what stands here.

const HERE = {
	status_colours: {
		Active: "green",
		Approved: "green",
		Authorized: "green",
		Pending: "blue",
		Blocked: "orange",
		Suspended: "orange",
		Recalled: "red",
		Illegal: "red",
		Expired: "gray",
		Rejected: "gray",
	},
	movement_colours: {
		Import: "blue",
		"B2B In": "cyan",
		"B2B Out": "purple",
		Sale: "green",
		Return: "yellow",
		Adjustment: "orange",
		"Recall Removal": "red",
		"Internal Transfer": "gray",
	},
	// the theme's colours, chosen to differ in lightness too
	kind_colours: {
		Wholesaler: "--blue-500",
		Retailer: "--cyan-500",
		"National Hospital": "--purple-500",
		"Provincial Hospital": "--pink-500",
		"Health Center": "--green-500",
		Dispensary: "--yellow-500",
	},
	expiring_soon_days: 30,
	// what is done to many lots at once, from which statuses and by whom
	lot_bulk_actions: [
		{ action: "Block", from: ["Active"], roles: ["National Admin", "Inspector"] },
		{ action: "Recall", from: ["Active", "Blocked", "Expired"], roles: ["National Admin"] },
	],
	warehouse_makers: ["National Admin", "Pharmacy Manager", "Public Facility Manager"],
};

/** The tables that count: one that was sent takes the place of the one that stands here. */
export function tables(sent) {
	return { ...HERE, ...sent };
}

export const {
	expiring_soon_days,
	kind_colours,
	lot_bulk_actions,
	movement_colours,
	status_colours,
	warehouse_makers,
} = tables(globalThis.frappe?.boot?.healthcare_erp);

export function status_colour(status) {
	return status_colours[status] || "gray";
}
