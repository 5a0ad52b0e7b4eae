"""The outbox: each event once, in the order of the commits, and nothing that was rolled back."""

from threading import Event as Signal

import frappe
from pymysql.err import OperationalError

from healthcare_erp.core import outbox
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together


class TestOutbox(SiteTestCase):
	"""(Numbering commits: what these tests record has random names and stays.)"""

	def setUp(self):
		self.holder, self.lot = factories.stocked(100)
		outbox.number()
		self.start = outbox.last()

	def record(self) -> str:
		return factories.record(self.holder, self.lot.name, "Sale", 1).name

	def test_movements_and_entries_of_the_trail_are_events(self):
		name = self.record()
		self.lot.transition("Block", "under examination")
		[entry] = frappe.get_all(
			"Audit Entry", {"reference_name": self.lot.name, "action": "Block"}, pluck="name"
		)
		self.assertEqual(outbox.number(), 2)
		told = [(event.document_type, event.document) for event in outbox.since(self.start)]
		self.assertEqual(told, [("Stock Movement", name), ("Audit Entry", entry)])

	def test_what_was_rolled_back_never_happened(self):
		self.record()
		frappe.db.rollback()
		self.assertEqual((outbox.number(), outbox.since(self.start)), (0, []))

	def test_a_slow_transaction_comes_after_a_quick_one_that_began_later(self):
		"""The slow one's event has the lower identifier, and a reader has passed it when it shows up."""
		other, lot = factories.stocked(10)
		frappe.db.commit()
		outbox.number()
		self.start = outbox.last()
		written, end = Signal(), Signal()

		def slowly() -> str:
			name = self.record()
			written.set()
			end.wait(20)
			return name

		def quickly() -> tuple[str, int]:
			written.wait(20)
			name = factories.record(other, lot.name, "Sale", 1).name
			outbox.number()  # commits
			end.set()
			return name, outbox.last()

		slow, (quick, passed) = together(slowly, quickly)
		outbox.number()
		self.assertEqual([event.document for event in outbox.since(self.start)], [quick, slow])
		self.assertEqual([event.document for event in outbox.since(passed)], [slow])

	def test_numbering_waits_for_no_event_that_somebody_still_writes(self):
		"""Each is found by its key; a scan of the table would wait for those in between."""
		plan = frappe.db.sql(f"EXPLAIN {outbox._FORGET}", "[1, 2, 3]", as_dict=True)
		found = [(row.type, row.key) for row in plan if row.table == "pending"]
		self.assertEqual(found, [("eq_ref", "PRIMARY")])

	def test_the_last_number_is_a_whole_one(self):
		self.record()
		outbox.number()
		self.assertIs(type(outbox.last()), int)

	def test_numbers_have_no_gaps_where_several_runners_number_at_once(self):
		recorded = [self.record() for _time in range(6)]
		frappe.db.commit()
		together(*[outbox.number] * 4)
		frappe.db.rollback()  # see what others committed
		events = outbox.since(self.start)
		self.assertEqual([event.document for event in events], recorded)
		self.assertEqual([event.sequence - self.start for event in events], [1, 2, 3, 4, 5, 6])

	def test_numbering_many_does_not_wait_for_who_has_not_committed(self):
		recorded = [self.record() for _time in range(60)]  # so many that the server would rather scan
		other, lot = factories.stocked(10)
		frappe.db.commit()
		written, end = Signal(), Signal()

		def slowly() -> None:
			factories.record(other, lot.name, "Sale", 1)
			written.set()
			end.wait(20)

		def number() -> None:
			written.wait(20)
			try:
				frappe.db.sql("SET innodb_lock_wait_timeout = 1")
				outbox.number()
			finally:
				end.set()

		self.assertEqual(together(slowly, number), [None, None])
		frappe.db.rollback()
		told = [event.document for event in outbox.since(self.start)]
		self.assertEqual([name for name in told if name in recorded], recorded)

	def test_events_come_in_pages(self):
		for _time in range(3):
			self.record()
		outbox.number()
		first = outbox.since(self.start, limit=2)
		self.assertEqual(len(first), 2)
		self.assertEqual(len(outbox.since(first[-1].sequence, limit=2)), 1)

	def test_what_was_numbered_is_never_changed(self):
		self.record()
		outbox.number()
		for statement in ("UPDATE outbox SET document = 'x'", "DELETE FROM outbox"):
			with self.subTest(statement), self.assertRaises(OperationalError):
				frappe.db.sql(f"{statement} WHERE sequence = %s", outbox.last())
