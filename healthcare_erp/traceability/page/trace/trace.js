frappe.pages['trace'].on_page_load = function(wrapper) {
	var page = frappe.ui.make_app_page({
		parent: wrapper,
		title: 'Trace',
		single_column: true
	});
}