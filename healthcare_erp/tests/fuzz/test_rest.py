"""Whatever is sent to the app's methods, DocTypes and reports over REST: no answer of 5xx.

`make test` sends a seeded part, `make fuzz` (REST_FUZZ=all) every call. Nothing that a call wrote stays.
"""

import json
import os
import random
from collections import Counter
from itertools import cycle
from unittest.mock import patch

import frappe

from healthcare_erp.tests import web
from healthcare_erp.tests.case import SiteTestCase
from healthcare_erp.tests.fuzz import calls
from healthcare_erp.tests.fuzz.world import make_world

SEED = 6
PART = os.environ.get("REST_FUZZ", "600")  # so many calls, or all


def roll_back(rollback: bool) -> bool:
	"""In place of Frappe's commit at the end of a request."""
	frappe.db.rollback()
	return False


class TestRest(SiteTestCase):
	def test_no_answer_is_a_server_error(self):
		world = make_world()
		asked = calls.every(world)
		if PART != "all":
			asked = random.Random(SEED).sample(asked, int(PART))
		with (
			patch("frappe.app.sync_database", roll_back),
			patch("healthcare_erp.api.trace_export.get_pdf", return_value=b"%PDF"),
		):
			answers = [self.send(call, caller) for call, caller in zip(asked, cycle(world.callers))]
		failed = [(call, answer) for call, answer in zip(asked, answers, strict=True) if answer.status >= 500]
		self.assertEqual(failed, [])
		statuses = Counter(answer.status for answer in answers)
		self.assertTrue(statuses[200] and statuses[400], statuses)
		self.assertEqual(statuses[401], 0, "a caller's key no longer held: what it asked, nobody looked at")

	def send(self, call: calls.Call, caller: dict) -> web.Answer:
		if call.verb == "GET":
			return web.request(
				"GET", call.path, caller, query_string={k: _in_query(v) for k, v in call.body.items()}
			)
		headers = caller | {"Content-Type": "application/json"}
		return web.request(call.verb, call.path, headers, data=json.dumps(call.body))


def _in_query(value) -> str:
	text = value if isinstance(value, str) else json.dumps(value)
	return text.encode("utf-8", "replace").decode()
