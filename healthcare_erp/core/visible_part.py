"""What a user is told about the part of the stock that they see: no sum of a part may pass for the whole."""

import frappe
from frappe import _
from frappe.utils import comma_and, escape_html

from healthcare_erp.core.permissions import is_national
from healthcare_erp.domain.vocabulary import FACILITY_TYPES

LEVEL = "Administrative Level"
NAMED = 3  # so many places of a scope are named, the others counted

_LABELS = {LEVEL: "level_name"} | dict.fromkeys(FACILITY_TYPES, "facility_name")


def describe(places: int | None = None, visible_places: int | None = None) -> dict:
	"""The user's scope over stock, as data and as a sentence.

	:param places: facilities that have to do with what is shown, `visible_places` of them inside the scope.
	:returns: `{all, granted: [{doctype, name, label}], places, visible_places, text}`. `all`: nothing is hidden.
		Without any scope `granted` is empty, and the text says how to get one; `text` is None where all is shown.
	"""
	scope = {"all": True, "granted": [], "places": places, "visible_places": visible_places, "text": None}
	if is_national():
		return scope
	scope |= {"all": False, "granted": _granted(frappe.session.user)}
	return scope | {"text": _text(scope)}


def sees_nothing(scope: dict | None = None) -> bool:
	"""Whether the user sees no stock at all until somebody grants a scope."""
	scope = scope or describe()
	return not scope["all"] and not scope["granted"]


def report_note(*others: str | None) -> str | None:
	"""A report's message (HTML): which part it shows, and what else there is to say."""
	text = describe()["text"]
	return "<br>".join(filter(None, (text and escape_html(text), *others))) or None


def _granted(user: str) -> list[dict]:
	found = []
	for doctype, label in _LABELS.items():
		permissions = {
			"user": user,
			"allow": doctype,
			"healthcare_derived": 0,
			"applicable_for": ("in", ("", "Stock Movement")),
		}
		names = frappe.get_all("User Permission", permissions, pluck="for_value", order_by="for_value")
		labels = dict(frappe.get_all(doctype, {"name": ("in", names or [""])}, ["name", label], as_list=True))
		found += [
			{"doctype": doctype, "name": name, "label": labels[name]} for name in names if name in labels
		]
	return found


def _text(scope: dict) -> str:
	if not scope["granted"]:
		return _(
			"You have no scope yet, so that no stock is visible to you. Ask an administrator for one: "
			"a User Permission on an administrative level or on a facility."
		)
	names = _names(scope["granted"])
	if scope["places"] is None:
		return _("You see the stock of {0}. All sums of units and movements are of this part.").format(names)
	sentence = _("You see {0}: {1} of {2} places of this lot. All sums are of this part.")
	return sentence.format(names, scope["visible_places"], scope["places"])


def _names(granted: list[dict]) -> str:
	shown = [_name(row) for row in granted[:NAMED]]
	if len(granted) > NAMED:
		shown.append(_("{0} more").format(len(granted) - NAMED))
	return comma_and(shown, add_quotes=False)


def _name(row: dict) -> str:
	return row["label"] if row["doctype"] == LEVEL else f"{row['label']} ({row['name']})"
