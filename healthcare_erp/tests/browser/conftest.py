"""Desk in a real Chromium, on a site that somebody serves.

Environment: HEALTHCARE_ERP_URL (without it these tests are skipped), HEALTHCARE_ERP_SITE,
HEALTHCARE_ERP_USER (Administrator) and HEALTHCARE_ERP_PASSWORD, CHROMIUM.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from healthcare_erp.tests.browser.chain import Chain, make_chain
from healthcare_erp.tests.browser.rest import Client, word
from healthcare_erp.tests.browser.serving.console import watch

URL = os.environ.get("HEALTHCARE_ERP_URL", "").rstrip("/")
SITE = os.environ.get("HEALTHCARE_ERP_SITE", "")
USER = os.environ.get("HEALTHCARE_ERP_USER", "Administrator")
PASSWORD = os.environ.get("HEALTHCARE_ERP_PASSWORD", "")
WHY_NOT = "HEALTHCARE_ERP_URL names no served site (make test-browser serves one)"
DESKTOP = {"width": 1280, "height": 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
PATIENCE = 30_000  # milliseconds that the page may take before a test calls it missing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
	if not URL:
		for item in items:
			item.add_marker(pytest.mark.skip(reason=WHY_NOT))


def pytest_terminal_summary(terminalreporter) -> None:
	if not URL:
		terminalreporter.write_line(f"BROWSER TESTS DID NOT RUN: {WHY_NOT}.", red=True, bold=True)


@pytest.fixture(scope="session")
def api() -> Client:
	"""The administrator's client of the web API."""
	return Client(URL, USER, PASSWORD, SITE)


@pytest.fixture(scope="session")
def chain(api: Client) -> Chain:
	return make_chain(api)


@pytest.fixture(scope="session")
def browser() -> Iterator:
	from playwright.sync_api import sync_playwright

	chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
	with sync_playwright() as playwright:
		running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
		yield running
		running.close()


@pytest.fixture(scope="session")
def signed_in(browser) -> Callable:
	"""`signed_in(user, password)`: a browser profile with a session of that user, one for all tests."""
	profiles = {}

	def profile(user: str, password: str):
		if user not in profiles:
			context = profiles[user] = browser.new_context(base_url=URL, accept_downloads=True)
			context.set_default_timeout(PATIENCE)
			sid = Client(URL, user, password, SITE).sid
			context.add_cookies([{"name": "sid", "value": sid, "url": URL}])
		return profiles[user]

	return profile


@pytest.fixture
def page_of_nobody(browser) -> Iterator:
	"""A page of a browser in which nobody has signed in."""
	context = browser.new_context(base_url=URL)
	yield context.new_page()
	context.close()


@pytest.fixture
def open_desk(signed_in) -> Iterator[Callable]:
	"""`open_desk(route, user=…, password=…, viewport=…, allowed=…)`: a page of Desk.

	Errors in its console fail the test, save those that hold one of the `allowed` texts and files that other apps lack.
	"""
	problems: list[str] = []
	with ExitStack() as stack:

		def open_route(route: str, user=USER, password=PASSWORD, viewport=DESKTOP, allowed=()):
			page = signed_in(user, password).new_page()
			stack.callback(page.close)
			page.set_viewport_size(viewport)
			watch(page, problems, allowed)
			page.goto(route)
			return page

		yield open_route
	assert not problems, "\n".join(problems)


@pytest.fixture(scope="session")
def user_with(api: Client) -> Callable[..., tuple[str, str]]:
	"""`user_with(roles, language, scope)`: a new user's name and password; `scope` is a (doctype, name)."""

	def make(roles: list[str], language: str = "en", scope: tuple[str, str] | None = None) -> tuple[str, str]:
		email, password = f"{word().lower()}@example.com", f"{word(16)}-aZ"
		values = {"first_name": word(), "language": language, "send_welcome_email": 0}
		rows = [{"role": role} for role in roles]
		api.make("User", email=email, new_password=password, roles=rows, **values)
		if scope:
			api.make("User Permission", user=email, allow=scope[0], for_value=scope[1])
		return email, password

	return make
