// A recorded movement is read, never changed: what Frappe offers for changing rows is taken from its list.
frappe.provide("healthcare_erp");

const LIST_ACTIONS_KEPT = ["Export", "Print"];
const FORM_ACTIONS_DROPPED = ["Email", "Duplicate", "Remind Me", "Undo", "Redo"];

/** Likes, tags, assignments, bulk edits and deletions would UPDATE or DELETE rows, which the ledger refuses. */
healthcare_erp.make_list_read_only = function (listview) {
	const kept = LIST_ACTIONS_KEPT.map((label) =>
		__(label, null, "Button in list view actions menu")
	);
	drop_items(listview.page.actions, (label) => !kept.includes(label));
	listview.$result.addClass("read-only-rows");
	listview.page.sidebar.remove(); // assignments, tags
	show_harmless(listview);
};

// As `domain/values/texts.py` does: rows stay as they were written, also by SQL, and Frappe shows their texts as markup.
const LOOK_ALIKES = { "<": "‹", ">": "›", '"': "”", "`": "ˋ" };

healthcare_erp.harmless = (value) =>
	typeof value === "string"
		? value.replace(/[<>"`]/g, (letter) => LOOK_ALIKES[letter]).replace(/&(?=#?\w)/g, "＆")
		: value;

// Lists and report views alike read their rows here, as columns and rows of values.
function show_harmless(listview) {
	const prepare_data = listview.prepare_data;
	listview.prepare_data = function (response) {
		const { values } = response.message || {};
		if (values)
			response.message.values = values.map((row) => row.map(healthcare_erp.harmless));
		return prepare_data.call(this, response);
	};
}

/** What a form's menu offers for documents that go on changing. */
healthcare_erp.make_form_read_only = function (frm) {
	const dropped = FORM_ACTIONS_DROPPED.map((label) => __(label));
	frm.disable_form();
	drop_items(frm.page.menu, (label) => dropped.includes(label));
};

function drop_items($menu, is_dropped) {
	$menu.find(".menu-item-label").each((_index, item) => {
		const label = decodeURIComponent($(item).attr("data-label") || "");
		if (is_dropped(label)) $(item).closest("li").remove();
	});
}

const HIDDEN = ["list-row-like", "list-liked-by-me", "comment-count", "comment-count + span"];

frappe.dom.set_style(
	HIDDEN.map((part) => `.read-only-rows .${part} { display: none !important; }`).join("\n")
);

/** Units with their sign, green where they come in. */
healthcare_erp.signed_units = function (quantity, direction) {
	const incoming = direction === "In";
	const units = format_number(quantity, null, 0);
	return `<span class="${incoming ? "text-success" : "text-danger"}">${
		incoming ? "+" : "−"
	}${units}</span>`;
};
