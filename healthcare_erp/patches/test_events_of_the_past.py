"""Movements that were recorded before there was an outbox are events too, each once."""

import frappe

from healthcare_erp.core import outbox
from healthcare_erp.patches import events_of_the_past
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase


class TestEventsOfThePast(SiteTestCase):
	def test_what_was_recorded_before_comes_before_what_follows_and_once(self):
		holder, lot = factories.stocked(10)
		recorded = [factories.record(holder, lot.name, "Sale", 1).name for _time in range(2)]
		frappe.db.sql(
			"DELETE FROM outbox_pending WHERE document IN %s", (recorded,)
		)  # as if without triggers
		start = outbox.last()
		for _time in range(2):
			events_of_the_past.execute()
			outbox.number()
		told = [event.document for event in outbox.since(start)]
		self.assertEqual([name for name in told if name in recorded], recorded)
