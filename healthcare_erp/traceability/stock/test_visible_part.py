"""What somebody is shown who may see a part of a lot's places: never a zero or a sum that passes for the truth."""

import random

from healthcare_erp.api import traceability
from healthcare_erp.domain.traceability.trace.account import SOURCES, USES
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.tracing import report as trace_report

ROLE = "Pharmacy Manager"


def node_of(facility) -> str:
	return f"{facility.doctype}:{facility.name}"


def end(facility) -> dict:
	return {"counterparty_type": facility.doctype, "counterparty": facility.name}


class PartTestCase(SiteTestCase):
	"""An importer in the north delivers to two pharmacies in the south, and one of them passes some on."""

	def setUp(self):
		self.north, self.south = factories.province(), factories.province()
		self.importer = factories.wholesaler(administrative_level=factories.commune(self.north).name)
		self.near, self.far = (factories.pharmacy(administrative_level=self.south.name) for _turn in range(2))
		self.lot = factories.lot().name
		factories.record(self.importer, self.lot, "Import", 100)
		self.deliver(self.importer, self.near, 40, "NOTE-1")
		self.deliver(self.importer, self.far, 30, "NOTE-2")
		self.deliver(self.near, self.far, 10, "NOTE-3")
		factories.record(self.far, self.lot, "Sale", 7, reference_name="TILL-1")

	def deliver(self, sender, receiver, quantity: int, note: str) -> None:
		document = {"reference_doctype": "Delivery Note", "reference_name": note}
		factories.record(sender, self.lot, "B2B Out", quantity, **document, **end(receiver))
		factories.record(receiver, self.lot, "B2B In", quantity, **document, **end(sender))

	def seen_by(self, *scope, **question) -> dict:
		"""The trace as a manager sees it: of the country, of a (doctype, name), or with None of nothing."""
		[granted] = scope or [None]
		with self.set_user(factories.user(ROLE, scope=granted)):
			return traceability.get_full_trace(self.lot, **question)

	def near_only(self, **question) -> dict:
		return self.seen_by(("Pharmacy", self.near.name), **question)

	def node(self, found: dict, facility) -> dict:
		[node] = [node for node in found["nodes"] if node["id"] == node_of(facility)]
		return node

	def assertAddsUp(self, totals: dict) -> None:
		came, went = (sum(totals[term] for term in side) for side in (SOURCES, USES))
		self.assertEqual(came, went, totals)


