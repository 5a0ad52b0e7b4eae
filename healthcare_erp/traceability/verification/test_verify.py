"""Forged rows, as somebody with the database's password could write them: each is named for what is wrong with it."""

from datetime import timedelta
from itertools import count
from unittest.mock import patch

import frappe
from frappe.utils import add_days, getdate, now_datetime

from healthcare_erp.domain.traceability.ledger import signed
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.verification import verify as verification

NUMBERS = count()  # names rise, as the ledger's own do
FUTURE = "2099-01-01 00:00:00"
# What is forged, and what it is called. The position's numbers and balances are right.
FORGED = (
	({"movement_type": "Magic"}, ["unknown_movement_type"]),
	({"movement_type": None}, ["missing_value"]),
	({"direction": "Sideways"}, ["invalid_direction"]),
	({"direction": None}, ["missing_value", "invalid_direction"]),
	({"direction": "In"}, ["invalid_direction"]),
	({"facility": "PHA-0"}, ["unknown_facility"]),
	({"facility_type": "Public Facility"}, ["unknown_facility"]),
	({"national_medicine": "MED-0"}, ["medicine_mismatch"]),
	({"national_medicine": None}, ["missing_value", "medicine_mismatch"]),
	({"counterparty_type": "Pharmacy", "counterparty": "PHA-0"}, ["unknown_counterparty"]),
	({"counterparty": "PHA-0"}, ["unknown_counterparty"]),
	({"posting_datetime": None}, ["missing_value"]),
	({"posting_datetime": FUTURE}, ["posted_after_recording"]),
	({"creation": FUTURE}, ["recorded_in_future", "lot_not_tradable"]),
	({"creation": None}, ["missing_value"]),
	({"posting_datetime": "2020-01-01 00:00:00"}, ["before_manufacture"]),
	({"posting_datetime": "0900-01-01 00:00:00"}, ["before_manufacture"]),
	({"idempotency_key": ""}, ["missing_value"]),
	({"reversal_of": "NONE", "direction": "In"}, ["unknown_movement"]),
)


class ForgingTestCase(SiteTestCase):
	def setUp(self):
		self.holder = factories.wholesaler()
		self.lot = factories.lot(manufacture_date=add_days(getdate(), -100))

	def forge(self, movement_type: str, direction: str, quantity: int = 1, **values) -> str:
		"""Insert a row that stands where it should in its position; returns its name."""
		now = now_datetime()
		row = {
			"name": f"FORGED-{next(NUMBERS):06}-{factories.hash_()}",
			"creation": now,
			"posting_datetime": values.get("creation") or now,
			"movement_type": movement_type,
			"direction": direction,
			"quantity": quantity,
			"warehouse": self.holder.warehouse,
			"facility_type": "Pharmacy",
			"facility": self.holder.name,
			"national_lot": self.lot.name,
			"national_medicine": self.lot.national_medicine,
			"idempotency_key": factories.hash_(),
		}
		row |= values
		key = {"warehouse": row["warehouse"], "national_lot": row["national_lot"]}
		head = {"order_by": "position_sequence desc", "as_dict": True}
		last = frappe.db.get_value("Stock Movement", key, ["position_sequence", "balance_after"], **head)
		last = last or frappe._dict(position_sequence=0, balance_after=0)
		row["position_sequence"] = last.position_sequence + 1
		row["balance_after"] = last.balance_after + signed(row["direction"], quantity)
		frappe.db.bulk_insert("Stock Movement", fields=list(row), values=[tuple(row.values())])
		return row["name"]

	def named(self, name: str) -> list[str]:
		"""Codes of the defects of one row."""
		return [
			defect["code"]
			for defect in verification.verify(limit=100_000)["defects"]
			if name in (defect["subject"], defect["detail"].get("movement"))
		]

	def stop(self, doc, action: str, **ago) -> None:
		at = now_datetime() - timedelta(**ago)
		with patch("healthcare_erp.core.audit.writer.now_datetime", return_value=at):
			frappe.get_doc(doc.doctype, doc.name).transition(action, "test")


