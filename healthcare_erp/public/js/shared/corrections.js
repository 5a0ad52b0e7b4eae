// Fixed fields in the forms of regulated documents: shown as they are, and corrected by those who may.
import { escape } from "./html";

export function draw_fixed_fields(frm) {
	const { fixed_fields = [], correctable = [] } = frm.doc.__onload || {};
	fixed_fields.forEach((field) => frm.set_df_property(field, "read_only", 1));
	if (correctable.length) {
		frm.add_custom_button(__("Correct…"), () => ask_correction(frm, correctable));
	}
}

function ask_correction(frm, names) {
	const fields = names.map((name) => frappe.meta.get_docfield(frm.doctype, name));
	const halves = fields.filter((df) => df.fieldtype === "Dynamic Link").map((df) => df.options);
	const offered = fields.filter((df) => !halves.includes(df.fieldname));
	let dialog = null; // its controls ask for it while it is being made
	dialog = new frappe.ui.Dialog({
		title: __("Correct {0}", [escape(frm.doc.name)]),
		fields: [
			{
				fieldname: "field",
				fieldtype: "Select",
				label: __("Field"),
				options: offered.map((df) => ({ value: df.fieldname, label: __(df.label) })),
				default: offered[0].fieldname,
				reqd: 1,
			},
			...fields.map((df) => value_control(frm, df, fields, () => dialog)),
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		primary_action_label: __("Correct"),
		primary_action: (values) => correct(frm, dialog, values, fields),
	});
	dialog.show();
}

// The field's own control with its present value, shown while the field (or its other half) is chosen.
function value_control(frm, df, fields, dialog) {
	const whole = fields.find((other) => other.options === df.fieldname) || df;
	const control = {
		fieldname: df.fieldname,
		fieldtype: df.fieldtype,
		label: __(df.label),
		options: df.options,
		default: frm.doc[df.fieldname],
		depends_on: `eval:doc.field == "${whole.fieldname}"`,
	};
	if (df.fieldtype === "Dynamic Link") {
		control.get_options = () =>
			dialog() ? dialog().get_value(df.options) : frm.doc[df.options];
	}
	return control;
}

async function correct(frm, dialog, values, fields) {
	const chosen = fields.find((df) => df.fieldname === values.field);
	const names = [chosen.fieldname];
	if (chosen.fieldtype === "Dynamic Link") names.unshift(chosen.options);
	await frappe.xcall("healthcare_erp.api.corrections.correct", {
		doctype: frm.doctype,
		name: frm.doc.name,
		values: Object.fromEntries(names.map((name) => [name, values[name] ?? null])),
		reason: values.reason,
	});
	dialog.hide();
	frappe.show_alert({ message: __("Corrected."), indicator: "green" });
	frm.reload_doc();
}
