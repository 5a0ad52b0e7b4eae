"""What the Desk asks of a ledger of a million movements reads no more than a part of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import frappe
from frappe.desk import reportview
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate

from healthcare_erp.api import registry, stock, traceability
from healthcare_erp.core import permissions
from healthcare_erp.core.guarantees import schema
from healthcare_erp.core.settings import get_company
from healthcare_erp.healthcare_erp import territories
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.stock import on_hand

ROWS, FACILITIES, LOTS, FACILITIES_OF_A_LOT, RARE = 1_000_000, 1_000, 2_000, 50, 5_000
POSITIONS = LOTS * FACILITIES_OF_A_LOT
# What asks for every position of the country reads the index of positions, and no rows.
WHOLE_COUNTRY = {"Stock by Facility", "Stock by Province"}
# Adds up every transfer there ever was to find those that disagree: known to scan where no lot or medicine is chosen.
EVERY_TRANSFER = "Transfers Whose Ends Disagree"
PHARMACY, WAREHOUSE, LOT, MEDICINE = "PHA-LARGE-0", "Large 0", "LOT-LARGE-0", "MED-LARGE-0"
LIST_FIELDS = (
	"name",
	"creation",
	"movement_type",
	"quantity",
	"posting_datetime",
	"warehouse",
	"national_lot",
)

# A movement every 30 seconds, 10 in each position. One in RARE is a Recall Removal.
_LEDGER = f"""INSERT INTO `tabStock Movement` (name, creation, modified, owner, modified_by, movement_type, direction,
	quantity, posting_datetime, warehouse, facility_type, facility, national_lot, national_medicine, unit_price,
	idempotency_key, position_sequence, balance_after)
SELECT LPAD(seq, 26, '0'), recorded, recorded, CONCAT('user ', seq MOD 500), 'user',
	IF(seq MOD {RARE}, ELT(1 + seq MOD 4, 'Import', 'B2B Out', 'B2B In', 'Sale'), 'Recall Removal'),
	IF(seq MOD {RARE} AND NOT seq MOD 2, 'In', 'Out'), 1, recorded,
	CONCAT('Large ', facility), 'Pharmacy', CONCAT('PHA-LARGE-', facility),
	CONCAT('LOT-LARGE-', lot), CONCAT('MED-LARGE-', lot), 1,
	CONCAT('large-', LPAD(seq, 8, '0')), 1 + seq DIV {POSITIONS}, 1
