// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

const shared = () => healthcare_erp.national_traceability;

frappe.ui.form.on("National Lot", {
	before_load: () => healthcare_erp.load("national_traceability"),

	setup(frm) {
		frm.set_query("national_medicine", () => ({ filters: { status: "Authorized" } }));
		frm.set_query("importer", () => ({ filters: { status: "Approved" } }));
	},

	importer_type: (frm) => frm.set_value("importer", ""),

	refresh(frm) {
		frm.toggle_display(["stock_section"], !frm.is_new());
		if (frm.is_new()) return;
		draw_buttons(frm);
		draw_headline(frm);
		if (frappe.model.can_read("Stock Movement")) draw_stock(frm);
		shared().draw_regulated(frm);
	},
});

function draw_buttons(frm) {
	if (!frappe.model.can_read("Stock Movement")) return;
	frm.add_custom_button(__("Trace"), () => frappe.set_route("trace", frm.doc.name));
	frm.add_custom_button(__("Movements"), () =>
		frappe.set_route("List", "Stock Movement", { national_lot: frm.doc.name })
	);
}

function draw_headline(frm) {
	const { days_to_expiry, escape, lot_indicator } = shared();
	frm.page.set_indicator(...lot_indicator(frm.doc).slice(0, 2));
	const days = days_to_expiry(frm.doc.expiry_date);
	const parts = [
		escape(frm.doc.medicine_title),
		`${__("Expiry")}: ${days}`,
		`${__("Units on Hand")}: <b>${units_on_hand(frm.doc)}</b>`,
	];
	if (frm.doc.status_reason) {
		parts.push(`${__("Reason")}: ${escape(frm.doc.status_reason)}`);
	}
	frm.dashboard.set_headline(parts.filter(Boolean).join(" · "));
}

// Of a part of the country they are said to be of that part.
function units_on_hand({ on_hand }) {
	const scope = frappe.boot.healthcare_visible_part;
	if (!scope || (!scope.all && !scope.granted.length)) return __("not visible to you");
	const units = shared().number(on_hand);
	return scope.all ? units : __("{0} in your part", [units]);
}

async function draw_stock(frm) {
	const lot = frm.doc.name;
	const stock = await frappe.xcall("healthcare_erp.api.registry.lot_stock", { lot });
	if (frm.doc.name !== lot) return;
	if (stock.units !== null) draw_import_button(frm, frm.doc.quantity_imported - stock.imported);
	const part = shared().escape(stock.scope.text);
	if (part) frm.set_df_property("on_hand", "description", part);
	if (stock.provinces.length) draw_holders(frm, stock, part);
}

function draw_import_button(frm, outstanding) {
	const tradable = shared().lot_status(frm.doc) === "Active";
	if (outstanding > 0 && tradable && frappe.model.can_create("Stock Movement")) {
		frm.add_custom_button(__("Record Import"), () => ask_import(frm, outstanding));
	}
}

function draw_holders(frm, stock, part) {
	const note = part ? `<p class="text-muted">${part}</p>` : "";
	frm.dashboard.add_section(note + holders_table(stock.provinces), __("Who Holds It Now"));
	frm.dashboard.show();
}

function holders_table(provinces) {
	const { escape, number } = shared();
	const row = ({ province, units, facilities }) => `<tr>
		<td>${escape(province || __("Unknown"))}</td>
		<td class="text-right">${number(facilities)}</td>
		<td class="text-right">${number(units)}</td>
	</tr>`;
	return `<table class="table table-sm table-bordered" style="max-width: 32rem">
		<thead><tr>
			<th>${__("Province")}</th>
			<th class="text-right">${__("Facilities")}</th>
			<th class="text-right">${__("Units on Hand")}</th>
		</tr></thead>
		<tbody>${provinces.map(row).join("")}</tbody>
	</table>`;
}

function ask_import(frm, outstanding) {
	frappe.prompt(
		[
			{
				fieldname: "facility",
				fieldtype: "Link",
				options: frm.doc.importer_type || "Pharmacy",
				label: __("Importer"),
				reqd: 1,
				default: frm.doc.importer,
				get_query: () => ({ filters: { status: "Approved" } }),
			},
			{
				fieldname: "quantity",
				fieldtype: "Int",
				label: __("Quantity"),
				reqd: 1,
				default: outstanding,
				description: __("Whole units"),
			},
			{
				fieldname: "reference_name",
				fieldtype: "Data",
				label: __("Document"),
				description: __("Import licence, invoice or airway bill"),
			},
		],
		(values) => record_import(frm, values),
		__("Record Import of Lot {0}", [frm.doc.lot_number]),
		__("Record Import")
	);
}

async function record_import(frm, values) {
	const movement = {
		movement_type: "Import",
		facility_type: frm.doc.importer_type || "Pharmacy",
		...values,
	};
	const recorded = await frappe.xcall("healthcare_erp.api.stock.record_movement", {
		...movement,
		national_lot: frm.doc.name,
	});
	frappe.show_alert({
		message: __("Recorded. Balance: {0} units", [shared().number(recorded.balance_after)]),
		indicator: "green",
	});
	frm.reload_doc();
}
