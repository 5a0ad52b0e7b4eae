// The words of kinds, movements and statuses in the user's language.

// Said once in full, so that each value is found by whoever translates.
const VALUES = {
	Wholesaler: () => __("Wholesaler"),
	Retailer: () => __("Retailer"),
	"Central Store": () => __("Central Store"),
	"National Hospital": () => __("National Hospital"),
	"Provincial Hospital": () => __("Provincial Hospital"),
	"Health Center": () => __("Health Center"),
	Dispensary: () => __("Dispensary"),
	Import: () => __("Import"),
	Transfer: () => __("Transfer"),
	Return: () => __("Return"),
	Sale: () => __("Sale"),
	Adjustment: () => __("Adjustment"),
	"Recall Removal": () => __("Recall Removal"),
	Active: () => __("Active"),
	Blocked: () => __("Blocked"),
	Expired: () => __("Expired"),
	Recalled: () => __("Recalled"),
	Pending: () => __("Pending"),
	Approved: () => __("Approved"),
	Rejected: () => __("Rejected"),
	Suspended: () => __("Suspended"),
	Illegal: () => __("Illegal"),
};

export function word(value) {
	if (!value) return "";
	return VALUES[value] ? VALUES[value]() : __(value);
}
