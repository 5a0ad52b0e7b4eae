"""Facilities that were approved before there were national codes have theirs, in the order of their approval."""

import frappe

from healthcare_erp.core import audit
from healthcare_erp.domain.audit import Action
from healthcare_erp.domain.vocabulary import FACILITY_TYPES
from healthcare_erp.licensing import national_codes

_APPROVED = """SELECT facility.name, facility.administrative_level FROM `tab{doctype}` facility
	LEFT JOIN `tabAudit Entry` entry ON entry.reference_doctype = %(doctype)s
		AND entry.reference_name = facility.name AND entry.action = 'Approve'
	WHERE facility.status NOT IN ('Pending', 'Rejected') AND COALESCE(facility.national_code, '') = ''
	GROUP BY facility.name ORDER BY MIN(COALESCE(entry.happened_at, facility.creation)), facility.name"""


def execute() -> None:
	for doctype in FACILITY_TYPES:
		rows = frappe.db.sql(_APPROVED.format(doctype=doctype), {"doctype": doctype})
		if not rows:
			continue
		codes = national_codes.next_codes(doctype, [place for _name, place in rows])
		given = {name: {"national_code": code} for (name, _place), code in zip(rows, codes, strict=True)}
		frappe.db.bulk_update(doctype, given, update_modified=False)
		audit.write_many(
			[audit.Entry(doctype, name, Action.UPDATE, {}, values) for name, values in given.items()]
		)
