"""How `make up` and `make test-browser` serve a site: with realtime, to this machine only, without a debugger."""

import socket
from urllib.parse import urlsplit

import pytest
import requests

from healthcare_erp.tests.browser.conftest import URL
from healthcare_erp.tests.browser.rest import Client, word

HANDSHAKE = "/socket.io/?EIO=4&transport=polling"
IS_CONNECTED = "frappe.realtime.socket && frappe.realtime.socket.connected"


@pytest.fixture
def ask(api: Client):
	"""`ask(path, **headers)`: the answer to a guest's GET."""

	def get(path: str, **headers: str) -> requests.Response:
		return requests.get(api.address + path, headers={"Host": urlsplit(URL).netloc, **headers}, timeout=60)

	return get


def address_on_the_network() -> str:
	"""This machine's address towards others; connecting a datagram socket sends nothing."""
	with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
		try:
			probe.connect(("192.0.2.1", 9))
		except OSError:
			pytest.skip("this machine has no network")
		return probe.getsockname()[0]


def test_document_changed_in_one_browser_is_told_to_the_other(api, open_desk):
	name = api.make("ToDo", description=word())["name"]
	writer, reader = (open_desk(f"/app/todo/{name}") for _ in range(2))
	for page in (writer, reader):
		page.wait_for_function(IS_CONNECTED)
		page.wait_for_function("name => cur_frm && cur_frm.docname === name", arg=name)
	reader.evaluate("() => frappe.realtime.on('doc_update', told => { window.told = told; })")
	writer.evaluate("() => cur_frm.set_value('priority', 'High').then(() => cur_frm.save())")
	reader.wait_for_function("window.told")
	assert reader.evaluate("window.told.name") == name


def test_progress_of_a_job_is_told(open_desk, chain):
	page = open_desk("/app/todo")
	page.wait_for_function(IS_CONNECTED)
	page.evaluate("() => frappe.realtime.on('progress', told => { window.told = told; })")
	# asked again until it is told: a browser is connected before it has joined its user's room
	ask = "() => window.told || void frappe.xcall('healthcare_erp.api.stock.verify_ledger')"
	page.wait_for_function(ask, polling=4_000)
	assert page.evaluate("window.told.title") == "Verifying the Ledger"


def test_nothing_is_served_to_the_network(ask):
	assert ask("/api/method/ping").ok
	with pytest.raises(ConnectionRefusedError):
		socket.create_connection((address_on_the_network(), urlsplit(URL).port), timeout=10)


@pytest.mark.parametrize("path", ["/console", "/?__debugger__=yes&cmd=resource&f=debugger.js"])
def test_debugger_is_not_served(ask, path):
	answer = ask(path)
	assert answer.status_code >= 400
	assert "EVALEX" not in answer.text and "openShell" not in answer.text


def test_page_of_another_origin_hears_nothing(ask):
	assert ask(HANDSHAKE).ok
	assert ask(HANDSHAKE, Origin="http://other.example").status_code == 403


def test_websocket_of_another_origin_is_refused(ask):
	upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Origin": "http://other.example"}
	key = {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
	assert ask(HANDSHAKE.replace("polling", "websocket"), **upgrade, **key).status_code == 403


def test_missing_public_file_is_not_found(ask):
	assert ask("/files/missing.png").status_code == 404
