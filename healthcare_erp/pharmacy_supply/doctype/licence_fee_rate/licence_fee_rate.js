frappe.ui.form.on("Licence Fee Rate", {
	before_load: () => healthcare_erp.load("national_traceability"),
	refresh: (frm) => healthcare_erp.national_traceability.draw_regulated(frm),
});
