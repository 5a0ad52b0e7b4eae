"""Corrections of fixed fields over `/api/method/healthcare_erp.api.corrections.correct`."""

import frappe

from healthcare_erp.api.parsing import as_dict, checked_arguments
from healthcare_erp.core.exceptions import throw
from healthcare_erp.core.transactions import run_with_retry, unit_of_work
from healthcare_erp.domain.fixed_fields import correctable


@frappe.whitelist(methods=["POST"])
@checked_arguments
def correct(doctype: str, name: str, values: dict | str, reason: str | None = None) -> dict:
	"""Correct fixed fields of one document. Returns `{name, changes: [{field, before, after}]}`.

	:param values: field -> its right value, such as `{"quantity_imported": 1500}`.
	"""
	if not correctable(doctype):
		throw("invalid_request", problem=frappe._("{0} has no fields to correct.").format(doctype))
	return run_with_retry(lambda: _correct(doctype, name, as_dict(values), reason))


def _correct(doctype: str, name: str, values: dict, reason: str | None) -> dict:
	with unit_of_work((doctype, name)):
		doc = frappe.get_doc(doctype, name, for_update=True)
		doc.check_permission("write")
		return {"name": doc.name, "changes": doc.correct(values, reason)}
