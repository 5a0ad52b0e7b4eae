// The actions of a regulated document's life cycle: what this user may do from here, drawn as buttons.
frappe.provide("healthcare_erp");

healthcare_erp.transition = function (frm, transition) {
	const call = (reason) =>
		frappe
			.xcall("healthcare_erp.api.transitions.apply", {
				doctype: frm.doctype,
				name: frm.doc.name,
				action: transition.action,
				reason,
			})
			.then(() => frm.reload_doc());
	const question = __("{0}: {1}?", [__(transition.action), frm.doc.name]);
	if (!transition.needs_reason) {
		frappe.confirm(question, () => call());
		return;
	}
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		({ reason }) => call(reason),
		question,
		__(transition.action)
	);
};

healthcare_erp.draw_transitions = function (frm) {
	if (frm.is_new()) return;
	const transitions = (frm.doc.__onload && frm.doc.__onload.transitions) || [];
	transitions.forEach((transition) => {
		frm.add_custom_button(
			__(transition.action),
			() => healthcare_erp.transition(frm, transition),
			__("Status")
		);
	});
};

// What takes several people, and how many of them have approved it
healthcare_erp.draw_approvals = function (frm) {
	if (frm.is_new()) return;
	const approvals = (frm.doc.__onload && frm.doc.__onload.approvals) || [];
	approvals.forEach(({ action, given, needed }) => {
		const text = __("{0}: {1} of {2} approved", [__(action), given, needed]);
		frm.dashboard.add_indicator(text, given ? "orange" : "gray");
	});
};

["National Medicine", "National Lot", "Pharmacy", "Public Facility"].forEach((doctype) => {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			healthcare_erp.draw_transitions(frm);
			healthcare_erp.draw_approvals(frm);
			healthcare_erp.draw_fixed_fields(frm);
		},
	});
});
