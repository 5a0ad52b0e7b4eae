"""Before the DocTypes are synchronised: fields that tie two documents become unique, and Frappe's own migration would
stop at the first value that two documents share, without a word of which."""

import frappe
from frappe import _

from healthcare_erp.domain.fixed_fields import FIXED

TIES = [
	(doctype, field) for doctype, fields in FIXED.items() for field, fixed in fields.items() if fixed.unique
]


def execute() -> None:
	shared = [line for doctype, field in TIES for line in _shared(doctype, field)]
	if shared:
		lines = "\n".join(shared)
		# nosemgrep (no text is split here)
		sentence = _("These values belong to one document only: decide which, then migrate again.\n{0}")
		frappe.throw(sentence.format(lines))


def _shared(doctype: str, field: str) -> list[str]:
	"""One line for each value that several documents have. Empty texts become none: those are no value."""
	if not frappe.db.has_column(doctype, field):
		return []
	frappe.db.sql(f"UPDATE `tab{doctype}` SET `{field}` = NULL WHERE `{field}` = ''")  # nosec B608 # constants only
	rows = frappe.db.sql(
		f"""SELECT `{field}`, GROUP_CONCAT(name ORDER BY name SEPARATOR ', ') FROM `tab{doctype}`
		WHERE `{field}` IS NOT NULL GROUP BY `{field}` HAVING COUNT(*) > 1 LIMIT 20"""  # nosec B608 # constants only
	)
	return [f"{doctype}, {field}: {value} ({names})" for value, names in rows]
