"""Install, use, uninstall, install again: uninstalling leaves the site as installing found it, but for what vouchers need.

Usage, from the bench's sites folder: install_cycle.py SITE (a site with every app below this one).
"""

import sys

import frappe
from frappe.utils import getdate
from site_access import bench, connected

APP = "healthcare_erp"
# Frappe's own diaries of what happened on the site: they grow whatever an app does.
DIARIES = {
	"Access Log",
	"Activity Log",
	"Comment",
	"Deleted Document",
	"Error Log",
	"Installed Application",
	"Package Import",
	"Patch Log",
	"Prepared Report",
	"Route History",
	"Scheduled Job Log",
	"Version",
}
DIARY_TABLES = {f"tab{name}" for name in DIARIES} | {"__global_search", "__UserSettings", "tabSessions"}


def main(site: str) -> None:
	complete_setup(site)
	before = fingerprint(site)
	bench(site, "install-app", APP)
	use(site)
	bench(site, "uninstall-app", APP, "--yes", "--no-backup")
	differences = compare(before, fingerprint(site))
	for difference in differences:
		sys.stdout.write(f"left behind: {difference}\n")
	bench(site, "install-app", APP)
	leave_voucher(site)
	bench(site, "uninstall-app", APP, "--yes", "--no-backup")
	kept = what_stayed(site)
	bench(site, "install-app", APP)
	use_again(site, kept)
	sys.stdout.write(f"install cycle: {len(differences)} differences\n")
	sys.exit(bool(differences))


def complete_setup(site: str) -> None:
	"""ERPNext's wizard makes documents of its own: it comes before the first look."""
	with connected(site):
		from healthcare_erp.setup import company

		company.ensure()


def use(site: str) -> None:
	"""What a first day leaves: places, facilities, a quarantine store, a medicine, a lot, movements, a scope."""
	with connected(site):
		from healthcare_erp.healthcare_erp import geography
		from healthcare_erp.tests import factories
		from healthcare_erp.traceability.stock import warehouses

		geography.seed()
		holder, lot = factories.stocked(10)
		factories.record(holder, lot.name, "Sale", 1)
		factories.public_facility(administrative_level=holder.administrative_level)
		warehouses.add(holder, "Quarantine")
		lot.transition("Block", "test")
		factories.make("User Permission", user="Guest", allow="Pharmacy", for_value=holder.name)
		frappe.db.commit()


def leave_voucher(site: str) -> None:
	"""The demo; at a facility of the country's first province a receipt in ERPNext's books, and a request for a medicine."""
	with connected(site):
		from healthcare_erp.core.settings import get_company
		from healthcare_erp.medicine_registry import items
		from healthcare_erp.setup import demo
		from healthcare_erp.tests import factories

		demo.load(progress=lambda step: None)
		holder, lot = factories.wholesaler(administrative_level=first_province()), factories.lot()
		factories.stock_entry("Material Receipt", lot, 10, target=holder.warehouse).submit()
		other = items.ensure_item(factories.medicine().name)
		row = {"item_code": other, "qty": 1, "schedule_date": getdate(), "warehouse": holder.warehouse}
		factories.make(
			"Material Request", material_request_type="Purchase", company=get_company(), items=[row]
		)
		frappe.db.commit()


def first_province() -> str:
	return frappe.get_all("Administrative Level", {"level": "Province"}, pluck="name", order_by="name")[0]


def what_stayed(site: str) -> dict[str, list[str]]:
	"""The Items and Batches that voucher and request need; each can still be saved."""
	with connected(site):
		kept = {doctype: frappe.get_all(doctype, pluck="name") for doctype in ("Item", "Batch")}
		assert [len(names) for names in kept.values()] == [2, 1], f"left behind: {kept}"
		for doctype, names in kept.items():
			for name in names:
				frappe.get_doc(doctype, name).save()
		frappe.db.commit()
		return kept


def use_again(site: str, kept: dict[str, list[str]]) -> None:
	"""The demo loads, the province takes facilities, and no medicine or lot gets an old Item or Batch."""
	with connected(site):
		from healthcare_erp.setup import demo
		from healthcare_erp.tests import factories

		assert demo.load(progress=lambda step: None)["loaded"], "the demo counts as loaded"
		factories.wholesaler(administrative_level=first_province())
		factories.lot()
		frappe.db.commit()
	use(site)
	with connected(site):
		for doctype, field, names in (
			("National Medicine", "item", kept["Item"]),
			("National Lot", "batch", kept["Batch"]),
		):
			taken = frappe.get_all(doctype, filters={field: ("in", names)}, pluck="name")
			assert not taken, f"{taken} took over {names}"


def fingerprint(site: str) -> dict[str, object]:
	"""Every table with its columns and number of rows; triggers, constraints, indexes and sequences."""
	with connected(site):
		tables = frappe.db.sql_list(
			"SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"
		)
		columns = frappe.db.sql(
			"SELECT table_name, column_name, column_type FROM information_schema.columns WHERE table_schema = DATABASE()"
		)
		found = {f"column {table}.{name}": kind for table, name, kind in columns}
		for table in set(tables) - DIARY_TABLES:
			[[count]] = frappe.db.sql(f"SELECT COUNT(*) FROM `{table}`")
			found[f"rows of {table}"] = count
		return found | _others()


def _others() -> dict[str, object]:
	queries = {
		"trigger": "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
		"constraint": "SELECT CONCAT(table_name, '.', constraint_name) FROM information_schema.table_constraints "
		"WHERE constraint_schema = DATABASE()",
		"index": "SELECT DISTINCT CONCAT(table_name, '.', index_name) FROM information_schema.statistics "
		"WHERE table_schema = DATABASE()",
		"sequence": "SELECT table_name FROM information_schema.tables "
		"WHERE table_schema = DATABASE() AND table_type = 'SEQUENCE'",
		"role": "SELECT name FROM `tabRole`",
		"single": "SELECT CONCAT(doctype, ' ', field) FROM `tabSingles`",
		"series": "SELECT name FROM `tabSeries`",
		"default": "SELECT CONCAT(parent, ' ', defkey) FROM `tabDefaultValue`",
	}
	return {f"{kind} {name}": True for kind, query in queries.items() for name in frappe.db.sql_list(query)}


def compare(before: dict, after: dict) -> list[str]:
	return [
		f"{key}: {before.get(key)} before, {after.get(key)} after"
		for key in sorted(before.keys() | after.keys())
		if before.get(key) != after.get(key)
	]


if __name__ == "__main__":
	main(sys.argv[1])
