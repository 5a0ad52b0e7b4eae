"""What the report lists as doubtful: net of reversals and parts, and the same as the traces of all lots say."""

from datetime import datetime, timedelta

import pytest

from healthcare_erp.bundle import discrepancies
from healthcare_erp.bundle.read import Bundle
from healthcare_erp.bundle.schema import TABLES
from healthcare_erp.bundle.tracing import trace_lot

from .conftest import write_tables

START = datetime(2026, 3, 1, 8)
LOT, SELLER, BUYER = "LOT-1", "PHA-1", "PHA-2"


class Ledger:
	"""Movements of one lot; each is an hour later than the one before it."""

	def __init__(self):
		self.rows: list[dict] = []

	def add(
		self, facility: str, kind: str, way: str, quantity: int, other=None, document=None, **values
	) -> str:
		name = f"M-{len(self.rows) + 1}"
		at = START + timedelta(hours=len(self.rows))
		row = dict.fromkeys(TABLES["movements"]) | {
			"name": name,
			"idempotency_key": name,
			"movement_type": kind,
			"direction": way,
			"quantity": quantity,
			"facility_type": "Pharmacy",
			"facility": facility,
			"national_lot": LOT,
			"counterparty_type": other and "Pharmacy",
			"counterparty": other,
			"reference_doctype": document and document.split("-")[0],
			"reference_name": document,
			"posting_datetime": at,
			"creation": at,
		}
		self.rows.append(row | values)
		return name

	def reverse(self, name: str) -> None:
		[original] = [row for row in self.rows if row["name"] == name]
		opposite = {"In": "Out", "Out": "In"}[original["direction"]]
		self.rows.append(original | {"name": f"{name}-R", "direction": opposite, "reversal_of": name})

	def sent(self, quantity: int, note: str) -> str:
		return self.add(SELLER, "B2B Out", "Out", quantity, BUYER, note)

	def received(self, quantity: int, receipt: str) -> str:
		return self.add(BUYER, "B2B In", "In", quantity, SELLER, receipt)


@pytest.fixture
def ledger():
	return Ledger()


@pytest.fixture
def opened(ledger, tmp_path):
	"""Call when the ledger is written: the bundle of it."""

	def open_() -> Bundle:
		lot = dict.fromkeys(TABLES["lots"]) | {"name": LOT, "lot_number": LOT}
		tables = {table: [] for table in TABLES} | {"lots": [lot], "movements": ledger.rows}
		return Bundle(write_tables(tmp_path / "bundle", tables))

	return open_


def disagreeing(bundle: Bundle) -> list[tuple]:
	rows = discrepancies.disagreeing_transfers(bundle)
	return [(row["document"], row["sent"], row["received"]) for row in rows]


def test_a_note_received_in_parts_and_a_receipt_typed_first_are_no_doubt(ledger, opened):
	ledger.sent(50, "DN-1")
	ledger.received(30, "PR-1")
	ledger.received(20, "PR-2")
	ledger.received(10, "PR-3")
	ledger.sent(10, "DN-2")
	assert disagreeing(opened()) == []


def test_a_short_delivery_is_listed_under_the_note_with_what_arrived(ledger, opened):
	ledger.sent(50, "DN-1")
	ledger.received(45, "PR-1")
	bundle = opened()
	assert disagreeing(bundle) == [("DN-1", 50, 45)]
	assert trace_lot(bundle, LOT).totals["unconfirmed"] == 5


def test_a_cancelled_receipt_has_not_arrived(ledger, opened):
	ledger.sent(50, "DN-1")
	ledger.reverse(ledger.received(50, "PR-1"))
	assert disagreeing(opened()) == [("DN-1", 50, 0)]


def test_what_was_never_sent_is_listed_under_the_receipt(ledger, opened):
	ledger.received(7, "PR-1")
	ledger.add(BUYER, "Return", "Out", 3, SELLER, "PR-2")
	ledger.add(SELLER, "Return", "In", 3, BUYER, "DN-1")
	assert disagreeing(opened()) == [("PR-1", 0, 7)]


def test_a_sale_to_a_facility_that_did_not_record_it_is_listed_as_its_trace_has_it(ledger, opened):
	ledger.add(SELLER, "Sale", "Out", 4, BUYER, "SINV-1")
	bundle = opened()
	assert disagreeing(bundle) == [("SINV-1", 4, 0)]
	assert [edge.unconfirmed for edge in trace_lot(bundle, LOT).unconfirmed] == [4]


def test_the_list_of_a_nation_is_what_the_traces_of_its_lots_say(nation):
	with Bundle(nation) as bundle:
		listed = [
			(row["lot"], row["sender"], row["receiver"], row["document"], row["sent"] - row["received"])
			for row in discrepancies.disagreeing_transfers(bundle)
		]
		traced = [
			(lot, edge.source, edge.target, edge.document.partition(":")[2], edge.unconfirmed)
			for (lot,) in bundle.rows("SELECT name FROM lots")
			for edge in trace_lot(bundle, lot).unconfirmed
		]
	assert listed
	assert sorted(listed) == sorted(traced)


class TestStockFromNowhere:
	def found(self, bundle: Bundle) -> list[tuple]:
		rows = discrepancies.stock_from_nowhere(bundle)
		return [(row["facility"], row["found"], row["sold"]) for row in rows]

	def test_a_recount_that_takes_all_out_and_puts_it_back_found_nothing(self, ledger, opened):
		ledger.add(SELLER, "Adjustment", "In", 90)
		ledger.add(SELLER, "Adjustment", "Out", 90)
		assert self.found(opened()) == []

	def test_what_was_found_is_counted_net(self, ledger, opened):
		ledger.add(SELLER, "Adjustment", "In", 500)
		ledger.add(SELLER, "Adjustment", "Out", 500)
		ledger.add(SELLER, "Adjustment", "In", 300)
		ledger.add(SELLER, "Sale", "Out", 20)
		ledger.reverse(ledger.add(SELLER, "Sale", "Out", 5))
		assert self.found(opened()) == [(f"Pharmacy:{SELLER}", 300, 20)]

	def test_a_count_that_was_cancelled_found_nothing(self, ledger, opened):
		ledger.reverse(ledger.add(SELLER, "Adjustment", "In", 90))
		assert self.found(opened()) == []

	def test_an_arrival_that_was_cancelled_did_not_arrive(self, ledger, opened):
		ledger.reverse(ledger.add(SELLER, "Import", "In", 100))
		ledger.add(SELLER, "Adjustment", "In", 90)
		assert self.found(opened()) == [(f"Pharmacy:{SELLER}", 90, 0)]

	def test_a_count_within_what_arrived_is_no_doubt(self, ledger, opened):
		ledger.add(SELLER, "Import", "In", 100)
		ledger.add(SELLER, "Return", "Out", 100)
		ledger.add(SELLER, "Adjustment", "In", 100)
		assert self.found(opened()) == []
