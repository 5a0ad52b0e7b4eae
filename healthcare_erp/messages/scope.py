"""Refusals at the methods that Frappe and ERPNext offer to every user."""

ERRORS: dict[str, tuple[str, str, str]] = {
	"beyond_scope_method": (
		"OutOfScopeError",
		"Not Limited to Your Scope",
		"This view of {doctype} cannot be limited to what you may see: use its list, its reports or the trace.",
	),
	"column_hidden": (
		"OutOfScopeError",
		"Outside Your Scope",
		"The field {field} of {doctype} is shown only to those who may read all of them.",
	),
	"stock_of_all": (
		"OutOfScopeError",
		"Choose a Warehouse",
		"This counts the stock of other facilities too: choose a warehouse that you may see.",
	),
	"report_of_all": (
		"OutOfScopeError",
		"Outside Your Scope",
		"This report counts the stock of all facilities and cannot be limited to yours: use Stock Balance or Stock Ledger.",
	),
	"query_not_plain": (
		"InvalidRequestError",
		"Invalid Query",
		"A query names fields, and nothing else: {text} is refused.",
	),
	"method_by_other_name": (
		"InvalidRequestError",
		"Method Not Found",
		"Call {method} by this name, and directly.",
	),
	"no_calendar": (
		"InvalidRequestError",
		"No Calendar",
		"{doctype} has no calendar: choose its list or a report.",
	),
	"tag_of_reader": (
		"OutOfScopeError",
		"Tags Not Changed",
		"The tags of {name} are changed by those who may change the document itself.",
	),
	"report_of_another": (
		"OutOfScopeError",
		"Report for Another User",
		"The report {report} is sent only as the user who sets it up: choose yourself as the user.",
	),
}
