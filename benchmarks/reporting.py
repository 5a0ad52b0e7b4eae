"""Over HTTP: 1,000 facilities report their day in calls of 500 movements, and one movement beside a `ping`."""

import json
import random
import threading
import time
import uuid
from collections import Counter
from queue import Empty, Queue
from statistics import median, quantiles

import frappe

from benchmarks.fixtures import PLENTY, World, make_world, movement, record_in_bulk
from benchmarks.server import Server, client, new_token
from healthcare_erp.tests import factories

FACILITIES, LOTS, LOTS_HELD, CALL, CLIENTS, WORKERS = 1_000, 200, 40, 500, 8, 2
METHOD = "/api/method/healthcare_erp.api."
ROUNDS, SINGLES = 15, 40


class Reports:
	"""One evening: each facility sends its sales in one call, while an inspector asks for a trace again and again."""

	def __init__(self, facilities: int, traced: str):
		self.traced, self.token = traced, new_token()
		self.answers: Counter = Counter()
		self.lock = threading.Lock()
		self.calls: Queue = Queue()
		self.rng = random.Random(4)
		self.world = make_world(facilities, LOTS, stocked=False)
		self.held = [self.rng.sample(self.world.lots, LOTS_HELD) for _facility in self.world.facilities]
		self._stock_up()
		for facility, lots in zip(self.world.facilities, self.held, strict=True):
			self.calls.put(self._report(facility, lots))

	def run(self) -> dict:
		with Server(WORKERS) as self.server:
			self._trace(client(self.token))
			self.over = threading.Event()
			inspector = Inspector(self)
			start = time.perf_counter()
			clients = [threading.Thread(target=self._client) for _number in range(CLIENTS)]
			for thread in (inspector, *clients):
				thread.start()
			for thread in clients:
				thread.join()
			seconds = time.perf_counter() - start
			self.over.set()
			inspector.join()
		return self._verdict(seconds, inspector.times)

	def _stock_up(self) -> None:
		record_in_bulk(
			movement("B2B In", "In", PLENTY, facility.warehouse, lot.name)
			for facility, lots in zip(self.world.facilities, self.held, strict=True)
			for lot in lots
		)

	def _report(self, facility, lots: list) -> bytes:
		rows = [
			factories.request(
				facility, self.rng.choice(lots).name, "Sale", 1, idempotency_key=uuid.uuid4().hex
			)
			for _number in range(CALL)
		]
		return json.dumps({"movements": rows}).encode()

	def _client(self) -> None:
		session = client(self.token)
		session.headers["Content-Type"] = "application/json"
		while True:
			try:
				body = self.calls.get_nowait()
			except Empty:
				return
			response = session.post(self.server.url + METHOD + "stock.record_movements", data=body)
			with self.lock:
				self.answers[
					"recorded" if response.ok else f"{response.status_code} {response.text[:80]}"
				] += 1

	def _trace(self, session) -> float:
		start = time.perf_counter()
		answer = session.get(
			self.server.url + METHOD + "traceability.trace_batch", params={"lot": self.traced}
		)
		answer.raise_for_status()
		return 1_000 * (time.perf_counter() - start)

	def _verdict(self, seconds: float, times: list[float]) -> dict:
		return {
			"facilities": len(self.world.facilities),
			"per_second": self.answers["recorded"] * CALL / seconds,
			"trace_p95": quantiles(times, n=20)[-1],
			"traces": len(times),
			"other_answers": {answer: n for answer, n in self.answers.items() if answer != "recorded"},
		}


class Inspector(threading.Thread):
	"""Asks for the trace until the reports are in; `times` are milliseconds."""

	def __init__(self, reports: Reports):
		super().__init__()
		self.reports, self.times = reports, []

	def run(self) -> None:
		session = client(self.reports.token)
		while not self.reports.over.is_set():
			self.times.append(self.reports._trace(session))


def beside_ping(world: World) -> dict[str, float]:
	"""Requests a second of one client: `ping` and `record_movement` in turns, with the same token."""
	session, rates = client(new_token()), {"ping": [], "record_movement": []}
	with Server(WORKERS) as server:
		_single(session, server, world, 0)
		for number in range(ROUNDS):
			start = time.perf_counter()
			for _request in range(SINGLES):
				session.get(server.url + "/api/method/ping").raise_for_status()
			rates["ping"].append(SINGLES / (time.perf_counter() - start))
			start = time.perf_counter()
			for request in range(SINGLES):
				_single(session, server, world, number * SINGLES + request)
			rates["record_movement"].append(SINGLES / (time.perf_counter() - start))
	return {name: median(values) for name, values in rates.items()}


def _single(session, server: Server, world: World, number: int) -> None:
	facility, lot = world.facilities[number % len(world.facilities)], world.lots[number % len(world.lots)]
	sale = factories.request(facility, lot.name, "Sale", 1, idempotency_key=uuid.uuid4().hex)
	session.post(server.url + METHOD + "stock.record_movement", json=sale).raise_for_status()


def measure(world: World, traced: str) -> dict:
	frappe.local_site = frappe.local.site  # threads have no frappe.local of their own
	return {"reports": Reports(FACILITIES, traced).run(), "single": beside_ping(world)}
