// Colours, thresholds and roles that the scripts draw by: the server tells them (`overrides/frappe/desk_tables.py`).

export const {
	expiring_soon_days,
	kind_colours,
	lot_bulk_actions,
	movement_colours,
	status_colours,
	warehouse_makers,
} = frappe.boot.healthcare_erp;

export function status_colour(status) {
	return status_colours[status] || "gray";
}

/** How a list shows the status of its rows. */
export function status_indicator({ status }) {
	return [__(status), status_colour(status), `status,=,${status}`];
}
