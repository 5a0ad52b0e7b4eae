# Copyright (c) 2026, healthcare_erp maintainers and Contributors
# See license.txt
"""Stock Movement as a document and as a table: what the database refuses, and the way that documents take."""

import frappe
from frappe.model.rename_doc import rename_doc
from frappe.utils import add_to_date, now_datetime
from pymysql.err import IntegrityError, OperationalError

from healthcare_erp.core import exceptions
from healthcare_erp.core.guarantees import schema
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.ledger import store

CHECK_FAILED = 4025
TRIGGER_REFUSED = 1644
DUPLICATE = 1062


class TestDatabaseGuarantees(SiteTestCase):
	"""Raw SQL, as somebody with the database's password would write it."""

	def setUp(self):
		self.holder, self.lot = factories.stocked(10)
		self.row = frappe.db.get_value("Stock Movement", {"national_lot": self.lot.name}, "*", as_dict=True)

	def refuses(self, code: int, query: str, values=None):
		with self.assertRaises((OperationalError, IntegrityError)) as caught:
			frappe.db.sql(query, values)
		self.assertEqual(caught.exception.args[0], code, caught.exception)
		return str(caught.exception)

	def insert(self, **changes):
		row = self.row | {"name": factories.hash_(), "idempotency_key": factories.hash_()}
		row |= {"position_sequence": 2} | changes
		columns = store.COLUMNS
		marks = ", ".join(["%s"] * len(columns))
		query = f"INSERT INTO `tabStock Movement` ({', '.join(columns)}) VALUES ({marks})"
		return query, tuple(row[column] for column in columns)

	def test_raw_update_is_refused(self):
		said = self.refuses(
			TRIGGER_REFUSED,
			"UPDATE `tabStock Movement` SET quantity = 11 WHERE name = %s",
			self.row.name,
		)
		self.assertIn("insert-only", said)
		self.assertEqual(factories.movement(self.row.name).quantity, 10)

	def test_raw_delete_is_refused(self):
		said = self.refuses(TRIGGER_REFUSED, "DELETE FROM `tabStock Movement` WHERE name = %s", self.row.name)
		self.assertIn("insert-only", said)
		self.assertTrue(factories.movement(self.row.name))

	def test_replace_into_is_refused(self):
		query, values = self.insert(name=self.row.name, quantity=11)
		self.refuses(TRIGGER_REFUSED, query.replace("INSERT", "REPLACE", 1), values)

	def test_insert_on_duplicate_key_update_is_refused(self):
		query, values = self.insert(name=self.row.name)
		self.refuses(TRIGGER_REFUSED, f"{query} ON DUPLICATE KEY UPDATE quantity = 11", values)

	def test_frappe_set_value_is_refused(self):
		self.assertRaises(
			OperationalError, frappe.db.set_value, "Stock Movement", self.row.name, "quantity", 11
		)

	def test_negative_balance_is_refused(self):
		self.refuses(CHECK_FAILED, *self.insert(direction="Out", balance_after=-1))

	def test_zero_and_negative_quantities_are_refused(self):
		for quantity in (0, -1):
			self.refuses(CHECK_FAILED, *self.insert(quantity=quantity))

	def test_sequence_below_one_is_refused(self):
		self.refuses(CHECK_FAILED, *self.insert(position_sequence=0))

	def test_duplicate_sequence_is_refused(self):
		self.assertIn("position", self.refuses(DUPLICATE, *self.insert(position_sequence=1)))

	def test_duplicate_idempotency_key_is_refused(self):
		query, values = self.insert(idempotency_key=self.row.idempotency_key)
		self.assertIn("idempotency_key", self.refuses(DUPLICATE, query, values))

	def test_second_reversal_is_refused(self):
		frappe.db.sql(*self.insert(reversal_of=self.row.name))
		query, values = self.insert(reversal_of=self.row.name, position_sequence=3)
		self.assertIn("reversal_of", self.refuses(DUPLICATE, query, values))

	def test_nulls_do_not_slip_past_the_unique_keys(self):
		for column in ("warehouse", "national_lot", "idempotency_key"):
			with self.assertRaises((OperationalError, IntegrityError)):
				frappe.db.sql(*self.insert(**{column: None}))


class TestSchema(SiteTestCase):
	def test_guarantees_survive_a_schema_update(self):
		"""Saving a Custom Field or Customize Form runs this: Frappe drops unique keys that the DocType lacks."""
		frappe.db.updatedb("Stock Movement")
		index = frappe.db.sql("SHOW INDEX FROM `tabStock Movement` WHERE Non_unique = 0", as_dict=True)
		self.assertLessEqual(set(schema.UNIQUE_KEYS), {row.Key_name for row in index})

	def test_every_guarantee_is_in_the_database(self):
		checks, triggers = (
			frappe.db.sql_list(
				f"SELECT {kind}_name FROM information_schema.{kind_table} WHERE {kind}_schema = DATABASE()"
			)
			for kind, kind_table in (("constraint", "check_constraints"), ("trigger", "triggers"))
		)
		self.assertLessEqual(set(schema.CHECKS), set(checks))
		self.assertLessEqual({"stock_movement_no_update", "stock_movement_no_delete"}, set(triggers))


