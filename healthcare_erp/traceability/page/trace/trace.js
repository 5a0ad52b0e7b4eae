frappe.pages["trace"].on_page_load = function (wrapper) {
	frappe.ui.make_app_page({ parent: wrapper, title: __("Trace"), single_column: true });
	const parts = [healthcare_erp.load("trace"), healthcare_erp.load_style("trace")];
	Promise.all(parts).then(([{ TracePage }]) => {
		wrapper.trace = new TracePage(wrapper);
		wrapper.trace.show();
	});
};

frappe.pages["trace"].on_page_show = function (wrapper) {
	if (wrapper.trace) wrapper.trace.show();
};