FROM (SELECT seq, NOW() - INTERVAL ({ROWS} - seq) * 30 SECOND AS recorded, lot,
		(7 * lot + {FACILITIES // FACILITIES_OF_A_LOT} * (seq MOD {FACILITIES_OF_A_LOT})) MOD {FACILITIES} AS facility
	FROM (SELECT seq, seq MOD {POSITIONS} DIV {FACILITIES_OF_A_LOT} AS lot FROM seq_0_to_{ROWS - 1}) numbered) placed"""
# Every twentieth facility lies in the province; one lot in fifty is recalled.
_MASTERS = (
	f"""INSERT INTO `tabPharmacy` (name, facility_name, pharmacy_type, status, administrative_level, warehouse)
	SELECT CONCAT('PHA-LARGE-', seq), 'Large', 'Retailer', 'Approved',
	IF(seq MOD 20, 'elsewhere', %(province)s), CONCAT('Large ', seq) FROM seq_0_to_{FACILITIES - 1}""",
	f"""INSERT INTO `tabWarehouse` (name, warehouse_name, company, healthcare_facility_type, healthcare_facility)
	SELECT CONCAT('Large ', seq), CONCAT('Large ', seq), %(company)s, 'Pharmacy', CONCAT('PHA-LARGE-', seq)
	FROM seq_0_to_{FACILITIES - 1}""",
	f"""INSERT INTO `tabNational Medicine` (name, medicine_title, status) SELECT CONCAT('MED-LARGE-', seq), 'Large',
	'Authorized' FROM seq_0_to_{LOTS - 1}""",
	f"""INSERT INTO `tabNational Lot` (name, lot_number, national_medicine, medicine_title, expiry_date, status)
	SELECT CONCAT('LOT-LARGE-', seq), CONCAT('L', seq), CONCAT('MED-LARGE-', seq), 'Large',
	CURDATE() + INTERVAL seq DAY, IF(seq MOD 50, 'Active', 'Recalled') FROM seq_0_to_{LOTS - 1}""",
)


class TestQueryPlans(SiteTestCase):
	"""(The large ledger stands in the small one's place: rows of a ledger cannot be removed, a table can. All of it is
	committed, because changes of tables commit.)"""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		frappe.db.sql_ddl("RENAME TABLE `tabStock Movement` TO small_ledger")
		cls.addClassCleanup(cls.put_back)
		frappe.db.sql_ddl("CREATE TABLE `tabStock Movement` LIKE small_ledger")
		frappe.db.sql(_LEDGER)
		cls.province = factories.province().name
		for query in _MASTERS:
			frappe.db.sql(query, {"province": cls.province, "company": get_company()})
		territories.rebuild()
		frappe.db.sql_ddl("ANALYZE TABLE `tabStock Movement`")

	@classmethod
	def put_back(cls) -> None:
		frappe.db.sql_ddl("DROP TABLE IF EXISTS `tabStock Movement`")
		frappe.db.sql_ddl("RENAME TABLE small_ledger TO `tabStock Movement`")
		for doctype in ("Pharmacy", "Warehouse", "National Medicine", "National Lot"):
			frappe.db.delete(doctype, {"name": ("like", "%Large%")})
		territories.rebuild()
		frappe.db.commit()

	def setUp(self):
		frappe.cache.delete_keys(on_hand.CACHE_KEY)
		self.addCleanup(frappe.cache.delete_keys, on_hand.CACHE_KEY)

	def test_cards(self):
		self.check(registry.movements_today, registry.stopped_units)

	def test_reports_and_charts(self):
		for name in self.reports():
			may_read = "position" if name in WHOLE_COUNTRY else None
			self.check(lambda name=name: report(name), may_read=may_read)

	def test_filtered_reports(self):
		year = {"from_date": str(add_days(getdate(), -90)), "to_date": str(getdate())}
		self.check(
			lambda: report("Movements by Day", by="direction", **year),
			lambda: report("Stock by Facility", facility_type="Pharmacy", facility=PHARMACY),
			lambda: report("Stock by Facility", province=self.province),
			lambda: report("Stock by Facility", national_medicine=MEDICINE),
			lambda: report("Stock by Facility", lot_status=["Recalled"]),
			lambda: report("Expiring Lots", province=self.province, within_days=30),
			lambda: report(EVERY_TRANSFER, national_lot=LOT),
			lambda: report(EVERY_TRANSFER, national_medicine=MEDICINE),
		)

	def test_list_and_its_count(self):
		self.check(lambda: listed(), lambda: counted())

	def test_list_by_each_standard_filter(self):
		values = {
			"movement_type": "Recall Removal",
			"direction": "In",
			"reported_late": 1,
			"national_lot": LOT,
			"warehouse": WAREHOUSE,
		}
		fields = {df.fieldname for df in frappe.get_meta("Stock Movement").fields if df.in_standard_filter}
		self.assertLessEqual(fields, set(values))
		for field, value in values.items():
			given = [["Stock Movement", field, "=", value]]
			self.check(lambda given=given: listed(given), lambda given=given: counted(given))

	def test_list_of_todays_movements(self):
		card = registry.movements_today()
		filters = [
			["Stock Movement", field, *condition] for field, condition in card["route_options"].items()
		]
		self.check(lambda: listed(filters), lambda: counted(filters))

	def test_what_a_user_with_a_scope_sees(self):
		manager = factories.user("Pharmacy Manager", scope=("Pharmacy", PHARMACY))
		inspector = factories.user("Inspector", scope=("Administrative Level", self.province))
		for user in (manager, inspector):
			with self.set_user(user):
				self.check(registry.movements_today, lambda: report("Stock by Facility"), lambda: listed())

	def test_a_scope_is_an_indexed_join(self):
		inspector = factories.user("Inspector", scope=("Administrative Level", self.province))
		inside = permissions.query_conditions(inspector, "Pharmacy")
		plan = frappe.db.sql(f"ANALYZE SELECT name FROM `tabPharmacy` WHERE {inside}", as_dict=True)
		tables = {row.table: row for row in plan}
		self.assertEqual((tables["permission"].key, tables["territory"].key), ("user", "PRIMARY"))
		scanned = {row.table for row in plan if row.type in ("ALL", "index")}
		self.assertFalse(scanned & {"tabPharmacy", "permission", "territory"}, scanned)

	def test_lot_and_province(self):
		self.check(
			lambda: registry.lot_stock(LOT),
			lambda: on_hand.lots_held_in(self.province),
			lambda: traceability.trace_batch(LOT),
			lambda: frappe.get_doc("National Lot", LOT).on_hand,
		)

	def test_pages_of_movements(self):
		yesterday = add_days(getdate(), -1)
		for filters in (
			{},
			{"national_lot": LOT},
			{"facility_type": "Pharmacy", "facility": PHARMACY},
			{"warehouse": WAREHOUSE, "from_datetime": yesterday},
			{"from_datetime": yesterday},
		):
			self.check(lambda filters=filters: stock.get_movements(**filters))

	def test_user_who_recorded_is_found(self):
		self.check(lambda: frappe.db.exists("Stock Movement", {"owner": "nobody"}))

	def test_full_scan_is_noticed(self):
		"""(So that the others can fail.)"""
		whole = "SELECT COUNT(*) FROM `tabStock Movement` WHERE unit_price = 2"
		self.assertTrue(full_scans(whole))
		with self.assertRaises(AssertionError):
			self.check(lambda: frappe.db.sql(whole))

	def reports(self) -> list[str]:
		ours = {"module": ("in", ("Traceability", "Medicine Registry")), "name": ("!=", EVERY_TRANSFER)}
		return frappe.get_all("Report", ours, pluck="name")

	def check(self, *calls: Callable, may_read: str | None = None) -> None:
		"""Each call asks the ledger something, and no statement of it scans the table.

		:param may_read: an index that it may read whole, without the table: for what asks for every position.
		"""
		for call in calls:
			with asked_of_the_ledger() as statements:
				call()
			self.assertTrue(statements, "this call asks the ledger nothing")
			for statement in statements:
				self.assertEqual(full_scans(statement, may_read), [], statement[:2_000])


class TestIndexes(SiteTestCase):
	def test_indexes_survive_a_change_of_the_doctype(self):
		"""Frappe drops an index of one column that the DocType does not name."""
		frappe.db.updatedb("Stock Movement")
		existing = {
			row.Key_name for row in frappe.db.sql("SHOW INDEX FROM `tabStock Movement`", as_dict=True)
		}
		self.assertLessEqual(set(schema.INDEXES), existing)


def report(name: str, **filters) -> dict:
	return run(name, filters=filters, ignore_prepared_report=True)


def listed(filters: list | None = None) -> None:
	_ask(
		reportview.get,
		filters,
		fields=LIST_FIELDS,
		order_by="`tabStock Movement`.`creation` desc",
		page_length=20,
	)


def counted(filters: list | None = None) -> None:
	_ask(reportview.get_count, filters, fields=[], distinct=False, limit=1001)


def _ask(method: Callable, filters: list | None, **values) -> None:
	"""As the list view does."""
	columns = [f"`tabStock Movement`.`{field}`" for field in values.pop("fields")]
	form = {
		"doctype": "Stock Movement",
		"filters": frappe.as_json(filters or []),
		"fields": frappe.as_json(columns),
	}
	frappe.local.form_dict = frappe._dict(form | values)
	method()


@contextmanager
def asked_of_the_ledger() -> Iterator[list[str]]:
	"""Every SELECT on the ledger that runs inside, with its values."""
	statements: list[str] = []
	execute = frappe.db.sql

	def noted(query, values=(), *args, **options):
		text = str(frappe.db.mogrify(query, values)) if options.get("run", True) else ""
		if "tabStock Movement" in text and text.lstrip("( \n\t").upper().startswith("SELECT"):
			statements.append(text)
		return execute(query, values, *args, **options)

	frappe.db.sql = noted
	try:
		yield statements
	finally:
		del frappe.db.sql


def full_scans(statement: str, may_read: str | None = None) -> list[str]:
	"""The tables of which the statement reads half of a ledger from end to end: EXPLAIN with the rows that were read."""
	plan = frappe.db.sql(f"ANALYZE {statement}", as_dict=True)
	return [
		f"{row.table}: {row.type} {row.key}, {row.r_rows} rows"
		for row in plan
		if row.type in ("ALL", "index") and float(row.r_rows or 0) > ROWS / 2
		if not (may_read and row.key == may_read and "Using index" in row.Extra)
	]
