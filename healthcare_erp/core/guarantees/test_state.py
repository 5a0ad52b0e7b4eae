"""Guarantees that somebody with the database's password took or weakened: verification names them, migrate brings them back."""

from contextlib import redirect_stdout
from io import StringIO

import frappe

from healthcare_erp import tasks
from healthcare_erp.core import outbox
from healthcare_erp.core.guarantees import mending, state
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.verification import verify as verification

LEDGER, TRAIL = "`tabStock Movement`", "`tabAudit Entry`"
NO_UPDATE = "trigger stock_movement_no_update of tabStock Movement"
# What is done to the database, and the defect that it is.
TAMPERED = (
	(
		f"CREATE OR REPLACE TRIGGER stock_movement_no_update BEFORE UPDATE ON {LEDGER} FOR EACH ROW SET @x = 1",
		("guarantee_changed", NO_UPDATE),
	),
	(
		f"""CREATE OR REPLACE TRIGGER audit_entry_no_delete BEFORE DELETE ON {TRAIL} FOR EACH ROW
		SIGNAL SQLSTATE '01000' SET MESSAGE_TEXT = 'Audit Entry is insert-only: rows are never deleted'""",
		("guarantee_changed", "trigger audit_entry_no_delete of tabAudit Entry"),
	),
	("DROP TRIGGER stock_movement_no_update", ("guarantee_missing", NO_UPDATE)),
	(
		f"ALTER TABLE {LEDGER} DROP CONSTRAINT stock_movement_balance, "
		"ADD CONSTRAINT stock_movement_balance CHECK (balance_after >= -1000)",
		("guarantee_changed", "check stock_movement_balance of tabStock Movement"),
	),
	(
		f"ALTER TABLE {LEDGER} DROP CONSTRAINT stock_movement_quantity",
		("guarantee_missing", "check stock_movement_quantity of tabStock Movement"),
	),
	(
		f"ALTER TABLE {LEDGER} DROP KEY position, ADD KEY position (warehouse, national_lot, position_sequence)",
		("guarantee_changed", "key position of tabStock Movement"),
	),
	(
		f"ALTER TABLE {LEDGER} DROP KEY position, ADD UNIQUE KEY position (warehouse, national_lot, name)",
		("guarantee_changed", "key position of tabStock Movement"),
	),
	(
		f"ALTER TABLE {LEDGER} DROP KEY idempotency_key",
		("guarantee_missing", "key idempotency_key of tabStock Movement"),
	),
	(
		f"ALTER TABLE {LEDGER} MODIFY idempotency_key varchar(140) COLLATE utf8mb4_unicode_ci NOT NULL",
		("guarantee_changed", "column idempotency_key of tabStock Movement"),
	),
	(
		f"ALTER TABLE {LEDGER} MODIFY balance_after int(11) NULL DEFAULT 0",
		("guarantee_changed", "column balance_after of tabStock Movement"),
	),
	(
		f"ALTER TABLE {LEDGER} MODIFY balance_after double NOT NULL DEFAULT 0",
		("guarantee_changed", "column balance_after of tabStock Movement"),
	),
	("DROP INDEX warehouse ON tabPharmacy", ("guarantee_missing", "key warehouse of tabPharmacy")),
	(f"ALTER TABLE {TRAIL} ENGINE = Aria", ("guarantee_changed", "table tabAudit Entry")),
)