class TestTrace(PartTestCase):
	def test_a_place_outside_the_scope_holds_no_zero(self):
		found = self.near_only()
		for facility in (self.importer, self.far):
			node = self.node(found, facility)
			self.assertFalse(node["visible"])
			self.assertEqual(
				[node[key] for key in ("quantity_in", "quantity_out", "on_hand", "kind")], [None] * 4
			)
			self.assertEqual((node["label"], node["status"]), (facility.facility_name, "Approved"))
		self.assertEqual(self.node(found, self.near)["on_hand"], 30)

	def test_nothing_that_a_hidden_place_wrote_is_told(self):
		found = self.near_only()
		documents = {edge["document"] for edge in found["edges"]}
		self.assertEqual(documents, {"NOTE-1", "NOTE-3"})
		ends = [
			(edge["document"], edge["sent"], edge["received"], edge["unconfirmed"]) for edge in found["edges"]
		]
		self.assertCountEqual(ends, [("NOTE-1", None, 40, None), ("NOTE-3", 10, None, None)])
		self.assertEqual([row["on_hand"] for group in found["holders"] for row in group["facilities"]], [30])

	def test_the_part_is_named_and_counted(self):
		scope = self.near_only()["scope"]
		self.assertEqual((scope["all"], scope["visible_places"], scope["places"]), (False, 1, 3))
		[granted] = scope["granted"]
		self.assertEqual((granted["doctype"], granted["name"]), ("Pharmacy", self.near.name))
		self.assertIn(f"{self.near.facility_name} ({self.near.name}): 1 of 3 places", scope["text"])
		south = self.seen_by(("Administrative Level", self.south.name))["scope"]
		self.assertIn(f"{self.south.level_name}: 2 of 3 places", south["text"])

	def test_sums_are_of_the_part_and_add_up(self):
		totals = self.near_only()["totals"]
		self.assertAddsUp(totals)
		shown = {term: units for term, units in totals.items() if units}
		self.assertEqual(shown, {"from_others": 40, "to_others": 10, "on_hand": 30})

	def test_who_sees_all_is_told_nothing_of_parts(self):
		found = traceability.trace_batch(self.lot)
		self.assertEqual(
			found["scope"], {"all": True, "granted": [], "places": 3, "visible_places": 3, "text": None}
		)
		self.assertTrue(all(node["visible"] for node in found["nodes"]))
		self.assertEqual((found["totals"]["imported"], found["totals"]["on_hand"]), (100, 93))

	def test_without_a_scope_no_sum_is_told_and_the_way_to_one_is(self):
		found = self.seen_by(None)
		self.assertEqual((found["nodes"], found["edges"], found["holders"]), ([], [], []))
		self.assertEqual(set(found["totals"].values()), {None})
		self.assertEqual((found["scope"]["granted"], found["scope"]["places"]), ([], None))
		self.assertIn("Ask an administrator", found["scope"]["text"])

	def test_a_scope_that_covers_the_lot_confirms_its_transfers(self):
		factories.make(
			"User Permission",
			user=(manager := factories.user(ROLE)),
			allow="Administrative Level",
			for_value=self.north.name,
		)
		factories.make(
			"User Permission", user=manager, allow="Administrative Level", for_value=self.south.name
		)
		with self.set_user(manager):
			found = traceability.trace_batch(self.lot)
		self.assertEqual(found["totals"], traceability.trace_batch(self.lot)["totals"])
		self.assertEqual({edge["unconfirmed"] for edge in found["edges"]}, {0})

	def test_a_walked_part_adds_up(self):
		for direction in ("forward", "backward", "both"):
			totals = traceability.get_full_trace(self.lot, node_of(self.near), direction)["totals"]
			self.assertAddsUp(totals)
		forward = traceability.get_full_trace(self.lot, node_of(self.near), "forward")["totals"]
		self.assertEqual((forward["from_others"], forward["dispensed"], forward["on_hand"]), (70, 7, 63))

	def test_random_histories_add_up_for_everybody(self):
		chance, places = random.Random(11), [self.importer, self.near, self.far]
		for turn in range(40):
			sender, receiver = chance.sample(places, 2)
			held = factories.balance(sender, self.lot)
			if not held:
				continue
			quantity = chance.randint(1, min(held, 9))
			kind, way = chance.choice(
				[
					("Sale", "Out"),
					("Adjustment", "In"),
					("Adjustment", "Out"),
					("B2B Out", "Out"),
					("Return", "Out"),
					("Return", "In"),
					("Recall Removal", "Out"),
					("B2B In", "In"),
				]
			)
			other = end(receiver) if kind in ("B2B Out", "B2B In", "Return") and chance.random() < 0.7 else {}
			document = {"reference_doctype": "Delivery Note", "reference_name": f"NOTE-{turn % 4}"}
			factories.record(sender, self.lot, kind, quantity, direction=way, **document, **other)
		self.assertAddsUp(traceability.trace_batch(self.lot)["totals"])
		for scope in (("Pharmacy", self.near.name), ("Administrative Level", self.south.name)):
			self.assertAddsUp(self.seen_by(scope)["totals"])


class TestFiles(PartTestCase):
	"""The CSV file and the page to print tell the same as the trace page."""

	def files(self, found: dict) -> tuple[str, str]:
		return trace_report.csv_text(found), trace_report.html(found)

	def test_a_part_says_so_in_both(self):
		found = self.near_only()
		for text in self.files(found):
			self.assertIn("1 of 3 places of this lot", text)
			self.assertIn("not visible to you", text)
		self.assertNotIn("Nobody has units", trace_report.html(found))

	def test_without_a_scope_nobody_is_said_to_hold_nothing(self):
		found = self.seen_by(None)
		for text in self.files(found):
			self.assertIn("Ask an administrator", text)
		page = trace_report.html(found)
		self.assertNotIn("Nobody has units", page)
		self.assertNotIn(">0<", page)

	def test_the_whole_says_nothing_of_parts(self):
		for text in self.files(traceability.trace_batch(self.lot)):
			self.assertNotIn("not visible", text)
			self.assertNotIn("places of this lot", text)

	def test_the_page_to_print_shows_every_term_of_the_account(self):
		factories.record(self.far, self.lot, "Adjustment", 4, direction="In")
		factories.record(self.far, self.lot, "B2B In", 6)
		page = " ".join(trace_report.html(traceability.trace_batch(self.lot)).split())
		for term in ("Corrections in", "Received, never sent", "<td>=</td>"):
			self.assertIn(term, page)
