// A recorded movement is read, never changed: what Frappe offers for changing rows is taken from its list.
frappe.provide("healthcare_erp");

/** Likes, tags, assignments, bulk edits and deletions would UPDATE or DELETE rows, which the ledger refuses. */
healthcare_erp.make_list_read_only = function (listview) {
	const kept = [__("Export", null, "Button in list view actions menu")];
	kept.push(__("Print", null, "Button in list view actions menu"));
	listview.page.actions.find(".menu-item-label").each((_index, label) => {
		const text = decodeURIComponent($(label).attr("data-label") || "");
		if (!kept.includes(text)) $(label).closest("li").remove();
	});
	listview.$result.addClass("read-only-rows");
	listview.page.sidebar.remove(); // assignments, tags
};

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
