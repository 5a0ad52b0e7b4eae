"""Transfers and returns of which one end wrote more than the other: under way, lost, or diverted."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import fmt_money

from healthcare_erp.core import visible_part
from healthcare_erp.domain.values.texts import harmless
from healthcare_erp.traceability import report_filters
from healthcare_erp.traceability.stock import on_hand
from healthcare_erp.traceability.tracing import discrepancies

MAX_ROWS = 5_000
FILTERS = {"from_date": "Date", "to_date": "Date"}


@report_filters.says_what_is_wrong(lambda: _columns())
def execute(filters: dict | None = None) -> tuple:
	"""Filters: `national_medicine`, `national_lot`; of either end `province` (any administrative level) or
	`facility_type` with `facility`; `from_date` and `to_date` of the transfer's first movement."""
	filters = report_filters.read(filters, FILTERS)
	rows = discrepancies.disagreeing_transfers(_lots(filters))
	rows = _of_period(_of_place(rows, filters), filters)
	cut = len(rows) > MAX_ROWS
	message = cut and _("The {0} largest differences are shown: filter to see the others.").format(MAX_ROWS)
	summary = [] if visible_part.sees_nothing() else _summary(rows)
	return _columns(), _described(rows[:MAX_ROWS]), visible_part.report_note(message), None, summary


def _lots(filters: frappe._dict) -> list[str] | None:
	asked = {"name": filters.national_lot, "national_medicine": filters.national_medicine}
	wanted = {field: value for field, value in asked.items() if value}
	return frappe.get_all("National Lot", filters=wanted, pluck="name", limit=0) if wanted else None


def _of_place(rows: list[frappe._dict], filters: frappe._dict) -> list[frappe._dict]:
	if filters.facility_type or filters.facility:
		rows = [row for row in rows if _is_end(row.edge.source, filters) or _is_end(row.edge.target, filters)]
	if filters.province:
		inside = set(on_hand.warehouses_in(filters.province))
		return [row for row in rows if inside & {row.sender.warehouse, row.receiver.warehouse}]
	return rows


def _is_end(node: str, filters: frappe._dict) -> bool:
	facility_type, _colon, facility = node.partition(":")
	asked = (filters.facility_type or facility_type, filters.facility or facility)
	return asked == (facility_type, facility)


def _of_period(rows: list[frappe._dict], filters: frappe._dict) -> list[frappe._dict]:
	if filters.from_date:
		rows = [row for row in rows if row.edge.first_at.date() >= filters.from_date]
	if filters.to_date:
		rows = [row for row in rows if row.edge.first_at.date() <= filters.to_date]
	return rows


def _described(rows: list[frappe._dict]) -> list[dict[str, Any]]:
	named = {"name": ("in", list({row.national_lot for row in rows}))}
	lots = frappe.get_all("National Lot", filters=named, fields=["name", "medicine_title"], limit=0)
	titles = {lot.name: lot.medicine_title for lot in lots}
	return [_line(row, titles[row.national_lot]) for row in rows]


def _line(row: frappe._dict, medicine_title: str | None) -> dict[str, Any]:
	edge = row.edge
	document_type, _colon, document = harmless(edge.document or "").partition(":")
	sender_type, _colon, sender = edge.source.partition(":")
	receiver_type, _colon, receiver = edge.target.partition(":")
	return {
		"national_lot": row.national_lot,
		"medicine_title": medicine_title,
		"kind": _(edge.kind),
		"sender_name": row.sender.label,
		"receiver_name": row.receiver.label,
		"document_type": document_type,
		"document": document,
		"sent": edge.sent or 0,
		"received": edge.received or 0,
		"difference": edge.unconfirmed,
		"first_date": edge.first_at.date(),
		"sender_type": sender_type,
		"sender": sender,
		"receiver_type": receiver_type,
		"receiver": receiver,
	}


def _summary(rows: list[frappe._dict]) -> list[dict]:
	differences = [row.edge.unconfirmed for row in rows]
	figures = {
		_("Transfers"): len(rows),
		_("Sent and Not Received"): sum(max(units, 0) for units in differences),
		_("Received and Never Sent"): sum(max(-units, 0) for units in differences),
	}
	return [
		{"label": label, "value": fmt_money(value, precision=0), "datatype": "Data"}
		for label, value in figures.items()
	]


def _columns() -> list[dict]:
	def column(
		fieldname: str, label: str, fieldtype: str = "Data", options: str | None = None, width: int = 110
	):
		return {
			"fieldname": fieldname,
			"label": label,
			"fieldtype": fieldtype,
			"options": options,
			"width": width,
		}

	return [
		column("national_lot", _("Lot"), "Link", "National Lot", 165),
		column("medicine_title", _("Medicine"), width=200),
		column("kind", _("Type")),
		column("sender_name", _("Sender"), width=190),
		column("receiver_name", _("Receiver"), width=190),
		column("document", _("Document"), width=160),
		column("sent", _("Sent"), "Int"),
		column("received", _("Received"), "Int"),
		column("difference", _("Difference"), "Int"),
		column("first_date", _("First Date"), "Date"),
		column("sender", _("Sender (ID)"), "Dynamic Link", "sender_type", 120),
		column("receiver", _("Receiver (ID)"), "Dynamic Link", "receiver_type", 120),
	]
