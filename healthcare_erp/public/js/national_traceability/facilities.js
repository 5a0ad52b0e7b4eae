// What the lists and forms of Pharmacy and Public Facility have in common.
import { escape } from "../shared/html";
import { draw_regulated } from "../shared/regulated_document";
import { warehouse_makers } from "../shared/tables";

const COUNTRY_ZOOM = 8;
const WAREHOUSE_PURPOSES = ["Quarantine", "Returns", "Transit"];

/** The map of a list begins with the whole country. */
export function zoom_to_country() {
	frappe.utils.map_defaults.zoom = COUNTRY_ZOOM;
}

export function draw_facility(frm) {
	frm.set_query("administrative_level", () => ({ filters: { level: ["!=", "Province"] } }));
	if (frm.is_new()) {
		frm.set_intro(__("A new facility is Pending. Its warehouse is made once it is approved."));
		return;
	}
	const place = (frm.doc.administrative_level || "").split("/").join(" › ");
	frm.get_field("administrative_level").set_description(escape(place));
	if (frm.doc.warehouse && frappe.model.can_read("Stock Movement")) draw_stock_buttons(frm);
	draw_regulated(frm);
}

function draw_stock_buttons(frm) {
	const facility = { facility_type: frm.doctype, facility: frm.doc.name };
	frm.add_custom_button(__("Stock"), () =>
		frappe.set_route("query-report", "Stock by Facility", facility)
	);
	frm.add_custom_button(__("Movements"), () =>
		frappe.set_route("List", "Stock Movement", { warehouse: frm.doc.warehouse })
	);
	if (frappe.model.can_create("Stock Movement")) {
		frm.add_custom_button(__("Move Between Warehouses"), () => ask_move(facility));
	}
	if (frm.doc.status === "Approved" && frappe.model.can_create("Stock Movement")) {
		frm.add_custom_button(__("Record Movement"), () =>
			frappe.new_doc("Stock Movement", facility)
		);
	}
	if (warehouse_makers.some((role) => frappe.user.has_role(role))) {
		frm.add_custom_button(__("Add Warehouse"), () => ask_warehouse(facility));
	}
}

// Units from one of the facility's warehouses to another: stopped lots are put apart so.
async function ask_move(facility) {
	const { message: rows } = await frappe.call({
		method: "healthcare_erp.api.facilities.get_warehouses",
		args: facility,
		type: "GET",
	});
	if (rows.length < 2) {
		frappe.msgprint(__("There is one warehouse only: add another one first."));
		return;
	}
	const options = rows.map((row) => ({
		value: row.warehouse,
		label: row.warehouse_type ? __(row.warehouse_type) : __("Main Warehouse"),
	}));
	const field = (fieldname, label, value) => ({
		fieldname,
		fieldtype: "Select",
		label,
		options,
		default: value,
		reqd: 1,
	});
	frappe.prompt(
		[
			{
				fieldname: "national_lot",
				fieldtype: "Link",
				options: "National Lot",
				label: __("Lot"),
				reqd: 1,
			},
			{ fieldname: "quantity", fieldtype: "Int", label: __("Quantity"), reqd: 1 },
			field("source", __("From"), rows[0].warehouse),
			field("target", __("To"), rows[1].warehouse),
		],
		(values) => move(facility, values),
		__("Move Between Warehouses"),
		__("Move")
	);
}

async function move(facility, { national_lot, quantity, source, target }) {
	const end = (direction, warehouse) => ({
		...facility,
		movement_type: "Internal Transfer",
		direction,
		warehouse,
		national_lot,
		quantity,
	});
	await frappe.xcall("healthcare_erp.api.stock.record_movements", {
		movements: [end("Out", source), end("In", target)],
	});
	frappe.show_alert({ message: __("{0} units were moved.", [quantity]), indicator: "green" });
}

// One more warehouse of the facility's own, where stopped lots are put apart.
function ask_warehouse(facility) {
	frappe.prompt(
		{
			fieldname: "purpose",
			fieldtype: "Select",
			label: __("Purpose"),
			options: WAREHOUSE_PURPOSES.map((value) => ({ value, label: __(value) })),
			reqd: 1,
		},
		({ purpose }) =>
			frappe
				.xcall("healthcare_erp.api.facilities.add_warehouse", { ...facility, purpose })
				.then((name) => {
					frappe.show_alert({
						message: __("{0} was made.", [name]),
						indicator: "green",
					});
				}),
		__("Add Warehouse"),
		__("Add")
	);
}
