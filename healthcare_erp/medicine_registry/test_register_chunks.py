"""An import and the trade in its medicines, at once: two connections, committing. Names are random and stay."""

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from unittest.mock import patch

import frappe

from healthcare_erp.medicine_registry import register
from healthcare_erp.tests import factories
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.concurrency import together
from healthcare_erp.traceability import ledger
from healthcare_erp.traceability.ledger import intake

HEADER = "num_enregistrement,designation_commerciale,dci,dosage,forme,conditionnement,prix"


class Broken(Exception):
	"""A power cut."""


def sell(request: dict) -> list:
	frappe.db.sql("SET SESSION innodb_lock_wait_timeout = 1")
	return ledger.record(intake.parse([request]))


def committed(work):
	done = work()
	frappe.db.commit()
	return done


class TestRegisterChunks(SiteTestCase):
	def setUp(self):
		folder = tempfile.TemporaryDirectory()
		self.addCleanup(folder.cleanup)
		self.path = Path(folder.name) / "register.csv"
		chunks = patch.object(register, "CHUNK_SIZE", 1)
		chunks.start()
		self.addCleanup(chunks.stop)

	def given(self, *medicines, price: int) -> None:
		rows = [
			f"{one.registration_number},{one.brand_name},{one.inn},{one.strength},{one.dosage_form},{one.pack},{price}"
			for one in medicines
		]
		self.path.write_text("\n".join([HEADER, *rows]))

	def stocked(self) -> tuple:
		"""(medicine, a committed sale of one unit of its lot)."""
		holder, lot = factories.stocked(10)
		frappe.db.commit()
		medicine = frappe.get_doc("National Medicine", lot.national_medicine)
		return medicine, factories.request(holder, lot.name, "Sale", 1)

	def prices(self, *medicines) -> list[float]:
		frappe.db.rollback()
		return [frappe.db.get_value("National Medicine", one.name, "authorised_price") for one in medicines]

	def test_a_medicine_is_traded_while_the_rest_of_its_import_runs(self):
		(first, sale), (second, later_sale) = self.stocked(), self.stocked()
		self.given(first, second, price=777)
		sold = []

		def meanwhile(entries):
			"""Both medicines are sold after the first one was written, before the second one is."""
			for place, entry in enumerate(entries):
				if place == 1:
					sold.extend(together(partial(sell, sale), partial(sell, later_sale)))
				yield entry

		report = register.import_file(self.path, progress=meanwhile, transact=committed)
		self.assertEqual([type(outcome) for outcome in sold], [list, list], sold)
		self.assertEqual(report.updated, 2)
		self.assertEqual(self.prices(first, second), [777, 777])

	def test_a_dry_run_does_not_stop_trade_either(self):
		medicine, sale = self.stocked()
		self.given(medicine, factories.medicine(), price=777)
		frappe.db.commit()
		sold = []

		def meanwhile(entries):
			for place, entry in enumerate(entries):
				if place == 1:
					sold.extend(together(partial(sell, sale)))
				yield entry

		report = register.import_file(self.path, dry_run=True, progress=meanwhile, transact=committed)
		self.assertEqual([type(outcome) for outcome in sold], [list], sold)
		self.assertEqual((report.updated, self.prices(medicine)), (2, [100]))

	def test_importing_again_goes_on_after_a_break(self):
		medicines = [factories.medicine() for _count in range(3)]
		frappe.db.commit()
		self.given(*medicines, price=888)

		def cut_short(entries):
			yield from entries[:2]
			raise Broken

		self.assertRaises(Broken, register.import_file, self.path, progress=cut_short, transact=committed)
		self.assertEqual(self.prices(*medicines), [888, 888, 100])
		report = register.import_file(self.path, transact=committed)
		self.assertEqual((report.unchanged, report.updated), (2, 1))
		self.assertEqual(self.prices(*medicines), [888, 888, 888])

	def test_an_import_does_not_commit_by_itself(self):
		medicine = factories.medicine()
		frappe.db.commit()
		self.given(medicine, price=999)
		register.import_file(self.path)
		self.assertEqual(self.prices(medicine), [100])

	def test_the_command_commits_and_can_be_run_again(self):
		medicine = factories.medicine()
		frappe.db.commit()
		self.given(medicine, price=999)
		self.assertIn("1 rows: 0 created, 1 updated, 0 unchanged, 0 rejected", self.command("--dry-run"))
		self.assertEqual(self.prices(medicine), [100])
		self.assertIn("1 rows: 0 created, 1 updated, 0 unchanged, 0 rejected", self.command())
		self.assertEqual(self.prices(medicine), [999])
		self.assertIn("1 rows: 0 created, 0 updated, 1 unchanged, 0 rejected", self.command())

	def command(self, *options: str) -> str:
		"""What `bench --site SITE import-medicines` prints."""
		bench = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site]
		return subprocess.run(
			[*bench, "import-medicines", str(self.path), *options],
			cwd=frappe.local.sites_path,
			capture_output=True,
			check=True,
			text=True,
		).stdout
