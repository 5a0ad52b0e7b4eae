"""The report of a register's import as text for a terminal."""

from collections.abc import Iterator

from frappe import _

from healthcare_erp.medicine_registry.register import Report

SHOWN_REASONS = 10
SHOWN_LINES = 8


def lines(report: Report) -> Iterator[str]:
	"""The report, line by line: counts, reasons, what needs somebody's eye, where the rejected rows are."""
	if report.dry_run:
		yield _("Dry run: nothing was written.")
	yield _("{0} rows: {1} created, {2} updated, {3} unchanged, {4} rejected").format(
		report.rows, report.created, report.updated, report.unchanged, len(report.rejected)
	)
	yield from _reasons(report)
	yield from _notices(report)
	if report.ignored_columns:
		yield _("Columns not read: {0}").format(", ".join(report.ignored_columns))
	if report.rejected_path:
		yield _("Rejected rows with their reasons: {0}").format(report.rejected_path)


def _reasons(report: Report) -> Iterator[str]:
	reasons = report.reasons()
	for reason, count in reasons.most_common(SHOWN_REASONS):
		yield "  " + _("rejected {0} ×: {1}").format(count, reason)
	if len(reasons) > SHOWN_REASONS:
		yield "  " + _("... and {0} more reasons").format(len(reasons) - SHOWN_REASONS)


def _notices(report: Report) -> Iterator[str]:
	sentences = _notice_sentences()
	for code, numbers in sorted(report.notices.items(), key=lambda notice: -len(notice[1])):
		shown = ", ".join(map(str, numbers[:SHOWN_LINES])) + (", ..." if len(numbers) > SHOWN_LINES else "")
		yield "  " + _("to check {0} ×: {1} (lines {2})").format(len(numbers), sentences[code], shown)


def _notice_sentences() -> dict[str, str]:
	return {
		"atc_code_missing": _("no ATC code: see the list To Classify"),
		"strength_without_unit": _(
			"the strength is a number without a unit (a percentage that a spreadsheet changed?)"
		),
		"damaged_text": _("a character was lost (?) before the file was made"),
		"country_number": _("the country is a number, which only its own register can read: left empty"),
		"registration_number_shared": _("another medicine has the same registration number"),
		"registration_number_unusual": _("the registration number is not written like the others"),
		"month_first": _("the date is read with the month first, as other dates of the file prove"),
		"stays_blocked": _("the register says Authorized, the registry Blocked: it stays Blocked"),
	}
