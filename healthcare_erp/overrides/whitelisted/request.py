"""Every request over HTTP, before Frappe routes it (hook `auth_hooks`: the user is known, nothing has been done).

`override_whitelisted_methods` binds a method's own name. This binds the rest: the lists of `/api/resource`, which
call Frappe's method directly, and a guarded method under the name of another module that imports it.
"""

import frappe
from frappe.modules.utils import load_doctype_module

from healthcare_erp.core.exceptions import throw
from healthcare_erp.overrides.whitelisted import lists, query

# Arguments that name a method which Frappe calls without asking for overrides
NAMED_METHODS = ("method", "tree_method")

# Arguments that name a document
DOCTYPES, NAMES = ("doctype", "dt", "doc"), ("name", "docname", "dn")


def judge() -> None:
	given = frappe.local.form_dict
	method, doctype, name = _asked(frappe.request.path)
	_check_name(given.get("cmd") or method)
	for argument in NAMED_METHODS:
		_check_named(given.get(argument))
	if given.get("query"):
		_check_name(given.query)
	query.check(given, doctype or given.get("doctype"), strict=_asks_a_list(frappe.request, name))
	for of_type, document in ((doctype, name), (_first(given, DOCTYPES), _first(given, NAMES))):
		lists.check_parent(of_type, document)


def _first(given: dict, arguments: tuple[str, ...]) -> str | None:
	found = (given.get(argument) for argument in arguments)
	return next((value for value in found if isinstance(value, str) and value), None)


def _asked(path: str) -> tuple[str | None, str | None, str | None]:
	"""The method, or the DocType and the document, that a path of the API names."""
	parts = path.strip("/").split("/")
	if parts[:1] != ["api"]:
		return None, None, None
	kind, *rest = (parts[2:] if parts[1:2] in (["v1"], ["v2"]) else parts[1:]) or [""]
	if kind == "method":
		return _method(rest), None, None
	if kind not in ("resource", "document", "doctype"):
		return None, None, None
	doctype, name, *_more = [*rest, "", ""]
	return None, doctype, name


def _asks_a_list(request, name: str | None) -> bool:
	"""Whether arguments become a query: those of a method, a list or a page do, a document and a Desk's address do not."""
	kind = request.path.strip("/").split("/")
	if kind[0] == "app":
		return False
	if "resource" in kind[1:3] or "document" in kind[1:3]:
		return request.method == "GET" and not name
	return True


def _method(rest: list[str]) -> str | None:
	"""`/method/<name>`, or in the second version `/method/<DocType>/<name>`: a function beside that DocType's class."""
	if rest and "." not in rest[0] and len(rest) == 2 and frappe.db.exists("DocType", rest[0], cache=True):
		return f"{load_doctype_module(rest[0]).__name__}.{rest[1]}"
	return rest[0] if rest else None


def _check_name(path) -> None:
	"""Refuse a guarded method under another name than the one its guard stands at."""
	guarded = _guarded_method(path)
	if guarded and guarded != path:
		throw("method_by_other_name", method=guarded)


def _check_named(path) -> None:
	"""Refuse a guarded method as an argument: whoever is given it calls it without its guard."""
	guarded = _guarded_method(path)
	if guarded:
		throw("method_by_other_name", method=guarded)


def _guarded_method(path) -> str | None:
	"""The guarded method that a path leads to, by its own name; None for every other method."""
	if not isinstance(path, str) or "." not in path:
		return None
	guarded = frappe.get_hooks("override_whitelisted_methods")
	if path in guarded:
		return path
	try:
		method = frappe.get_attr(path)
	except Exception:  # no such method: Frappe says so
		return None
	own = f"{getattr(method, '__module__', '')}.{getattr(method, '__name__', '')}"
	return own if own in guarded else None
