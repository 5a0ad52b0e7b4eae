"""Refusals of what lies outside a user's scope."""

from functools import partial

from healthcare_erp.domain.errors import Refusal

_out_of_scope = partial(Refusal, error="OutOfScopeError", status=403, bases=("PermissionError",))

REFUSALS = (
	_out_of_scope(
		code="whole_country",
		title="Outside Your Scope",
		sentence="This concerns the whole country, and you are responsible for a part of it.",
	),
	_out_of_scope(
		code="action_out_of_scope",
		title="Outside Your Scope",
		sentence="{action} is for those whose facilities or territory this document belongs to.",
		words={"action": "Action"},
	),
	_out_of_scope(
		code="out_of_scope",
		title="Outside Your Scope",
		sentence="{name} lies outside the facilities and the territory that you are responsible for.",
	),
	_out_of_scope(
		code="beyond_scope_method",
		title="Not Limited to Your Scope",
		sentence="This view of {doctype} cannot be limited to what you may see: use its list, its reports or "
		"the trace.",
		words={"doctype": "DocType"},
	),
	_out_of_scope(
		code="column_hidden",
		title="Outside Your Scope",
		sentence="The field {field} of {doctype} is shown only to those who may read all of them.",
		words={"doctype": "DocType"},
	),
	_out_of_scope(
		code="stock_of_all",
		title="Choose a Warehouse",
		sentence="This counts the stock of other facilities too: choose a warehouse that you may see.",
	),
	_out_of_scope(
		code="report_of_all",
		title="Outside Your Scope",
		sentence="This report counts the stock of all facilities and cannot be limited to yours: use Stock "
		"Balance or Stock Ledger.",
	),
	_out_of_scope(
		code="tag_of_reader",
		title="Tags Not Changed",
		sentence="The tags of {name} are changed by those who may change the document itself.",
	),
	_out_of_scope(
		code="report_of_another",
		title="Report for Another User",
		sentence="The report {report} is sent only as the user who sets it up: choose yourself as the user.",
	),
)
