"""16 HTTP clients fight for the last units of 20 lots; then again with a worker killed in mid-load."""

import os
import signal
import threading
import time
import uuid
from collections import Counter
from queue import Empty, Queue

import frappe
import requests

from benchmarks.server import Server, client, new_token
from healthcare_erp.tests import factories
from healthcare_erp.traceability.verification.verify import verify

CLIENTS, REQUESTS, LOTS, UNITS, WORKERS = 16, 5_000, 20, 150, 4
METHOD = "/api/method/healthcare_erp.api.stock.record_movement"
KILL_AFTER = 0.3  # of the requests
DEADLINE = 600  # seconds


class Fight:
	"""One run: who sold what, and what the server answered."""

	def __init__(self, kill: bool):
		self.kill = kill
		self.facility = factories.wholesaler()
		medicine = factories.medicine().name
		self.lots = [factories.lot(medicine).name for _number in range(LOTS)]
		for lot in self.lots:
			factories.record(self.facility, lot, "Import", UNITS)
		self.token = new_token()
		self.answers: Counter = Counter()
		self.sold: set[str] = set()
		self.lock = threading.Lock()
		self.jobs: Queue = Queue()
		for number in range(REQUESTS):
			self.jobs.put((self.lots[number % LOTS], uuid.uuid4().hex))

	def run(self) -> dict:
		with Server(WORKERS) as server:
			self.server = server
			start = time.perf_counter()
			clients = [threading.Thread(target=self._client) for _number in range(CLIENTS)]
			for client in clients:
				client.start()
			if self.kill:
				self._kill_a_worker()
			for client in clients:
				client.join(DEADLINE)
			seconds = time.perf_counter() - start
		return self._verdict(seconds)

	def _client(self) -> None:
		session = client(self.token)
		while True:
			try:
				lot, key = self.jobs.get_nowait()
			except Empty:
				return
			self._sell(session, lot, key)

	def _sell(self, session: requests.Session, lot: str, key: str) -> None:
		"""Send one sale until it is answered: a broken connection is tried again with the same key."""
		sale = factories.request(self.facility, lot, "Sale", 1, idempotency_key=key)
		while True:
			try:
				response = session.post(self.server.url + METHOD, json=sale, timeout=60)
				answer = (
					"sold" if response.ok else f"{response.status_code} {response.json().get('exc_type')}"
				)
			except requests.RequestException:
				answer = "connection broken, sent again"
			with self.lock:
				self.answers[answer] += 1
				if answer == "sold":
					self.sold.add(key)
			if answer == "409 LedgerBusyError" or answer.startswith("connection"):
				continue
			return

	def _kill_a_worker(self) -> None:
		while self.jobs.qsize() > REQUESTS * (1 - KILL_AFTER):
			time.sleep(0.01)
		os.kill(self.server.a_worker(), signal.SIGKILL)

	def _verdict(self, seconds: float) -> dict:
		frappe.db.rollback()
		rows = frappe.get_all(
			"Stock Movement",
			filters={"national_lot": ("in", self.lots), "movement_type": "Sale"},
			pluck="idempotency_key",
			limit=0,
		)
		errors = {a: n for a, n in self.answers.items() if a not in ("sold", "409 InsufficientStockError")}
		return {
			"requests": REQUESTS,
			"per_second": REQUESTS / seconds,
			"sold": len(self.sold),
			"oversold": max(0, len(rows) - LOTS * UNITS),
			"lost": len(self.sold ^ set(rows)),
			"other_answers": errors,
			"ledger_ok": verify()["ok"],
		}


def measure() -> dict[str, dict]:
	frappe.local_site = frappe.local.site  # threads have no frappe.local of their own
	return {"fight": Fight(kill=False).run(), "fight, a worker killed": Fight(kill=True).run()}
