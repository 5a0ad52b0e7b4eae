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
};

/** The tables that count: one that was sent takes the place of the one that stands here. */
export function tables(sent) {
	return { ...HERE, ...sent };
}

export const { status_colours, movement_colours, kind_colours, expiring_soon_days } = tables(
	globalThis.frappe?.boot?.healthcare_erp
);

export function status_colour(status) {
	return status_colours[status] || "gray";
}
