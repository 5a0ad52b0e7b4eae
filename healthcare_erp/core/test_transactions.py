"""The unit of work: locks first and in one order, all or nothing, effects after the commit."""

from unittest.mock import Mock, patch

import frappe

from healthcare_erp.core import exceptions as errors
from healthcare_erp.core.transactions import (
	after_commit,
	busy_when_lost,
	run_and_commit,
	run_with_retry,
	savepoint,
	unit_of_work,
)
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together


class Refused(Exception):
	pass


class TestSavepoint(SiteTestCase):
	def note(self, text: str) -> None:
		frappe.get_doc({"doctype": "ToDo", "description": text}).insert()

	def notes(self) -> set[str]:
		return set(frappe.get_all("ToDo", {"description": ("like", f"{self.mark}%")}, pluck="description"))

	def setUp(self):
		self.mark = factories.hash_()

	def test_a_refused_row_leaves_nothing_and_the_others_stand(self):
		for number in range(3):
			try:
				with savepoint():
					self.note(f"{self.mark} {number}")
					if number == 1:
						raise Refused
			except Refused:
				pass
		self.assertEqual(self.notes(), {f"{self.mark} 0", f"{self.mark} 2"})

	def test_the_refusal_passes_on(self):
		with self.assertRaises(Refused), savepoint():
			raise Refused

	def test_effects_of_a_refused_row_never_happen(self):
		kept, dropped = Mock(), Mock()
		with savepoint():
			after_commit(kept)
			with self.assertRaises(Refused), savepoint():
				after_commit(dropped)
				raise Refused
		frappe.db.commit()
		kept.assert_called_once_with()
		dropped.assert_not_called()

	def test_jobs_of_a_refused_row_are_not_queued(self):
		with patch("frappe.utils.background_jobs.get_queue") as queue:
			with self.assertRaises(Refused), savepoint():
				frappe.enqueue("frappe.ping", enqueue_after_commit=True)
				raise Refused
			frappe.db.commit()
		queue.return_value.enqueue_call.assert_not_called()

	def test_caches_hold_nothing_of_a_refused_row(self):
		lot = factories.lot()
		frappe.db.commit()
		with self.assertRaises(Refused), savepoint():
			lot.transition("Block", "test")
			frappe.get_cached_doc("National Lot", lot.name)
			raise Refused
		frappe.db.commit()
		self.assertEqual(frappe.get_cached_doc("National Lot", lot.name).status, "Active")

	def test_browsers_are_told_what_follows_a_refused_row(self):
		with patch("frappe.realtime.emit_via_redis") as emit:
			with self.assertRaises(Refused), savepoint():
				frappe.publish_realtime("refused", {}, user="Administrator", after_commit=True)
				raise Refused
			frappe.publish_realtime("kept", {}, user="Administrator", after_commit=True)
			frappe.db.commit()
		self.assertIn("kept", [call.args[0] for call in emit.call_args_list])


class TestAfterCommit(SiteTestCase):
	def test_effects_wait_for_the_commit(self):
		effect = Mock()
		after_commit(effect)
		effect.assert_not_called()
		frappe.db.commit()
		effect.assert_called_once_with()

	def test_what_was_rolled_back_has_no_effects(self):
		effect = Mock()
		after_commit(effect)
		frappe.db.rollback()
		frappe.db.commit()
		effect.assert_not_called()

	def test_a_failing_effect_is_logged_and_the_next_happens(self):
		title, effect = "What should follow a commit failed", Mock()
		before = frappe.db.count("Error Log", {"method": title})
		after_commit(Mock(side_effect=Refused))
		after_commit(effect)
		frappe.db.commit()
		effect.assert_called_once_with()
		self.assertEqual(frappe.db.count("Error Log", {"method": title}), before + 1)


class TestUnitOfWork(SiteTestCase):
	def setUp(self):
		self.lot, self.other = sorted((factories.lot() for _time in range(2)), key=lambda lot: lot.name)
		self.names = [("National Lot", doc.name) for doc in (self.lot, self.other)]

	def test_a_refused_unit_leaves_nothing(self):
		with self.assertRaises(Refused), unit_of_work(*self.names):
			self.lot.transition("Block", "test")
			raise Refused
		self.assertEqual(frappe.db.get_value("National Lot", self.lot.name, "status"), "Active")
		self.assertFalse(
			frappe.db.exists("Audit Entry", {"reference_name": self.lot.name, "action": "Block"})
		)

	def test_a_document_that_is_not_there_is_refused(self):
		with self.assertRaises(frappe.DoesNotExistError), unit_of_work(("National Lot", "MED-0-NONE")):
			self.fail("there is nothing to lock")

	def test_a_lock_that_comes_too_late_is_an_error(self):
		with unit_of_work(self.names[0]):
			with unit_of_work(self.names[0]):
				pass
			with self.assertRaises(RuntimeError), unit_of_work(self.names[1]):
				self.fail("locked out of order")
			with self.assertRaises(RuntimeError), unit_of_work(lock_ledger=Mock()):
				self.fail("locked out of order")

	def test_the_documents_are_locked_before_the_ledger_and_until_the_end(self):
		def lock_elsewhere():
			query = "SELECT name FROM `tabNational Lot` WHERE name = %s FOR UPDATE NOWAIT"
			return frappe.db.sql(query, self.other.name)

		refused = []
		frappe.db.commit()
		with unit_of_work(*self.names, lock_ledger=lambda: refused.extend(together(lock_elsewhere))):
			refused.extend(together(lock_elsewhere))
		self.assertEqual([type(outcome) for outcome in refused], [frappe.QueryTimeoutError] * 2)
		frappe.db.rollback()
		self.assertEqual(together(lock_elsewhere), [((self.other.name,),)])

	def test_units_that_name_their_documents_in_any_order_do_not_deadlock(self):
		frappe.db.commit()
		outcomes = together(
			*(
				lambda names=names: [self.both(names) for _time in range(10)]
				for names in (self.names, self.names[::-1]) * 2
			)
		)
		self.assertEqual([type(outcome) for outcome in outcomes], [list] * 4)

	def both(self, names) -> None:
		with unit_of_work(*names):
			for _doctype, name in names:
				frappe.db.set_value("National Lot", name, "status_reason", factories.hash_())
		frappe.db.commit()


class TestRetry(SiteTestCase):
	def lose(self, times: int):
		"""Work that meets a deadlock so many times, and then writes a note."""
		outcomes = iter([frappe.QueryDeadlockError] * times)

		def work():
			if lost := next(outcomes, None):
				raise lost
			return frappe.get_doc({"doctype": "ToDo", "description": "done"}).insert().name

		return work

	def test_a_lost_chunk_is_done_again_and_stays(self):
		name = run_and_commit(self.lose(2))
		frappe.db.rollback()
		self.assertTrue(frappe.db.exists("ToDo", name))

	def test_what_loses_each_time_is_refused_by_name(self):
		self.assertRefused(errors.LedgerBusyError, run_with_retry, self.lose(99), status=409)

	def test_a_deadlock_that_was_named_inside_a_unit_begins_again_too(self):
		@busy_when_lost()
		def lose():
			raise frappe.QueryDeadlockError

		with self.assertRaises(frappe.QueryDeadlockError), unit_of_work():
			lose()

	def test_a_deadlock_inside_a_unit_reaches_who_can_begin_again(self):
		with self.assertRaises(frappe.QueryDeadlockError), unit_of_work():
			raise frappe.QueryDeadlockError
