"""A lot's trace as a file, over `/api/method/healthcare_erp.api.trace_export.<method>`."""

from datetime import datetime

import frappe
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.utils.pdf import get_pdf

from healthcare_erp.api.parsing import checked_arguments
from healthcare_erp.api.rates import limited
from healthcare_erp.api.traceability import get_full_trace
from healthcare_erp.traceability.tracing import report as trace_report


@frappe.whitelist(methods=["GET"])
@checked_arguments
def download_csv(
	lot: str,
	facility: str | None = None,
	direction: str = "both",
	as_of: str | datetime | None = None,
) -> None:
	"""Every flow of the trace as CSV (UTF-8 with a mark, so that spreadsheets see accents)."""
	trace = _trace("CSV", lot, facility, direction, as_of)
	frappe.response.update(type="csv", doctype=_file_name(trace), result=trace_report.csv_text(trace))


@frappe.whitelist(methods=["GET"])
@checked_arguments
def download_pdf(
	lot: str,
	facility: str | None = None,
	direction: str = "both",
	as_of: str | datetime | None = None,
) -> None:
	"""The trace as a PDF to read and sign: the lot, the sums, the holders, the flows between facilities."""
	trace = _trace("PDF", lot, facility, direction, as_of)
	pages = _pages(trace)
	frappe.response.update(type="pdf", filename=f"{_file_name(trace)}.pdf", filecontent=pages)


@limited(limit=120, seconds=60 * 60)
def _pages(trace: dict) -> bytes:
	return get_pdf(trace_report.html(trace), trace_report.PDF_OPTIONS)


def _trace(file_type: str, *question) -> dict:
	"""The trace, if the caller may read it; that it left the site is written to the Access Log."""
	trace = get_full_trace(*question)
	make_access_log(doctype="National Lot", document=trace["lot"]["name"], file_type=file_type, page="trace")
	return trace


def _file_name(trace: dict) -> str:
	return "trace-" + trace["lot"]["name"].replace("/", "-")
