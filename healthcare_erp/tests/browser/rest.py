"""A signed-in client of the site's own web API: the tests make their data as any other program would."""

import secrets
from urllib.parse import urlsplit

import requests

APPROVE = "Approve"


class RefusedError(Exception):
	"""The site answered with an error."""


class Client:
	"""A session of one user.

	:param url: the site's address; a name under `.localhost` is looked for on this machine.
	:param site: the site's name, where the address does not say it.
	"""

	def __init__(self, url: str, user: str, password: str, site: str = ""):
		parts = urlsplit(url)
		local = (parts.hostname or "").endswith("localhost")
		self.address = f"{parts.scheme}://127.0.0.1:{parts.port or 80}" if local else url.rstrip("/")
		self.session = requests.Session()
		self.session.trust_env = False
		self.session.headers.update({"Host": parts.netloc, "Accept": "application/json"})
		if site:
			self.session.headers["X-Frappe-Site-Name"] = site
		self.post("method/login", usr=user, pwd=password)

	@property
	def sid(self) -> str:
		return self.session.cookies["sid"]

	def post(self, path: str, **values):
		return self._answer(self.session.post(f"{self.address}/api/{path}", json=values, timeout=60))

	def get(self, path: str, **values):
		return self._answer(self.session.get(f"{self.address}/api/{path}", params=values, timeout=60))

	def make(self, doctype: str, **values) -> dict:
		return self.post(f"resource/{doctype}", **values)

	def call(self, method: str, **values):
		return self.post(f"method/healthcare_erp.api.{method}", **values)

	def facility(self, doctype: str, **values) -> dict:
		"""An approved facility (with its warehouse)."""
		made = self.make(doctype, **values)
		self.call("transitions.apply", doctype=doctype, name=made["name"], action=APPROVE, reason="seen")
		return made

	def record(self, *movements: dict) -> None:
		for movement in movements:
			self.call("stock.record_movement", **movement)

	@staticmethod
	def _answer(response: requests.Response):
		if not response.ok:
			raise RefusedError(f"{response.status_code} {response.url}: {response.text[:2000]}")
		body = response.json()
		return body.get("message", body.get("data"))


def word(length: int = 8) -> str:
	"""A random name: rows of the ledger stay, so that each run needs names of its own."""
	return secrets.token_hex(length // 2).upper()


def gtin() -> str:
	"""A random GTIN-14 with its check digit (GS1 General Specifications, section 7.9)."""
	digits = f"0{secrets.randbelow(10**12):012d}"
	weighed = sum(int(digit) * (3, 1)[at % 2] for at, digit in enumerate(digits))
	return digits + str(-weighed % 10)
