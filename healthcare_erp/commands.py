"""What `bench --site <site>` can do with the app."""

import os
from html import unescape
from pathlib import Path

import click
import frappe
from frappe.commands import get_site, pass_context

from healthcare_erp.core.transactions import run_and_commit
from healthcare_erp.domain.medicine_registry.register import accepted_headers


@click.command("import-medicines", epilog=f"Accepted headers: {accepted_headers()}.")
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Report what would happen; write nothing.")
@pass_context
def import_medicines(context, file: str, dry_run: bool):
	"""Create and update National Medicines from a register (CSV or XLSX) with French or English headers.

	Refused rows go to FILE.rejected.csv with their reasons. Running it again adds nothing, and goes on after a break.
	"""
	from healthcare_erp.medicine_registry import register, register_report

	with frappe.init_site(get_site(context)):
		frappe.connect()
		try:
			report = register.import_file(as_typed(file), dry_run, _shown, run_and_commit)
		except frappe.ValidationError as refusal:
			raise click.ClickException(unescape(frappe.utils.strip_html(str(refusal)))) from None
		for line in register_report.lines(report):
			click.echo(line)


@click.command("seed-geography")
@click.option("--file", metavar="MAP.json", help="A burundi-map.json instead of the 2023 law's country.")
@pass_context
def seed_geography(context, file: str | None):
	"""Load the provinces, communes, zones and collines of Burundi; running it again adds nothing.

	Every name that was corrected, refused or doubted is listed, and what is there that the source has not.
	"""
	from healthcare_erp.core.exceptions import named_errors
	from healthcare_erp.domain.geography import lines
	from healthcare_erp.healthcare_erp import geography

	with frappe.init_site(get_site(context)):
		frappe.connect()
		try:
			with named_errors():
				report = geography.seed(geography.read_map(as_typed(file)) if file else None)
		except frappe.ValidationError as refusal:
			raise click.ClickException(frappe.utils.strip_html(str(refusal))) from None
		frappe.db.commit()  # a command ends its own transaction; nosemgrep
		for line in lines(report):
			click.echo(line)


@click.command("load-demo")
@click.option("--scale", type=click.Choice(["small", "national"]), default="small", show_default=True)
@click.option("--seed", type=int, help="Another number gives another country; the same, the same again.")
@pass_context
def load_demo(context, scale: str, seed: int | None):
	"""Load geography, essential medicines, facilities, lots and a history with a recall and a diversion.

	small: 40 facilities, 20 medicines and 5,000 movements; national: 3,000 facilities, 60 medicines and
	1,000,000 movements. The history ends now; a site takes it once.
	"""
	from healthcare_erp.setup import demo

	with frappe.init_site(get_site(context)):
		frappe.connect()
		counts = demo.load(scale, demo.SEED if seed is None else seed, progress=click.echo)
		frappe.db.commit()  # a command ends its own transaction; nosemgrep
		frappe.clear_cache()
		click.echo("Demo loaded:" if counts.pop("loaded") else "This site has its demo already:")
		for name, value in counts.items():
			click.echo(f"  {name}: {value}")


@click.command("verify-ledger")
@pass_context
def verify_ledger(context):
	"""Recompute every position from its movements; name each difference and exit with 1 if there is one."""
	from healthcare_erp.traceability.verification.verify import verify

	with frappe.init_site(get_site(context)):
		frappe.connect()
		result = verify()
		click.echo(f"{result['movements']} movements in {result['positions']} positions")
		for defect in result["defects"]:
			click.echo(f"{defect['code']}: {defect['subject']} {defect['detail']}")
		if not result["ok"]:
			raise SystemExit(1)


@click.command("verify-books")
@pass_context
def verify_books(context):
	"""Compare the ledger with ERPNext's stock, lot by lot and warehouse by warehouse; exit with 1 where they differ.

	Units that the ledger has and no voucher has posted yet are named too, and are no error.
	"""
	from healthcare_erp.traceability.books import comparison

	with frappe.init_site(get_site(context)):
		frappe.connect()
		result = comparison.compare()
		click.echo(f"{result['positions']} positions in both books")
		for difference in result["differences"]:
			click.echo(comparison.sentence(difference))
		if not result["ok"]:
			raise SystemExit(1)


@click.command("partition-ledger")
@click.option(
	"--last-year", type=int, help="The last year with a partition of its own; next year if left out."
)
@pass_context
def partition_ledger(context, last_year: int | None):
	"""Partition the ledger's table by the year of recording, or add the years that are missing.

	The table cannot be written meanwhile: about a minute for a million movements.
	"""
	from healthcare_erp.core.guarantees import partitioning

	with frappe.init_site(get_site(context)):
		frappe.connect()
		names = partitioning.apply(last_year or frappe.utils.getdate().year + 1)
		click.echo(f"Partitions: {', '.join(names)}")


@click.command("export-ledger")
@click.argument("out", metavar="FOLDER")
@click.option("--format", "file_format", type=click.Choice(["parquet", "jsonl"]), default="parquet")
@pass_context
def export_ledger(context, out: str, file_format: str):
	"""Write the ledger as a bundle that `healthcare-erp verify` and `trace` read without a bench."""
	from healthcare_erp.bundle.errors import BundleError
	from healthcare_erp.traceability.export import export

	with frappe.init_site(get_site(context)):
		frappe.connect()
		try:
			manifest = export(as_typed(out), file_format)
		except BundleError as refusal:
			raise click.ClickException(str(refusal)) from None
		for table, files in manifest.tables.items():
			click.echo(f"{table}: {sum(entry.rows for entry in files)}")


def as_typed(path: str) -> Path:
	"""The path as its user meant it: `bench` changes the working directory, the shell's stays in PWD."""
	return Path(os.environ.get("PWD", os.getcwd()), path).resolve()


def _shown(rows):
	with click.progressbar(rows, label="Importing", file=click.get_text_stream("stderr")) as bar:
		yield from bar


commands = [
	export_ledger,
	import_medicines,
	load_demo,
	partition_ledger,
	seed_geography,
	verify_books,
	verify_ledger,
]
