"""What a bundle's verification names, the site's names too: each plant is verified on the site, and in an export of it."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import frappe
from frappe.utils import now_datetime

from healthcare_erp.bundle.read import Bundle
from healthcare_erp.bundle.verification import verify as verify_bundle
from healthcare_erp.tests import factories
from healthcare_erp.traceability import export
from healthcare_erp.traceability.verification import verify as verification
from healthcare_erp.traceability.verification.test_verify import ForgingTestCase


def named_by_site() -> set[tuple[str, str]]:
	return {(defect["code"], defect["subject"]) for defect in verification.verify(limit=100_000)["defects"]}


def named_by_bundle() -> set[tuple[str, str]]:
	with tempfile.TemporaryDirectory() as folder:
		export.export(Path(folder) / "ledger")
		return {(d.code, d.subject) for d in verify_bundle(Bundle(Path(folder) / "ledger")).defects}


class TestBothVerifications(ForgingTestCase):
	def setUp(self):
		super().setUp()
		self.buyer = factories.pharmacy()
		self.imported = self.forge("Import", "In", 100)
		self.before = named_by_site(), named_by_bundle()

	def compare(self, code: str, plant: Callable, *args, **values) -> None:
		"""`code` is named by both, and by the site whatever else the bundle names."""
		with self.subTest(f"{code}: {args} {values}"):
			frappe.db.savepoint("planted")
			plant(*args, **values)
			found = zip((named_by_site(), named_by_bundle()), self.before, strict=True)
			site, bundle = ({code for code, _subject in now - before} for now, before in found)
			frappe.db.rollback(save_point="planted")
			self.assertIn(code, bundle)
			self.assertLessEqual(bundle, site)

	def test_rows_in_other_letters_are_named(self):
		sold = {"movement_type": "Sale", "direction": "Out"}
		sent = sold | {"movement_type": "B2B Out", "counterparty_type": "Pharmacy"}
		for code, values in (
			("unknown_movement_type", {"movement_type": "sale"}),
			("unknown_movement_type", {"movement_type": "Sale "}),
			("invalid_direction", {"direction": "out"}),
			("invalid_direction", {"movement_type": "Adjustment", "direction": "in"}),
			("unknown_facility", {"facility": self.holder.name.lower()}),
			("unknown_facility_type", {"facility_type": "pharmacy"}),
			("sequence_gap", {"national_lot": self.lot.name.lower()}),
			("unknown_lot", {"national_lot": self.lot.name.lower()}),
			("medicine_mismatch", {"national_medicine": self.lot.national_medicine.lower()}),
			("sequence_gap", {"warehouse": self.holder.warehouse.upper()}),
			("unknown_counterparty", sent | {"counterparty": self.buyer.name.lower()}),
			(
				"unknown_facility_type",
				sent | {"counterparty": self.buyer.name, "counterparty_type": "pharmacy"},
			),
			("unknown_movement", {"movement_type": "Import", "reversal_of": self.imported.lower()}),
			("invalid_reversal", {"movement_type": "import", "quantity": 100, "reversal_of": self.imported}),
		):
			self.compare(code, self.forge, **sold | values)

	def test_rows_that_lack_something_or_name_what_is_not_there_are_named(self):
		for code, values in (
			("missing_value", {"name": ""}),
			("missing_value", {"direction": None}),
			("missing_value", {"facility": ""}),
			("missing_value", {"warehouse": "", "movement_type": "Adjustment", "direction": "In"}),
			("missing_value", {"national_lot": "", "movement_type": "Adjustment", "direction": "In"}),
			("missing_value", {"facility_type": ""}),
			("medicine_mismatch", {"national_medicine": None}),
			("unknown_facility_type", {"counterparty_type": "Hospital"}),
			("unknown_counterparty", {"counterparty": self.buyer.name}),
			("unknown_counterparty", {"counterparty_type": "Hospital", "counterparty": self.buyer.name}),
		):
			self.compare(code, self.forge, **{"movement_type": "Sale", "direction": "Out"} | values)

	def test_rows_of_a_stopped_lot_in_other_letters_are_named(self):
		self.stop(self.lot, "Recall", hours=1)
		own = {"counterparty_type": "Pharmacy", "counterparty": self.holder.name.lower()}
		self.compare("lot_not_tradable", self.forge, "adjustment", "Out")
		self.compare("lot_not_tradable", self.forge, "B2B In", "In", **own)
		self.compare("return_beyond_sent", self.forge, "Return", "In", **own)

	def test_a_sale_in_the_last_year_of_the_calendar_is_named(self):
		self.compare("lot_not_tradable", self.forge, "Sale", "Out", creation="9999-12-31 00:00:00")

	def test_a_registry_that_lacks_something_is_named(self):
		lot, medicine = ("National Lot", self.lot.name), ("National Medicine", self.lot.national_medicine)
		holder = ("Pharmacy", self.holder.name)
		for code, (doctype, name), field, value in (
			("missing_value", lot, "expiry_date", None),
			("missing_value", lot, "lot_number", None),
			("missing_value", lot, "national_medicine", ""),
			("missing_value", holder, "facility_name", None),
			("unknown_status", lot, "status", "Magic"),
			("unknown_status", lot, "status", "active"),
			("unknown_status", medicine, "status", None),
			("unknown_medicine", lot, "national_medicine", medicine[1].lower()),
			("unknown_facility", holder, "warehouse", None),
			("unknown_facility", holder, "name", self.holder.name.lower()),
			("not_the_importer", lot, "importer", self.holder.name.lower()),
		):
			self.compare(code, frappe.db.set_value, doctype, name, field, value)

	def test_a_medicine_deleted_under_its_lots_is_named(self):
		self.compare(
			"unknown_medicine", frappe.db.delete, "National Medicine", {"name": self.lot.national_medicine}
		)

	def test_changes_of_status_without_sense_are_named(self):
		self.compare("unknown_status", self.change, "Magic", now_datetime())
		self.compare("unknown_status", self.change, "recalled", now_datetime())
		self.compare("missing_value", self.change, "Recalled", None)

	def change(self, status: str, happened_at) -> None:
		values = {
			"name": factories.hash_(),
			"reference_doctype": "National Lot",
			"reference_name": self.lot.name,
			"to_status": status,
			"happened_at": happened_at,
		}
		frappe.db.bulk_insert("Audit Entry", fields=list(values), values=[tuple(values.values())])
