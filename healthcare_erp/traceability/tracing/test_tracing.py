"""The trace on a real ledger: equal to a naive recomputation, net of reversals, as of a moment, from any code."""

import random
from collections import Counter

import frappe
from frappe.utils import add_to_date, now_datetime

from healthcare_erp.api import traceability
from healthcare_erp.core import exceptions as errors
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability import tracing

GTIN = "08901234567890"


def node_of(facility) -> str:
	return f"{facility.doctype}:{facility.name}"


def send(
	sender, receiver, lot: str, quantity: int, arrived: int | None = None, order: str = "ORDER-1", **both
):
	"""Both ends of a transfer; the receiver writes what arrived."""
	document = {"reference_doctype": "B2B Order", "reference_name": order, **both}
	other = {"counterparty_type": receiver.doctype, "counterparty": receiver.name}
	out = factories.record(sender, lot, "B2B Out", quantity, **document, **other)
	if arrived != 0:
		other = {"counterparty_type": sender.doctype, "counterparty": sender.name}
		factories.record(receiver, lot, "B2B In", arrived or quantity, **document, **other)
	return out


class TestGraph(SiteTestCase):
	def setUp(self):
		self.north, self.south = factories.province(), factories.province()
		commune = factories.commune(self.north)
		self.importer = factories.wholesaler(administrative_level=commune.name)
		self.pharmacy = factories.pharmacy(administrative_level=self.south.name)
		self.clinic = factories.public_facility(administrative_level=self.south.name)
		self.lot = factories.lot().name
		factories.record(self.importer, self.lot, "Import", 100)

	def node(self, found: dict, facility) -> dict:
		[node] = [node for node in found["nodes"] if node["id"] == node_of(facility)]
		return node

	def test_random_histories_equal_a_naive_recomputation(self):
		chance = random.Random(7)
		facilities = [self.importer, self.pharmacy, self.clinic]
		held = Counter({self.importer.name: 100})
		for turn in range(60):
			sender, receiver = chance.sample(facilities, 2)
			quantity = chance.randint(1, 15)
			if held[sender.name] < quantity:
				continue
			held[sender.name] -= quantity
			if chance.random() < 0.6:
				arrived = chance.randint(0, quantity)
				send(sender, receiver, self.lot, quantity, arrived, f"ORDER-{turn % 5}")
				held[receiver.name] += arrived
			else:
				factories.record(sender, self.lot, "Sale", quantity)
		self.assert_equals_rows(tracing.get_trace(self.lot), held)

	def assert_equals_rows(self, found: dict, held: Counter) -> None:
		rows = frappe.get_all("Stock Movement", filters={"national_lot": self.lot}, fields="*")
		for facility in (self.importer, self.pharmacy, self.clinic):
			mine = [row for row in rows if row.facility == facility.name]
			node = self.node(found, facility)
			for direction, key in (("In", "quantity_in"), ("Out", "quantity_out")):
				self.assertEqual(node[key], sum(row.quantity for row in mine if row.direction == direction))
			self.assertEqual(node["on_hand"], held[facility.name])
		self.assertEqual(found["totals"]["on_hand"], sum(held.values()))
		dispensed = sum(row.quantity for row in rows if row.movement_type == "Sale")
		self.assertEqual(found["totals"]["dispensed"], dispensed)
		self.assert_edges_equal_rows(found["edges"], rows)

	def assert_edges_equal_rows(self, edges: list[dict], rows: list) -> None:
		expected = Counter()
		for row in rows:
			other = f"{row.counterparty_type}:{row.counterparty}" if row.counterparty else "outside"
			key = (f"{row.facility_type}:{row.facility}", other, row.reference_name, row.direction)
			expected[key] += row.quantity
		found = Counter()
		for edge in edges:
			source, target = (
				"outside" if end.startswith("outside:") else end for end in (edge["source"], edge["target"])
			)
			found[(source, target, edge["document"], "Out")] += edge["sent"] or 0
			found[(target, source, edge["document"], "In")] += edge["received"] or 0
		self.assertEqual(+found, +expected)

	def test_holders_are_grouped_by_province(self):
		send(self.importer, self.pharmacy, self.lot, 30)
		send(self.importer, self.clinic, self.lot, 25)
		found = tracing.get_trace(self.lot)
		shown = [
			(group["province"], group["quantity"], [f["on_hand"] for f in group["facilities"]])
			for group in found["holders"]
		]
		south, north = self.south.level_name, self.north.level_name
		self.assertEqual(shown, [(south, 55, [30, 25]), (north, 45, [45])])

	def test_units_that_did_not_arrive_are_unconfirmed(self):
		send(self.importer, self.pharmacy, self.lot, 30, arrived=28)
		send(self.importer, self.clinic, self.lot, 10, arrived=0)
		found = tracing.get_trace(self.lot)
		self.assertEqual(found["totals"]["unconfirmed"], 12)
		self.assertEqual(found["totals"]["on_hand"], 88)

	def test_a_reversed_movement_leaves_no_trace(self):
		before = tracing.get_trace(self.lot)
		sale = factories.record(self.importer, self.lot, "Sale", 4)
		out = send(self.importer, self.clinic, self.lot, 10, arrived=0)
		for recorded, kind, quantity in ((sale, "Sale", 4), (out, "B2B Out", 10)):
			factories.record(
				self.importer, self.lot, kind, quantity, direction="In", reversal_of=recorded.name
			)
		after = tracing.get_trace(self.lot)
		for key in ("nodes", "edges", "holders", "totals"):
			self.assertEqual(after[key], before[key], key)

	def test_as_of_shows_what_was_known_to_have_happened_by_then(self):
		earlier, noon = (add_to_date(now_datetime(), days=-days) for days in (3, 2))
		factories.record(self.importer, self.lot, "Import", 7, posting_datetime=earlier)
		sale = factories.record(self.importer, self.lot, "Sale", 5, posting_datetime=earlier)
		factories.record(self.importer, self.lot, "Sale", 5, direction="In", reversal_of=sale.name)
		found = tracing.get_trace(self.lot, as_of=noon)
		self.assertEqual((found["totals"]["imported"], found["totals"]["dispensed"]), (7, 5))
		found = tracing.get_trace(self.lot)
		self.assertEqual((found["totals"]["imported"], found["totals"]["dispensed"]), (107, 0))
		self.assertEqual(tracing.get_trace(self.lot, as_of=add_to_date(earlier, days=-1))["nodes"], [])

	def test_walk_forward_and_backward(self):
		send(self.importer, self.pharmacy, self.lot, 30)
		send(self.pharmacy, self.clinic, self.lot, 10, order="ORDER-2")
		other = factories.wholesaler()
		factories.record(other, self.lot, "Import", 5)

		def walked(direction: str) -> set[str]:
			found = traceability.get_full_trace(self.lot, node_of(self.pharmacy), direction)
			return {node["facility"] for node in found["nodes"] if not node["outside"]}

		self.assertEqual(walked("forward"), {self.pharmacy.name, self.clinic.name})
		self.assertEqual(walked("backward"), {self.importer.name, self.pharmacy.name})
		self.assertEqual(walked("both"), {self.importer.name, self.pharmacy.name, self.clinic.name})
		self.assertRefused(errors.InvalidRequestError, walked, "sideways", status=400)

	def test_a_lot_that_never_moved_has_an_empty_graph(self):
		found = tracing.get_trace(factories.lot().name)
		self.assertEqual((found["nodes"], found["edges"], found["holders"]), ([], [], []))
		self.assertEqual(found["totals"]["on_hand"], 0)

	def test_status_is_the_one_that_counts_today(self):
		lot = factories.lot(expires_in=-1)
		self.assertEqual(tracing.get_trace(lot.name)["lot"]["status"], "Expired")

	def test_number_of_queries_does_not_grow_with_the_lot(self):
		for turn in range(12):
			send(self.importer, factories.pharmacy(), self.lot, 2, order=f"ORDER-{turn}")
		with self.assertQueryCount(8):
			tracing.get_trace(self.lot)


