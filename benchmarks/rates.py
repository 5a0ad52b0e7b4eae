"""Rates of writing: `record` against a bare PyMySQL loop and against ERPNext's Stock Entry."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import frappe
import pymysql
from ulid import ULID

from benchmarks.fixtures import World
from healthcare_erp.core.settings import get_company
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.ledger import store

ROUNDS = 25  # short rounds: what else the machine does falls upon all of them alike
SINGLES = 100
BULK = 1_000
STOCK_ENTRIES = 3
RATES = ("record", "bare", "bulk", "bare_bulk", "stock_entry", "new_stock_entry")
_COLUMNS = ", ".join(f"`{column}`" for column in store.COLUMNS)
_INSERT = f"INSERT INTO bare_ledger ({_COLUMNS}) VALUES ({', '.join(['%s'] * len(store.COLUMNS))})"
_HEAD = """SELECT position_sequence, balance_after FROM bare_ledger
	WHERE warehouse = %s AND national_lot = %s ORDER BY position_sequence DESC LIMIT 1 FOR UPDATE"""


def per_second(count: int, work: Callable[[int], None]) -> float:
	start = perf_counter()
	work(count)
	return count / (perf_counter() - start)


def measure(world: World) -> dict[str, float]:
	"""Medians of interleaved rounds, operations a second, and the ratios of the issue."""
	bare = BareLedger(world)
	rates: dict[str, list[float]] = {name: [] for name in RATES}
	try:
		for _round in range(ROUNDS):
			rates["bare"].append(per_second(SINGLES, bare.one_by_one))
			rates["record"].append(per_second(SINGLES, lambda count: record(world, count)))
			rates["bare_bulk"].append(bare.bulk())
			rates["bulk"].append(per_second(BULK, lambda count: record_bulk(world, count)))
			rates["stock_entry"].append(stock_entries(STOCK_ENTRIES))
			rates["new_stock_entry"].append(new_stock_entries(STOCK_ENTRIES))
	finally:
		bare.drop()
	middle = {name: median(values) for name, values in rates.items()}
	return middle | {
		"record / Stock Entry": middle["record"] / middle["stock_entry"],
		"record / new Stock Entry": middle["record"] / middle["new_stock_entry"],
		"record / bare": middle["record"] / middle["bare"],
		"bulk / bare executemany": middle["bulk"] / middle["bare_bulk"],
	}


def record(world: World, count: int) -> None:
	for number in range(count):
		ledger.record_now([world.sale(number)])
		frappe.db.commit()


def record_bulk(world: World, count: int) -> None:
	ledger.record_now([world.sale(number) for number in range(count)])
	frappe.db.commit()


class BareLedger:
	"""A copy of the ledger's table, with its keys and checks, written to by PyMySQL alone."""

	def __init__(self, world: World):
		self.world = world
		conf = frappe.get_site_config()
		self.connection = pymysql.connect(
			host=conf.get("db_host") or "localhost",
			port=int(conf.get("db_port") or 3306),
			user=conf.db_name,
			password=conf.db_password,
			database=conf.db_name,
			charset="utf8mb4",
		)
		self.cursor = self.connection.cursor()
		self.cursor.execute("DROP TABLE IF EXISTS bare_ledger")
		self.cursor.execute("CREATE TABLE bare_ledger LIKE `tabStock Movement`")
		self.cursor.execute("INSERT INTO bare_ledger SELECT * FROM `tabStock Movement`")
		self.connection.commit()

	def one_by_one(self, count: int) -> None:
		for number in range(count):
			sale = self.world.sale(number)
			self.cursor.execute(_HEAD, (sale.warehouse, sale.national_lot))
			sequence, held = self.cursor.fetchone()
			self.cursor.execute(_INSERT, _row(sale, sequence + 1, held - 1))
			self.connection.commit()

	def bulk(self) -> float:
		"""Rows a second of `executemany`; making the rows is not counted."""
		heads, rows = {}, []
		for number in range(BULK):
			sale = self.world.sale(number)
			if sale.position not in heads:
				self.cursor.execute(_HEAD, sale.position)
				heads[sale.position] = self.cursor.fetchone()
			sequence, held = heads[sale.position]
			heads[sale.position] = (sequence + 1, held - 1)
			rows.append(_row(sale, sequence + 1, held - 1))
		return per_second(BULK, lambda _count: self._write(rows))

	def drop(self) -> None:
		self.cursor.execute("DROP TABLE bare_ledger")
		self.connection.close()

	def _write(self, rows: list[tuple]) -> None:
		self.cursor.executemany(_INSERT, rows)
		self.connection.commit()


def _row(sale, sequence: int, held: int) -> tuple:
	place, lot = (
		store.WarehouseOwner("Pharmacy", "bare"),
		store.Lot("Active", "bare", "Authorized", None, None),
	)
	now = frappe.utils.now_datetime()
	return (*store.as_row(sale, place, lot, now, str(ULID()), "bare", False), sequence, held)


def stock_entries(count: int) -> float:
	"""Submitted a second, the drafts not counted: Material Issue of a unit of a batch item that is no medicine."""
	drafts = [_issue() for _number in range(count)]
	frappe.db.commit()
	return per_second(count, lambda _count: _submit(drafts))


def new_stock_entries(count: int) -> float:
	"""The same, made and submitted: what it takes to record from nothing, as `record` does."""
	return per_second(count, lambda _count: _submit(_issue() for _number in range(count)))


def _issue():
	item, batch, warehouse = _plain_item()
	return _stock_entry("Material Issue", item, batch, 1, s_warehouse=warehouse)


def _submit(entries) -> None:
	for entry in entries:
		entry.submit()
		frappe.db.commit()


def _plain_item() -> tuple[str, str, str]:
	code, company = "BENCHMARK-ITEM", get_company()
	warehouse = frappe.db.get_value(
		"Warehouse", {"company": company, "is_group": 0, "healthcare_facility": ("is", "not set")}
	)
	if not frappe.db.exists("Item", code):
		group = frappe.db.get_value("Item Group", {"is_group": 0})
		item = {
			"doctype": "Item",
			"item_code": code,
			"item_group": group,
			"stock_uom": "Nos",
			"has_batch_no": 1,
		}
		frappe.get_doc(item).insert()
		frappe.get_doc({"doctype": "Batch", "batch_id": code, "item": code}).insert()
		_stock_entry("Material Receipt", code, code, 100_000, t_warehouse=warehouse).submit()
	return code, code, warehouse


def _stock_entry(purpose: str, item: str, batch: str, quantity: int, **warehouses):
	row = {
		"item_code": item,
		"qty": quantity,
		"basic_rate": 10,
		"use_serial_batch_fields": 1,
		"batch_no": batch,
	}
	entry = {"doctype": "Stock Entry", "stock_entry_type": purpose, "company": get_company()}
	return frappe.get_doc(entry | {"items": [row | warehouses]}).insert()


def cost_of_record(world: World) -> float:
	"""Milliseconds of one `record` with its commit: the median of rounds."""
	return median(1_000 / per_second(SINGLES, lambda count: record(world, count)) for _round in range(ROUNDS))
