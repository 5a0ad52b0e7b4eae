"""The verification as a job: one at a time, its progress, its verdicts; and who uses up its limit."""

from unittest.mock import patch

import frappe
from frappe.installer import update_site_config
from frappe.utils.background_jobs import get_job

from healthcare_erp.tests import factories, web
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.traceability.verification import job as verification_job
from healthcare_erp.traceability.verification import verify as verification

START = "/api/method/healthcare_erp.api.stock.verify_ledger"
READ = "/api/method/healthcare_erp.api.stock.get_ledger_verdict"
LIMIT = 20


class TestVerdicts(SiteTestCase):
	def setUp(self):
		factories.stocked(10)

	def test_verdict_is_kept_with_its_history(self):
		before = len(verification_job.state()["history"])
		verdict = verification_job.run()
		state = verification_job.state()
		self.assertEqual(state["last"], verdict)
		self.assertEqual(
			(verdict["movements"], verdict["asked_by"]), (frappe.db.count("Stock Movement"), "Administrator")
		)
		self.assertEqual(len(state["history"]), min(before + 1, verification_job.KEPT))
		self.assertEqual(state["history"][0]["defects"], len(verdict["defects"]))

	def test_history_does_not_grow_for_ever(self):
		for _time in range(2):
			frappe.db.set_global(
				"healthcare_erp_ledger_verdicts", frappe.as_json([{"defects": 0}] * verification_job.KEPT)
			)
			verification_job.run()
		self.assertEqual(len(verification_job.state()["history"]), verification_job.KEPT)

	def test_progress_ends_at_the_last_warehouse(self):
		factories.stocked(10)
		steps = []
		with patch.object(verification, "_WAREHOUSES_AT_ONCE", 1):
			verification.verify(progress=lambda done, all_of_them: steps.append((done, all_of_them)))
		warehouses = len(frappe.get_all("Stock Movement", distinct=True, pluck="warehouse"))
		self.assertEqual(steps, [(number, warehouses) for number in range(1, warehouses + 1)])

	def test_warehouse_by_warehouse_finds_what_one_pass_finds(self):
		whole = verification.verify()
		with patch.object(verification, "_WAREHOUSES_AT_ONCE", 1):
			self.assertEqual(verification.verify(), whole)


class TestJob(SiteTestCase):
	"""Over the web: what is asked for here is committed."""

	def setUp(self):
		self.auditor = web.login(factories.user("Auditor"))
		self.dispenser = web.login(factories.user("Dispenser"))
		frappe.db.commit()
		self.forget()
		self.addCleanup(self.forget)

	def forget(self) -> None:
		if job := get_job(verification_job.JOB):
			job.delete()
		frappe.cache.delete_keys("rl:")

	def test_it_is_queued_once_and_answers_at_once(self):
		first, second = (web.request("POST", START, self.auditor) for _time in range(2))
		self.assertEqual((first.status, second.status), (200, 200))
		self.assertTrue(second.body["message"]["running"])
		self.assertTrue(web.request("GET", READ, self.auditor).body["message"]["running"])
		self.assertEqual(get_job(verification_job.JOB).origin.rsplit(":")[-1], "long")

	def test_nobody_else_uses_up_the_limit(self):
		for _time in range(LIMIT + 1):
			self.assertEqual(web.request("POST", START, self.dispenser).status, 403)
		self.assertEqual(web.request("POST", START, self.auditor).status, 200)

	def test_limit_holds_for_those_who_may(self):
		answers = [web.request("POST", START, self.auditor).status for _time in range(LIMIT + 1)]
		self.assertEqual(answers, [200] * LIMIT + [429])

	def test_client_does_not_choose_the_address_it_is_counted_by(self):
		self.use_up()
		elsewhere = self.auditor | {"X-Forwarded-For": "203.0.113.9"}
		self.assertEqual(web.request("POST", START, elsewhere).status, 429)

	def test_second_api_shares_the_limit(self):
		self.use_up()
		self.assertEqual(
			web.request("POST", START.replace("/api/", "/api/v2/"), self.auditor, json={}).status, 429
		)

	def test_trusted_proxy_says_who_asks(self):
		self.addCleanup(update_site_config, "trusted_proxies", "None")
		update_site_config("trusted_proxies", ["10.0.0.0/8"])
		behind = {"environ_base": {"REMOTE_ADDR": "10.0.0.1"}}
		first, second = (
			self.auditor | {"X-Forwarded-For": f"{made_up}, 203.0.113.{made_up[0]}"} for made_up in "12"
		)
		self.use_up(first, **behind)
		self.assertEqual(web.request("POST", START, first, **behind).status, 429)
		self.assertEqual(web.request("POST", START, second, **behind).status, 200)
		self.assertEqual(
			web.request("POST", START, first | {"X-Forwarded-For": "9.9.9.9, 203.0.113.1"}, **behind).status,
			429,
		)

	def use_up(self, headers: dict | None = None, **options) -> None:
		for _time in range(LIMIT):
			self.assertEqual(web.request("POST", START, headers or self.auditor, **options).status, 200)

	def test_verdict_is_for_regulators(self):
		self.assertEqual(web.request("GET", READ, self.dispenser).status, 403)
