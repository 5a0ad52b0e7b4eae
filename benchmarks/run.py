"""`make bench`: measure on the site HEALTHCARE_ERP_SITE and write docs/benchmarks.md."""

import os
import platform
import sys
from datetime import date
from pathlib import Path

import click
import frappe

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import contention, events, fixtures, rates, report, reporting, saving, trace  # noqa: E402

SMALL, LARGE = 10_000, 1_000_000


def main() -> None:
	frappe.init(os.environ["HEALTHCARE_ERP_SITE"], sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	results = {"machine": _machine(), "date": date.today().isoformat()}
	world = fixtures.make_world(20, 50)
	_step(f"rates of writing, on a ledger of {SMALL} rows")
	fixtures.grow(world, SMALL)
	results["rates"] = rates.measure(world)
	results["outbox"] = events.measure(world)
	results["cost_small"] = rates.cost_of_record(world)
	_step("what the audit trail costs a save")
	results["saving"] = saving.measure()
	_step("16 clients and the last units")
	results |= contention.measure()
	_step("facilities that report over HTTP")
	traced = trace.make_history()
	results |= reporting.measure(world, traced)
	_step(f"growing the ledger to {LARGE} rows")
	fixtures.grow(world, LARGE)
	results["cost_large"] = rates.cost_of_record(world)
	_step("trace of a lot with 10,000 movements")
	results["trace"] = trace.measure(traced)
	text = report.render(results)
	(ROOT / "docs" / "benchmarks.md").write_text(text)
	click.echo(text)


def _step(title: str) -> None:
	click.echo(f"… {title}", err=True)


def _machine() -> str:
	[[version]] = frappe.db.sql("SELECT VERSION()")
	[[flush]] = frappe.db.sql("SELECT @@innodb_flush_log_at_trx_commit")
	memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
	return (
		f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
		f"Python {platform.python_version()}, MariaDB {version} (innodb_flush_log_at_trx_commit={flush}), "
		f"Frappe {frappe.__version__}"
	)


if __name__ == "__main__":
	main()
