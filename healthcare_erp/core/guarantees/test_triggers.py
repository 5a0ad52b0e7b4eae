"""How a patch fills a new column of a table that refuses every update."""

import frappe
from pymysql.err import OperationalError

from healthcare_erp.core.guarantees import triggers
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase

TRIGGER_REFUSED = 1644
FILL = "UPDATE `tabStock Movement` SET new_column = {value} WHERE name = %s"


class TestEnsure(SiteTestCase):
	def test_triggers_that_are_there_stay(self):
		"""Making one commits what the caller has written."""
		name = factories.province().name
		triggers.ensure()
		frappe.clear_cache()
		frappe.db.rollback()
		self.assertFalse(frappe.db.exists("Administrative Level", name))


class TestFilling(SiteTestCase):
	"""(The column comes and goes by statements that commit: these rows outlive the test.)"""

	def setUp(self):
		_holder, lot = factories.stocked(10)
		self.name = frappe.db.get_value("Stock Movement", {"national_lot": lot.name})
		frappe.db.sql_ddl("ALTER TABLE `tabStock Movement` ADD COLUMN new_column varchar(140)")

	def tearDown(self):
		super().tearDown()
		frappe.db.sql_ddl("ALTER TABLE `tabStock Movement` DROP COLUMN new_column")

	def fill(self, value: str = "'a'") -> None:
		frappe.db.sql(FILL.format(value=value), self.name)

	def refuses(self, query: str) -> None:
		with self.assertRaises(OperationalError) as caught:
			frappe.db.sql(query, self.name)
		self.assertEqual(caught.exception.args[0], TRIGGER_REFUSED)

	def test_patch_fills_a_new_column(self):
		with triggers.filling("new_column"):
			self.fill()
		self.assertEqual(factories.movement(self.name).new_column, "a")

	def test_what_was_filled_stays(self):
		with triggers.filling("new_column"):
			self.fill()
			self.refuses(FILL.format(value="'b'"))

	def test_no_other_column_changes_meanwhile(self):
		with triggers.filling("new_column"):
			for change in ("quantity = 11", "movement_type = 'import'", "counterparty = 'PHA-0'"):
				self.refuses(f"UPDATE `tabStock Movement` SET new_column = 'a', {change} WHERE name = %s")
			self.refuses("DELETE FROM `tabStock Movement` WHERE name = %s")

	def test_table_is_sealed_again_afterwards(self):
		with triggers.filling("new_column"):
			pass
		self.refuses(FILL.format(value="'a'"))

	def test_table_is_sealed_again_after_a_patch_that_failed(self):
		with self.assertRaises(ZeroDivisionError), triggers.filling("new_column"):
			self.fill()
			raise ZeroDivisionError
		self.assertIsNone(factories.movement(self.name).new_column)
		self.refuses(FILL.format(value="'a'"))


class TestFillingTheTrail(SiteTestCase):
	def test_patch_fills_a_new_column_of_the_audit_trail_and_nothing_else(self):
		lot = factories.lot()
		lot.transition("Block", "suspected")
		frappe.db.sql_ddl("ALTER TABLE `tabAudit Entry` ADD COLUMN new_column varchar(140)")
		self.addCleanup(frappe.db.sql_ddl, "ALTER TABLE `tabAudit Entry` DROP COLUMN new_column")
		fill = "UPDATE `tabAudit Entry` SET new_column = 'a' WHERE reference_name = %s"
		with triggers.filling("new_column", "tabAudit Entry"):
			frappe.db.sql(fill, lot.name)
			with self.assertRaises(OperationalError):
				frappe.db.sql(fill.replace("SET", "SET reason = 'none',"), lot.name)
		with self.assertRaises(OperationalError):
			frappe.db.sql(fill, lot.name)
