"""The site's application under gunicorn on a free port, and who may ask it."""

import os
import socket
import subprocess
import sys
import time

import frappe
import requests

from healthcare_erp.tests import factories


class Server:
	"""gunicorn with the site's application, for the length of a `with`."""

	def __init__(self, workers: int):
		self.workers = workers

	def __enter__(self) -> "Server":
		with socket.socket() as probe:
			probe.bind(("127.0.0.1", 0))
			port = probe.getsockname()[1]
		self.url = f"http://127.0.0.1:{port}"
		command = [sys.executable, "-m", "gunicorn", "frappe.app:application", "--workers", str(self.workers)]
		command += ["--bind", f"127.0.0.1:{port}", "--timeout", "120", "--log-level", "error", "--preload"]
		self.process = subprocess.Popen(command, cwd=os.getcwd())
		self._wait()
		return self

	def __exit__(self, *_exception) -> None:
		self.process.terminate()
		self.process.wait(30)

	def a_worker(self) -> int:
		children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
		with open(children) as listing:
			return int(listing.read().split()[0])

	def _wait(self) -> None:
		for _attempt in range(300):
			try:
				if requests.get(
					self.url + "/api/method/ping", headers={"Host": frappe.local_site}, timeout=5
				).ok:
					return
			except requests.RequestException:
				time.sleep(0.1)
		raise TimeoutError(self.url)


def client(token: str) -> requests.Session:
	"""A session that asks as the owner of this token."""
	session = requests.Session()
	session.headers.update({"Authorization": token, "Host": frappe.local_site, "Accept": "application/json"})
	return session


def new_token() -> str:
	"""The token of a new National Admin."""
	user = frappe.get_doc("User", factories.user("National Admin"))
	user.api_key, secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	user.api_secret = secret
	user.save()
	frappe.db.commit()
	return f"token {user.api_key}:{secret}"
