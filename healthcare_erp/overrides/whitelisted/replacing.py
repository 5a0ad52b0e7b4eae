"""What every replacement has: a method of ours that is called in place of Frappe's and knows that one and its arguments."""

import inspect
from collections.abc import Callable
from functools import wraps

import frappe

ALL_VERBS = ["GET", "POST", "PUT", "DELETE"]
Replacement = Callable[[Callable, frappe._dict], object]


def replaces(name: str) -> Callable[[Replacement], Callable]:
	"""Make of `replacement(own, given)` a whitelisted method with the signature, verbs and guests of Frappe's own `name`.

	`given` are the call's arguments by name; a method without any reads the request, and so does what replaces it.
	"""
	own = frappe.get_attr(name)

	def made(replacement: Replacement) -> Callable:
		@wraps(own)
		def asked(*args, **kwargs):
			return replacement(own, _given(own, args, kwargs))

		verbs = frappe.allowed_http_methods_for_whitelisted_func.get(own, ALL_VERBS)
		return frappe.whitelist(allow_guest=own in frappe.guest_methods, methods=verbs)(asked)

	return made


def pass_on(own: Callable, given: frappe._dict):
	"""Call Frappe's own method with these arguments."""
	return own(**given) if inspect.signature(own).parameters else own()


def _given(own: Callable, args: tuple, kwargs: dict) -> frappe._dict:
	signature = inspect.signature(own)
	if not signature.parameters:
		return frappe.local.form_dict
	given = frappe._dict(signature.bind(*args, **kwargs).arguments)
	for name, parameter in signature.parameters.items():
		if parameter.kind is inspect.Parameter.VAR_KEYWORD:
			given.update(given.pop(name, {}))
	return given
