// The banner of who sees a part of the stock: a workspace has no script of its own that could ask for it.
const WORKSPACE = "National Traceability";

if (frappe.boot.healthcare_visible_part?.text) {
	$(document).on("page-change", () => {
		if (frappe.get_route()[1] === WORKSPACE) healthcare_erp.load("national_traceability");
	});
}
