// Copyright (c) 2026, healthcare_erp maintainers and contributors
// For license information, please see license.txt

const MAX_LOTS = 500; // of one request

healthcare_erp.list_settings(
	"National Lot",
	"national_traceability",
	{ add_fields: ["status", "expiry_date", "national_medicine"], hide_name_column: true },
	({ expiry_cell, lot_bulk_actions, lot_indicator }) => ({
		get_indicator: lot_indicator,
		formatters: { expiry_date: expiry_cell },
		onload(listview) {
			add_bulk_actions(listview, lot_bulk_actions);
			if (frappe.model.can_read("Stock Movement")) add_province_filter(listview);
		},
	})
);

function add_bulk_actions(listview, actions) {
	const mine = ({ roles }) =>
		frappe.session.user === "Administrator" || frappe.user.has_role(roles);
	actions.filter(mine).forEach((bulk) => {
		listview.page.add_actions_menu_item(__(bulk.action), () => ask(listview, bulk), false);
	});
}

function ask(listview, { action, from }) {
	const selected = listview.get_checked_items();
	const names = selected.filter((lot) => from.includes(lot.status)).map((lot) => lot.name);
	const left = selected.length - names.length;
	if (!names.length || names.length > MAX_LOTS) {
		frappe.msgprint(
			names.length
				? __("At most {0} lots at once.", [MAX_LOTS])
				: __("{0} is not possible for any of the selected lots.", [__(action)])
		);
		return;
	}
	frappe.prompt(
		[
			{ fieldtype: "HTML", options: question(names.length, left) },
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		({ reason }) => apply(listview, action, names, reason),
		__("{0}: {1} lots", [__(action), names.length]),
		__(action)
	);
}

function question(count, left) {
	const sentences = [__("All of the {0} lots change, or none.", [count])];
	if (left) {
		sentences.push(
			__("{0} of the selected lots cannot change this way and stay as they are.", [left])
		);
	}
	return `<p class="text-muted">${sentences.join(" ")}</p>`;
}

function apply(listview, action, names, reason) {
	return frappe
		.call({
			method: "healthcare_erp.api.transitions.apply_to_many",
			args: { doctype: "National Lot", names, action, reason },
			freeze: true,
			freeze_message: __("Changing {0} lots", [names.length]),
		})
		.then(({ message }) => {
			listview.clear_checked_items();
			listview.refresh();
			frappe.show_alert({
				message: __("{0}: {1} lots changed", [__(action), message.changed]),
				indicator: "green",
			});
		});
}

// The province is no field of a lot: the server puts the lots in its place that the province's facilities hold.
function add_province_filter(listview) {
	listview.page.add_field(
		{
			fieldtype: "Link",
			fieldname: "held_in",
			label: __("Held in Province"),
			options: "Administrative Level",
			only_select: true,
			get_query: () => ({ filters: { level: "Province" } }),
			onchange: () => listview.filter_area.debounced_refresh_list_view(),
		},
		listview.page.page_form.find(".standard-filter-section")
	);
}
