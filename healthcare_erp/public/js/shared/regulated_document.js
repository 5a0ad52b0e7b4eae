// The actions of a regulated document's life cycle: what this user may do from here, drawn as buttons.
import { draw_fixed_fields } from "./corrections";

/** In the refresh of each regulated document's form. */
export function draw_regulated(frm) {
	if (frm.is_new()) return;
	draw_transitions(frm);
	draw_approvals(frm);
	draw_fixed_fields(frm);
}

function draw_transitions(frm) {
	const transitions = (frm.doc.__onload && frm.doc.__onload.transitions) || [];
	transitions.forEach((transition) => {
		frm.add_custom_button(
			__(transition.action),
			() => ask_transition(frm, transition),
			__("Status")
		);
	});
}

function ask_transition(frm, transition) {
	const call = (reason) =>
		frappe
			.xcall("healthcare_erp.api.transitions.apply", {
				doctype: frm.doctype,
				name: frm.doc.name,
				action: transition.action,
				reason,
			})
			.then(
				() => frm.reload_doc(),
				() => frm.is_dirty() || frm.reload_doc() // Desk has said why: perhaps somebody was faster
			);
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
}

// What takes several people, and how many of them have approved it
function draw_approvals(frm) {
	const approvals = (frm.doc.__onload && frm.doc.__onload.approvals) || [];
	approvals.forEach(({ action, given, needed }) => {
		const text = __("{0}: {1} of {2} approved", [__(action), given, needed]);
		frm.dashboard.add_indicator(text, given ? "orange" : "gray");
	});
}