class TestTampering(SiteTestCase):
	def tearDown(self):
		super().tearDown()
		mending.mend()

	def defects(self) -> list[tuple[str, str]]:
		return [(defect["code"], defect["subject"]) for defect in state.standing()["defects"]]

	def test_the_daily_job_names_what_was_weakened(self):
		frappe.db.sql_ddl("DROP TRIGGER stock_movement_no_update")
		tasks.check_guarantees()
		logged = frappe.get_last_doc("Error Log", {"method": "Guarantees that do not stand"})
		self.assertIn(f"guarantee_missing: {NO_UPDATE}", logged.error)
		mending.mend()
		before = frappe.db.count("Error Log")
		tasks.check_guarantees()
		self.assertEqual(frappe.db.count("Error Log"), before)

	def test_what_was_recorded_without_its_trigger_is_an_event_once_that_is_mended(self):
		holder, lot = factories.stocked(10)
		frappe.db.sql_ddl("DROP TRIGGER stock_movement_event")
		name = factories.record(holder, lot.name, "Sale", 1).name
		start = outbox.last()
		for _time in range(2):
			mending.mend()
			outbox.number()
		told = [event.document for event in outbox.since(start)]
		self.assertEqual(told.count(name), 1)

	def test_a_foreign_key_that_could_delete_rows_past_the_triggers_is_named(self):
		"""MariaDB runs no trigger for what a foreign key cascades."""
		for table, field in ((LEDGER, "national_lot"), (TRAIL, "reference_name")):
			with self.subTest(table=table):
				self.addCleanup(frappe.db.sql_ddl, "DROP TABLE IF EXISTS strangers_table")
				self.addCleanup(
					frappe.db.sql_ddl, f"ALTER TABLE {table} DROP FOREIGN KEY IF EXISTS strangers"
				)
				frappe.db.sql_ddl(
					f"CREATE OR REPLACE TABLE strangers_table (PRIMARY KEY (name)) SELECT DISTINCT {field} AS name FROM {table}"
				)
				frappe.db.sql_ddl(
					f"ALTER TABLE {table} ADD CONSTRAINT strangers FOREIGN KEY ({field}) "
					"REFERENCES strangers_table (name) ON DELETE CASCADE"
				)
				name = ("guarantee_unexpected", f"foreign key strangers of {table.strip('`')}")
				self.assertEqual(self.defects(), [name])
				frappe.db.sql_ddl(f"ALTER TABLE {table} DROP FOREIGN KEY strangers")

	def migrate(self) -> str:
		"""What the app does at the end of `bench migrate`; returns what it says."""
		said = StringIO()
		with redirect_stdout(said):
			for method in frappe.get_hooks("after_migrate", app_name="healthcare_erp"):
				frappe.get_attr(method)()
		return said.getvalue()

	def test_an_untouched_site_has_all_guarantees(self):
		self.assertEqual(state.standing(), {"ok": True, "defects": []})
		self.assertEqual(self.migrate(), "")

	def test_what_was_tampered_with_is_named_and_mended(self):
		for statement, defect in TAMPERED:
			with self.subTest(statement):
				frappe.db.sql_ddl(statement)
				self.assertEqual(self.defects(), [defect])
				[finding] = mending.mend()
				self.assertEqual((finding.defect.code, finding.defect.subject), defect)
				self.assertEqual(self.defects(), [])

	def test_mended_triggers_refuse_again(self):
		frappe.db.sql_ddl(TAMPERED[0][0])
		self.migrate()
		_holder, lot = factories.stocked(10)
		self.assertRaises(
			frappe.db.OperationalError,
			frappe.db.set_value,
			"Stock Movement",
			{"national_lot": lot.name},
			"quantity",
			11,
		)

	def test_trigger_of_the_name_on_another_table_is_moved_back(self):
		frappe.db.sql_ddl("DROP TRIGGER stock_movement_no_update")
		frappe.db.sql_ddl(
			"CREATE TRIGGER stock_movement_no_update BEFORE UPDATE ON `tabToDo` FOR EACH ROW SET @x = 1"
		)
		self.assertEqual(self.defects(), [("guarantee_missing", NO_UPDATE)])
		self.migrate()
		self.assertEqual(self.defects(), [])

	def test_verification_of_the_ledger_names_it_and_migrate_keeps_it_in_the_error_log(self):
		statement, (code, subject) = TAMPERED[0]
		frappe.db.sql_ddl(statement)
		verdict = verification.verify()
		self.assertFalse(verdict["ok"])
		self.assertIn((code, subject), [(d["code"], d["subject"]) for d in verdict["defects"]])
		self.migrate()
		logged = frappe.get_last_doc("Error Log", {"method": "Guarantees that did not stand"})
		self.assertIn(f"{code}: {subject}", logged.error)

	def test_trigger_of_somebody_else_is_named_and_left(self):
		frappe.db.sql_ddl(
			f"CREATE TRIGGER sneaky BEFORE INSERT ON {LEDGER} FOR EACH ROW SET NEW.quantity = 1"
		)
		self.addCleanup(frappe.db.sql_ddl, "DROP TRIGGER sneaky")
		unexpected = ("guarantee_unexpected", "trigger sneaky of tabStock Movement")
		self.assertEqual(self.defects(), [unexpected])
		self.assertIn("not mended", self.migrate())
		self.assertEqual(self.defects(), [unexpected])

	def test_key_that_the_rows_contradict_is_reported_and_the_rest_mended(self):
		_holder, lot = factories.stocked(10)
		row = frappe.db.get_value("Stock Movement", {"national_lot": lot.name}, "*", as_dict=True)
		row |= {"name": factories.hash_(), "position_sequence": 2, "balance_after": 20}
		frappe.db.sql_ddl(f"ALTER TABLE {LEDGER} DROP KEY idempotency_key")
		frappe.db.sql_ddl("DROP TRIGGER stock_movement_no_delete")
		frappe.db.bulk_insert("Stock Movement", fields=list(row), values=[tuple(row.values())])
		self.addCleanup(self.forget, row.name)
		subject = "key idempotency_key of tabStock Movement"
		self.assertIn(subject, self.migrate())
		self.assertEqual(self.defects(), [("guarantee_missing", subject)])
		named = [(d["code"], d["subject"]) for d in verification.verify()["defects"]]
		self.assertIn(
			("duplicate_idempotency_key", f"{row.facility_type} {row.facility} {row.idempotency_key}"), named
		)

	def forget(self, name: str) -> None:
		"""As the database's owner can: the forged row would stay for the other suites."""
		frappe.db.sql_ddl("DROP TRIGGER stock_movement_no_delete")
		frappe.db.sql(f"DELETE FROM {LEDGER} WHERE name = %s", name)
		frappe.db.commit()
		mending.mend()
