// A recorded movement is read, never changed: lists and forms offer nothing that would UPDATE or DELETE it.
import { number } from "../shared/site";
import { movement_colours } from "../shared/tables";

const ACTIONS_KEPT = ["Export", "Print"];
const HIDDEN = ["list-row-like", "list-liked-by-me", "comment-count", "comment-count + span"];

frappe.dom.set_style(
	HIDDEN.map((part) => `.read-only-rows .${part} { display: none !important; }`).join("\n")
);

/** A list without likes, tags, assignments, bulk edits and deletions. */
export function make_list_read_only(listview) {
	const kept = ACTIONS_KEPT.map((label) => __(label, null, "Button in list view actions menu"));
	listview.page.clear_actions_menu();
	(listview.actions_menu_items || [])
		.filter(({ label }) => kept.includes(label))
		.forEach(({ label, action, standard }) =>
			listview.page.add_actions_menu_item(label, action, standard)
		);
	listview.$result.addClass("read-only-rows");
	listview.page.sidebar.remove(); // assignments, tags
}

/** Units with their sign, green where they come in. */
export function signed_units(quantity, direction) {
	const incoming = direction === "In";
	const look = incoming ? "text-success" : "text-danger";
	return `<span class="${look}">${incoming ? "+" : "−"}${number(quantity)}</span>`;
}

export function movement_indicator({ movement_type, reported_late }) {
	const type = __(movement_type, null, "Stock Movement");
	const text = reported_late ? `${type} · ${__("Late")}` : type;
	return [text, movement_colours[movement_type], `movement_type,=,${movement_type}`];
}