class TestRecorder(SiteTestCase):
	"""The rows of the ledger name the user who recorded them."""

	def test_user_who_recorded_movements_cannot_be_renamed(self):
		holder, lot = factories.stocked(10)
		recorder = factories.user("Pharmacy Manager", scope=("Pharmacy", holder.name))
		with self.set_user(recorder):
			factories.record(holder, lot.name, "Sale", 1)
		new_name = f"new-{recorder}"
		self.assertRefused(
			exceptions.ImmutableRecordError, rename_doc, "User", recorder, new_name, status=409
		)
		self.assertTrue(frappe.db.exists("User", recorder))

	def test_user_who_recorded_nothing_can_be_renamed(self):
		user = factories.user("Pharmacy Manager")
		rename_doc("User", user, f"new-{user}")
		self.assertTrue(frappe.db.exists("User", f"new-{user}"))


class TestStockMovementDocument(SiteTestCase):
	"""Desk, /api/resource and Data Import insert documents: the ledger writes them."""

	def setUp(self):
		self.holder, self.lot = factories.stocked(10)

	def new(self, **values):
		values = {"movement_type": "Sale", "quantity": 3} | values
		request = factories.request(self.holder, self.lot.name, **values)
		return frappe.get_doc({"doctype": "Stock Movement", **request})

	def test_insert_is_numbered_and_balanced_by_the_ledger(self):
		doc = self.new().insert()
		row = factories.movement(doc.name)
		self.assertEqual((row.position_sequence, row.balance_after, row.direction), (2, 7, "Out"))
		self.assertEqual(
			(row.warehouse, row.national_medicine), (self.holder.warehouse, self.lot.national_medicine)
		)
		self.assertEqual((doc.position_sequence, doc.balance_after), (2, 7))

	def test_what_the_ledger_decides_cannot_be_sent(self):
		elsewhere = self.new(warehouse="Elsewhere")
		self.assertRefused(exceptions.InvalidRequestError, elsewhere.insert, status=400)
		doc = self.new(balance_after=999, position_sequence=77, national_medicine="MED-0").insert()
		row = factories.movement(doc.name)
		self.assertEqual((row.position_sequence, row.balance_after), (2, 7))
		self.assertEqual(
			(row.warehouse, row.national_medicine), (self.holder.warehouse, self.lot.national_medicine)
		)

	def test_name_and_owner_cannot_be_sent(self):
		doc = self.new(name="MINE", owner="Guest").insert()
		self.assertNotEqual(doc.name, "MINE")
		self.assertEqual(factories.movement(doc.name).owner, "Administrator")

	def test_time_and_price_are_stored(self):
		posted = add_to_date(now_datetime(), days=-1)
		row = factories.movement(self.new(posting_datetime=posted, unit_price=12.5).insert().name)
		self.assertEqual((row.posting_datetime, row.unit_price), (posted, 12.5))

	def test_same_key_twice_gives_the_first_row(self):
		key = factories.hash_()
		first, second = (self.new(idempotency_key=key).insert() for _time in range(2))
		self.assertEqual(first.name, second.name)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 7)

	def test_bad_values_have_their_named_error(self):
		cases = (
			({"quantity": 11}, exceptions.InsufficientStockError, 409),
			({"quantity": "1.5"}, exceptions.InvalidQuantityError, 400),
			({"quantity": -1}, exceptions.InvalidQuantityError, 400),
			({"national_lot": "no lot"}, exceptions.UnknownLotError, 404),
			({"facility": "no facility"}, exceptions.UnknownFacilityError, 404),
			({"facility_type": "Company"}, exceptions.UnknownFacilityTypeError, 400),
			({"movement_type": "Gift"}, exceptions.UnknownMovementTypeError, 400),
			({"movement_type": "Adjustment"}, exceptions.InvalidDirectionError, 400),
			({"posting_datetime": "2999-01-01"}, exceptions.PostingInFutureError, 400),
		)
		for values, error, status in cases:
			with self.subTest(values):
				doc = frappe.get_doc({"doctype": "Stock Movement", **self.new().as_dict(), **values})
				self.assertRefused(error, doc.insert, status=status)
		self.assertEqual(factories.balance(self.holder, self.lot.name), 10)

	def test_saving_again_is_refused(self):
		doc = frappe.get_doc("Stock Movement", self.new().insert().name)
		doc.quantity = 4
		self.assertRefused(exceptions.ImmutableRecordError, doc.save, status=409)

	def test_deleting_is_refused_also_by_force(self):
		name = self.new().insert().name
		for force in (False, True):
			self.assertRefused(
				exceptions.ImmutableRecordError,
				frappe.delete_doc,
				"Stock Movement",
				name,
				force=force,
				status=409,
			)

	def test_renaming_is_refused(self):
		name = self.new().insert().name
		self.assertRefused(
			frappe.ValidationError, rename_doc, "Stock Movement", name, "OTHER", show_alert=False
		)

	def test_a_duplicate_made_in_desk_is_a_new_movement(self):
		first = self.new(idempotency_key=factories.hash_()).insert()
		second = frappe.copy_doc(first, ignore_no_copy=False).insert()
		row = factories.movement(second.name)
		self.assertEqual((row.position_sequence, row.balance_after), (3, 4))
		self.assertNotEqual(row.idempotency_key, first.idempotency_key)

	def test_facility_warehouse_with_movements_cannot_be_deleted_or_renamed(self):
		self.assertRaises(frappe.LinkExistsError, frappe.delete_doc, "Warehouse", self.holder.warehouse)
		renaming = (rename_doc, "Warehouse", self.holder.warehouse, "Other")
		self.assertRefused(exceptions.FixedFieldError, *renaming, force=True, status=409)
