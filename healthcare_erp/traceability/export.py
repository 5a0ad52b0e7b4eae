"""The site's ledger as a bundle (`healthcare_erp.bundle`), for analysts and auditors without a bench."""

from collections.abc import Callable, Iterator
from pathlib import Path

import frappe

from healthcare_erp import __version__
from healthcare_erp.bundle.manifest import Manifest
from healthcare_erp.bundle.schema import TABLES
from healthcare_erp.bundle.write import write_bundle
from healthcare_erp.core.facility_directory import facilities
from healthcare_erp.core.settings import get_ledger_settings
from healthcare_erp.domain.vocabulary import FACILITY_TYPES

_EVENTS = """SELECT reference_name, to_status, happened_at FROM `tabAudit Entry`
WHERE reference_doctype = '{doctype}' AND to_status > '' ORDER BY happened_at, creation"""

# Table of the bundle, but for facilities -> query whose columns are the table's, in order. Movements go by name: order of writing.
QUERIES = {
	"medicines": """SELECT name, atc_code, inn, dosage_form, strength, pack, authorised_price, status
		FROM `tabNational Medicine` ORDER BY name""",
	"lots": """SELECT name, national_medicine, lot_number, manufacture_date, expiry_date, quantity_imported,
		importer, status FROM `tabNational Lot` ORDER BY name""",
	"lot_events": _EVENTS.format(doctype="National Lot"),
	"medicine_events": _EVENTS.format(doctype="National Medicine"),
	"movements": f"SELECT {', '.join(TABLES['movements'])} FROM `tabStock Movement` ORDER BY name",  # nosec B608 # constants only
}


def export(
	out: Path, file_format: str = "parquet", progress: Callable[[str, int], None] | None = None
) -> Manifest:
	"""Write the whole ledger, as one consistent snapshot, to the folder `out`.

	:raises BundleError: where `out` is something other than a bundle or cannot be written.
	"""
	return write_bundle(
		out,
		{table: _rows(query) for table, query in {"facilities": _facilities(), **QUERIES}.items()},
		created_by=f"healthcare_erp {__version__} export-ledger",
		parameters={
			"site": frappe.local.site,
			"import_tolerance": get_ledger_settings().import_tolerance,
		},
		file_format=file_format,
		progress=progress,
	)


def _facilities() -> str:
	every = " UNION ALL ".join(facilities(facility_type).get_sql() for facility_type in FACILITY_TYPES)
	return f"SELECT {', '.join(TABLES['facilities'])} FROM ({every}) facility WHERE warehouse IS NOT NULL"  # nosec B608 # constants only


def _rows(query: str) -> Iterator[list]:
	"""Rows as they come from the server: a ledger need not fit into memory."""
	with frappe.db.unbuffered_cursor():
		yield from frappe.db.sql(query, as_list=True, as_iterator=True)