class TestFindLot(SiteTestCase):
	def setUp(self):
		self.medicine = factories.medicine(gtin=GTIN)
		self.lot = factories.lot(self.medicine.name, lot_number=f"T{factories.hash_()}")

	def test_each_code_that_means_the_lot(self):
		number, expiry = self.lot.lot_number, self.lot.expiry_date.strftime("%y%m%d")
		for code in (
			self.lot.name,
			self.lot.name.lower(),
			f"  {self.lot.name} ",
			self.lot.batch,
			number,
			number.lower(),
			f"(01){GTIN}(17){expiry}(10){number}",
			f"01{GTIN}17{expiry}10{number}",
			f"]d201{GTIN}17{expiry}10{number}\x1d21SERIAL",
			f"01{GTIN}10{number}\x1d17{expiry}",
			f"https://id.gs1.org/01/{GTIN}/10/{number}",
		):
			with self.subTest(code):
				self.assertEqual(tracing.find_lot(code), self.lot.name)

	def test_a_number_of_several_medicines_is_ambiguous(self):
		other = factories.lot(lot_number=self.lot.lot_number)
		said = self.assertRefused(
			errors.InvalidRequestError, tracing.find_lot, self.lot.lot_number, status=400
		)
		self.assertIn(self.lot.name, said)
		self.assertIn(other.name, said)
		code = f"(01){GTIN}(10){self.lot.lot_number}"
		self.assertEqual(tracing.find_lot(code), self.lot.name)

	def test_what_means_no_lot_is_unknown(self):
		for code in ("", "  ", "no such lot", f"(01){GTIN}(10)OTHER", f"(01){GTIN}", "%", "(01)1"):
			with self.subTest(code):
				self.assertRefused(errors.UnknownLotError, tracing.find_lot, code, status=404)
