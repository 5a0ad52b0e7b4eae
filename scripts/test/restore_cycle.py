"""Back up, restore on another site, verify; then the same with a partitioned ledger whose DocType has changed.

Usage, from the bench's sites folder: restore_cycle.py SITE TRIAL (a site with the app and a few movements; a second
site's folder, without a database). The commands are Frappe's own, as docs/operations.md tells them.
"""

import json
import os
import sys
from pathlib import Path

import frappe
from pymysql.err import IntegrityError, OperationalError
from site_access import bench, connected

TRIGGER_REFUSED, DUPLICATE = 1644, 1062


def main(site: str, trial: str) -> None:
	move(site, trial)
	bench(trial, "partition-ledger")
	for fieldname in ("first_of_the_users_fields", "second_of_the_users_fields"):
		add_field(trial, fieldname)
	check_guarantees(trial)
	lose_keys(trial)
	bench(trial, "migrate", "--skip-search-index")
	bench(trial, "partition-ledger")
	check_guarantees(trial)
	move(trial, site)
	bench(site, "partition-ledger", "--last-year", "2099")
	check_guarantees(site)
	sys.stdout.write("restored on another site and verified, twice\n")


def move(source: str, target: str) -> None:
	"""Frappe's own backup and restore; the copy holds the same movements and the same guarantees."""
	dump = backup(source)
	restore(target, dump)
	if digest(source) != digest(target):
		raise AssertionError(f"{target} does not hold the movements of {source}")
	check_guarantees(target)


def backup(site: str) -> str:
	dump = Path(site, "private", "backups", "trial.sql.gz").resolve()
	bench(site, "backup", "--backup-path-db", str(dump))
	return str(dump)


def restore(site: str, dump: str) -> None:
	"""(The password of the account that may make databases goes by the site's configuration, not by a command line.)"""
	path = Path(site, "site_config.json")
	configuration = json.loads(path.read_text()) | {"root_password": os.environ["DATABASE_PASSWORD"]}
	path.write_text(json.dumps(configuration))
	bench(site, "restore", dump, "--db-root-username", os.environ["DATABASE_LOGIN"])


def digest(site: str) -> tuple:
	with connected(site):
		return frappe.db.sql("CHECKSUM TABLE `tabStock Movement`")[0][1:]


def add_field(site: str, fieldname: str) -> None:
	"""What Customize Form does: Frappe alters the table by its own rules."""
	with connected(site):
		from healthcare_erp.tests import factories

		field = {"dt": "Stock Movement", "fieldname": fieldname, "label": fieldname, "fieldtype": "Data"}
		factories.make("Custom Field", **field)
		frappe.db.commit()


def lose_keys(site: str) -> None:
	"""Tables of keys that no longer keep duplicates out, or were emptied: the verification names both."""
	with connected(site):
		from healthcare_erp.traceability.verification.verify import verify

		frappe.db.sql_ddl("ALTER TABLE stock_movement_position DROP KEY position")
		frappe.db.sql_ddl("TRUNCATE TABLE stock_movement_idempotency_key")
		codes = {defect["code"] for defect in verify()["defects"]}
		assert codes == {"guarantee_missing", "keys_lost"}, codes


def check_guarantees(site: str) -> None:
	"""The ledger is clean, takes new movements, and refuses what it must."""
	with connected(site):
		from healthcare_erp.tests import factories
		from healthcare_erp.traceability.verification.verify import verify

		holder, lot = factories.stocked(10)
		first, again = (factories.record(holder, lot.name, "Sale", 1, idempotency_key=lot.name) for _ in "ab")
		assert again.replayed and again.name == first.name, "a repeated key was recorded twice"
		frappe.db.commit()
		refused(TRIGGER_REFUSED, "UPDATE `tabStock Movement` SET quantity = 2 WHERE name = %s", first.name)
		refused(TRIGGER_REFUSED, "DELETE FROM `tabStock Movement` WHERE name = %s", first.name)
		check_keys(factories.movement(first.name))
		result = verify()
		assert result["ok"] and result["movements"], result


def check_keys(row: dict) -> None:
	"""Neither the same idempotency key nor the same place in the position goes in a second time."""
	other = {"name": "copy", "creation": "2030-01-01"}
	insert_copy(row | other | {"position_sequence": 99})
	insert_copy(row | other | {"idempotency_key": "copy"})


def insert_copy(row: dict) -> None:
	columns = ", ".join(f"`{column}`" for column in row)
	marks = ", ".join(["%s"] * len(row))
	refused(DUPLICATE, f"INSERT INTO `tabStock Movement` ({columns}) VALUES ({marks})", tuple(row.values()))


def refused(code: int, query: str, values: object) -> None:
	try:
		frappe.db.sql(query, values)
	except (OperationalError, IntegrityError) as refusal:
		if refusal.args[0] == code:
			return
		raise
	raise AssertionError(f"the database let this pass: {query}")


if __name__ == "__main__":
	main(*sys.argv[1:])
