"""Requests to the app through Frappe's own WSGI application: routing, authentication, errors as clients see them.

The application runs in a thread of its own and sees only what was committed.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from threading import Lock, Thread
from typing import NamedTuple

import frappe
from frappe.app import application
from werkzeug.test import Client

_silencing, _silent = Lock(), []  # requests that run at once have one sys.stdout


@contextmanager
def quiet() -> Iterator[None]:
	"""Nothing is printed until the last of those who asked for it has done (`redirect_stdout` would not come back)."""
	with _silencing:
		_silent.append(sys.stdout if not _silent else _silent[0])
		sys.stdout = StringIO()
	try:
		yield
	finally:
		with _silencing:
			stdout = _silent.pop()
			if not _silent:
				sys.stdout = stdout


class Answer(NamedTuple):
	status: int
	body: dict

	@property
	def error(self) -> str | None:
		return self.body.get("exc_type")


def login(user: str) -> dict[str, str]:
	"""Headers that authenticate as this user (an API key made for it)."""
	key, secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	doc = frappe.get_doc("User", user)
	doc.api_key, doc.api_secret = key, secret
	doc.save(ignore_permissions=True)
	return {"Authorization": f"token {key}:{secret}"}


def request(verb: str, path: str, headers: dict | None = None, **options) -> Answer:
	"""Send one request. `options` are werkzeug's: `json`, `data`, `query_string`."""
	answers: list[Answer] = []
	headers = {"X-Frappe-Site-Name": frappe.local.site, "Accept": "application/json"} | (headers or {})

	def send() -> None:
		with quiet():  # in developer mode Frappe prints each refusal's traceback
			response = Client(application).open(path, method=verb, headers=headers, **options)
		answers.append(Answer(response.status_code, response.get_json(silent=True) or {}))

	thread = Thread(target=send)
	thread.start()
	thread.join()
	return answers[0]
