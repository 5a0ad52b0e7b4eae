// Which part of the stock the user sees, on the pages that show sums of it or rows.
const PAGES = [
	["Workspaces", "National Traceability"],
	["List", "Stock Movement"],
	["List", "Pharmacy"],
	["List", "Public Facility"],
];

/** The banner comes and goes with its pages, from the one on that the reader is on. */
export function watch_pages() {
	$(document).on("page-change", show_banner);
	show_banner();
}

function show_banner() {
	$(".healthcare-part").remove();
	const text = frappe.boot.healthcare_visible_part?.text;
	if (!text || !is_about_stock(frappe.get_route() || [])) return;
	const $banner = $(`<div class="healthcare-part alert alert-warning" role="note"></div>`);
	$(frappe.container.page).find(".layout-main-section").first().before($banner.text(text));
}

function is_about_stock([kind, name]) {
	return PAGES.some(([one_kind, one_name]) => one_kind === kind && one_name === name);
}