class TestForgedRows(ForgingTestCase):
	def test_each_is_named(self):
		self.forge("Import", "In", 100)
		for values, codes in FORGED:
			with self.subTest(values):
				frappe.db.savepoint("forged")
				self.assertEqual(
					self.named(self.forge(**{"movement_type": "Sale", "direction": "Out"} | values)), codes
				)
				frappe.db.rollback(save_point="forged")

	def test_unknown_lot_and_warehouse_are_named(self):
		for values, code in (
			({"national_lot": "NO LOT"}, "unknown_lot"),
			({"warehouse": "Nowhere"}, "unknown_warehouse"),
		):
			self.assertEqual(self.named(self.forge("Adjustment", "In", **values)), [code])

	def test_warehouse_of_a_facility_that_is_not_there_is_named(self):
		self.forge("Import", "In", facility="PHA-0")
		frappe.db.set_value("Warehouse", self.holder.warehouse, "healthcare_facility", "PHA-0")
		subjects = [
			d["subject"] for d in verification.verify(100_000)["defects"] if d["code"] == "unknown_facility"
		]
		self.assertIn(self.holder.warehouse, subjects)

	def test_facility_whose_own_warehouse_is_not_its_own_is_named(self):
		other = factories.pharmacy()
		for warehouse in ("Nowhere", other.warehouse):
			frappe.db.set_value("Pharmacy", other.name, "warehouse", None)
			frappe.db.set_value("Pharmacy", self.holder.name, "warehouse", warehouse)
			found = {
				(defect["code"], defect["subject"]) for defect in verification.verify(100_000)["defects"]
			}
			self.assertIn(("unknown_facility", f"Pharmacy {self.holder.name}"), found)

	def test_days_that_no_calendar_has_are_named(self):
		[[mode]] = frappe.db.sql("SELECT @@SESSION.sql_mode")
		self.addCleanup(frappe.db.sql, "SET SESSION sql_mode = %s", mode)
		frappe.db.sql("SET SESSION sql_mode = ''")
		frappe.db.set_value("National Lot", self.lot.name, "expiry_date", "0000-00-00")
		event = {"name": factories.hash_(), "reference_doctype": "National Lot", "to_status": "Recalled"}
		event |= {"reference_name": self.lot.name, "happened_at": "0000-00-00 00:00:00"}
		frappe.db.bulk_insert("Audit Entry", fields=list(event), values=[tuple(event.values())])
		found = {(defect["code"], defect["subject"]) for defect in verification.verify(100_000)["defects"]}
		expected = {f"National Lot {self.lot.name}", f"Audit Entry {event['name']}"}
		self.assertLessEqual({("missing_value", subject) for subject in expected}, found)

	def test_reversal_that_is_no_mirror_is_named(self):
		imported = self.forge("Import", "In", 100)
		self.assertEqual(
			self.named(self.forge("Import", "Out", 99, reversal_of=imported)), ["invalid_reversal"]
		)

	def test_honest_rows_are_no_defects(self):
		imported = self.forge("Import", "In", 100)
		undone = self.forge("Import", "Out", 100, reversal_of=imported)
		other = factories.pharmacy()
		bought = self.forge("B2B In", "In", counterparty_type="Pharmacy", counterparty=other.name)
		self.assertEqual([self.named(name) for name in (imported, undone, bought)], [[], [], []])


class TestStoppedLots(ForgingTestCase):
	def setUp(self):
		super().setUp()
		self.forge("Import", "In", 100, creation=now_datetime() - timedelta(days=10))

	def test_a_recalled_lot_that_was_received_or_sold_is_named(self):
		self.stop(self.lot, "Recall", hours=1)
		for way in (("B2B In", "In"), ("Sale", "Out"), ("B2B Out", "Out")):
			self.assertEqual(self.named(self.forge(*way)), ["lot_not_tradable"])

	def test_a_lot_of_a_blocked_medicine_that_was_sold_is_named(self):
		self.stop(frappe.get_doc("National Medicine", self.lot.national_medicine), "Block", hours=1)
		self.assertEqual(self.named(self.forge("Sale", "Out")), ["medicine_blocked"])

	def test_an_expired_lot_that_was_sold_is_named_whether_the_daily_job_has_run_or_not(self):
		factories.age(self.lot, add_days(getdate(), -1))
		self.assertEqual(self.named(self.forge("Sale", "Out")), ["lot_not_tradable"])

	def test_stopped_goods_that_came_back_from_nobody_are_named(self):
		self.stop(self.lot, "Recall", hours=1)
		other = {"counterparty_type": "Pharmacy", "counterparty": factories.pharmacy().name}
		self.assertEqual(self.named(self.forge("Return", "In", **other)), ["return_beyond_sent"])

	def test_what_is_lawful_for_a_stopped_lot_is_no_defect(self):
		"""Destroyed, removed, given back, put apart; sold before and reported late; taken back from whom it was sent to."""
		buyer = {"counterparty_type": "Pharmacy", "counterparty": factories.pharmacy().name}
		earlier = now_datetime() - timedelta(hours=2)
		rows = [self.forge("B2B Out", "Out", 5, creation=earlier, **buyer)]
		self.stop(self.lot, "Recall", hours=1)
		rows += [self.forge(kind, "Out") for kind in ("Adjustment", "Recall Removal", "Return")]
		rows += [self.forge("Internal Transfer", way) for way in ("Out", "In")]
		rows.append(self.forge("Sale", "Out", posting_datetime=earlier, reported_late=1))
		rows.append(self.forge("Return", "In", 5, **buyer))
		self.assertEqual([self.named(name) for name in rows], [[]] * len(rows))

	def test_an_expired_lot_that_was_destroyed_is_no_defect(self):
		factories.age(self.lot, add_days(getdate(), -1))
		self.assertEqual(self.named(self.forge("Adjustment", "Out")), [])

	def test_a_lot_that_was_released_again_moves(self):
		self.stop(self.lot, "Block", hours=2)
		self.stop(self.lot, "Unblock", hours=1)
		self.assertEqual(self.named(self.forge("Sale", "Out")), [])
