"""A site's ledger as a bundle: the analysts' tool must give the site's own answers."""

import tempfile
from pathlib import Path

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_to_date, now_datetime

from healthcare_erp.bundle import tracing as bundle_tracing
from healthcare_erp.bundle.read import Bundle
from healthcare_erp.bundle.verification import verify
from healthcare_erp.core import audit
from healthcare_erp.core.audit import Entry
from healthcare_erp.tests import factories
from healthcare_erp.traceability import export, tracing


class TestExport(FrappeTestCase):
	def setUp(self):
		self.wholesaler, self.lot = factories.stocked(100)
		self.clinic = factories.public_facility(administrative_level=self.wholesaler.administrative_level)
		ends = {"reference_doctype": "B2B Order", "reference_name": f"ORDER-{self.lot.name}"}
		self.send(self.wholesaler, "B2B Out", 40, self.clinic, **ends)
		self.send(self.clinic, "B2B In", 35, self.wholesaler, **ends)
		sale = factories.record(self.clinic, self.lot.name, "Sale", 5)
		factories.record(self.clinic, self.lot.name, "Sale", 5, direction="In", reversal_of=sale.name)
		factories.record(self.clinic, self.lot.name, "Sale", 3)
		self.lot.reload()
		self.lot.transition("Recall", "defect")
		factories.record(self.clinic, self.lot.name, "Recall Removal", 32)
		self.folder = tempfile.TemporaryDirectory()
		self.addCleanup(self.folder.cleanup)

	def send(self, facility, movement_type, quantity, other, **ends):
		party = {"counterparty_type": other.doctype, "counterparty": other.name}
		factories.record(facility, self.lot.name, movement_type, quantity, **party, **ends)

	def exported(self) -> Bundle:
		out = Path(self.folder.name) / "ledger"
		export.export(out)
		return Bundle(out)

	def test_the_bundle_of_a_site_verifies(self):
		verdict = verify(self.exported())
		ours = [defect for defect in verdict.defects if self.lot.name in str(defect)]
		self.assertEqual(ours, [])
		self.assertEqual(verdict.movements, frappe.db.count("Stock Movement"))

	def test_the_bundle_traces_a_lot_as_the_site_does(self):
		site = tracing.get_trace(self.lot.name)
		traced = bundle_tracing.trace_lot(self.exported(), self.lot.name)
		self.assertEqual(traced.totals, site["totals"])
		self.assertEqual(
			{node.id: (node.quantity_in, node.quantity_out) for node in traced.graph.nodes.values()},
			{node["id"]: (node["quantity_in"], node["quantity_out"]) for node in site["nodes"]},
		)
		self.assertEqual(
			sorted((e.source, e.target, e.kind, e.quantity, e.unconfirmed) for e in traced.graph.edges),
			sorted(
				(e["source"], e["target"], e["kind"], e["quantity"], e["unconfirmed"]) for e in site["edges"]
			),
		)
		self.assertEqual(traced.totals["on_hand"], 60)
		self.assertEqual(traced.totals["unconfirmed"], 5)

	def test_a_sale_after_the_recall_is_a_defect_of_the_bundle(self):
		late = add_to_date(now_datetime(), hours=-1)
		before, after = {"status": "Active"}, {"status": "Recalled"}
		audit.write(Entry("National Lot", self.lot.name, "Recall", before, after, at=late))
		codes = {defect.code for defect in verify(self.exported()).defects}
		self.assertIn("lot_not_tradable", codes)
