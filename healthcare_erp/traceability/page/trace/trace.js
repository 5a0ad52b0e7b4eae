frappe.pages["trace"].on_page_load = function (wrapper) {
	frappe.ui.make_app_page({ parent: wrapper, title: __("Trace"), single_column: true });
	frappe.require(["trace.bundle.js", "trace.bundle.css"]).then(() => {
		wrapper.trace = new healthcare_erp.trace.TracePage(wrapper);
		wrapper.trace.show();
	});
};

frappe.pages["trace"].on_page_show = function (wrapper) {
	if (wrapper.trace) wrapper.trace.show();
};
