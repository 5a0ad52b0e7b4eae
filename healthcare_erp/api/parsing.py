"""Arguments that come as JSON text in a form or as plain data in a JSON body."""

import frappe

from healthcare_erp.exceptions import throw


def as_list(value: list | str) -> list:
	"""The list that a caller sent.

	:raises InvalidRequestError: where it is no list, or no JSON.
	"""
	try:
		parsed = frappe.parse_json(value)
	except ValueError:
		parsed = None
	if not isinstance(parsed, list):
		throw("invalid_request", problem=frappe._("Send a JSON list."))
	return parsed
