"""Markup in a row of the ledger is text on every page: a row can never be cleaned, and whoever reads it may be the regulator."""

import json
from collections.abc import Iterator

import pytest

from healthcare_erp.tests.browser.chain import Chain, make_chain
from healthcare_erp.tests.browser.conftest import SITE
from healthcare_erp.tests.browser.planted import plant
from healthcare_erp.tests.browser.rest import word

LEDGER = "Stock Movement"
FIELDS = (
	"movement_type",
	"direction",
	"reference_doctype",
	"reference_name",
	"idempotency_key",
	"late_reason",
)
WIDE = {"width": 2000, "height": 900}
MOVED = {"movement_type": "B2B Out", "direction": "Out", "reference_doctype": "B2B Order"}


@pytest.fixture(scope="module")
def chain(api) -> Chain:
	"""One of its own: what is planted would change the sums of the others'."""
	return make_chain(api)


@pytest.fixture(scope="module")
def planted(api, chain) -> list[str]:
	"""Two rows of the chain's lot: one whose texts are all markup, and a transfer under such a document."""
	wanted = json.dumps({"national_lot": chain.lot["name"], "movement_type": "Import"})
	[first] = api.get(f"resource/{LEDGER}", filters=wanted)
	other = {"counterparty_type": "Pharmacy", "counterparty": chain.retailer["name"]}
	names = [word(26), word(26)]
	plant(SITE, first["name"], names[0], position_sequence=98)
	plant(SITE, first["name"], names[1], **MOVED, **other, position_sequence=99, quantity=7)
	return names


@pytest.fixture
def columns(api) -> Iterator[None]:
	"""The ledger's list shows the columns of texts."""
	shown = [{"fieldname": field, "label": field} for field in ("national_lot", *FIELDS)]
	save_columns(api, shown, [])
	yield
	save_columns(api, shown[:1], list(FIELDS))


def save_columns(api, shown: list[dict], hidden: list[str]) -> None:
	api.post(
		"method/frappe.desk.doctype.list_view_settings.list_view_settings.save_listview_settings",
		doctype=LEDGER,
		listview_settings=json.dumps({"fields": json.dumps(shown), "total_fields": "10"}),
		removed_listview_fields=json.dumps(hidden),
	)


def assert_harmless(page, says: str = "svg onload") -> None:
	"""The row's text is on the page, and none of its markup."""
	page.get_by_text(says).first.wait_for()
	assert page.evaluate("window.owned") is None
	assert page.locator("svg[onload], img[onerror]").count() == 0


def test_list(open_desk, planted, columns, chain):
	page = open_desk(f"/app/stock-movement?national_lot={chain.lot['name']}", viewport=WIDE)
	page.locator(".list-row").nth(1).wait_for()
	assert_harmless(page)
	page.locator(".list-row").first.hover()
	assert_harmless(page)


def test_report_view(open_desk, planted, chain, api):
	columns = json.dumps({"fields": [["name", LEDGER], *([field, LEDGER] for field in FIELDS)]})
	name = f"Texts {chain.lot['name']}"
	api.make("Report", report_name=name, ref_doctype=LEDGER, report_type="Report Builder", json=columns)
	page = open_desk(f"/app/stock-movement/view/report/{name}?national_lot={chain.lot['name']}")
	page.locator(".dt-row").nth(1).wait_for()
	assert_harmless(page)


def test_form(open_desk, planted):
	page = open_desk(f"/app/stock-movement/{planted[0]}")
	page.locator(".form-message, .form-intro").first.wait_for()
	assert_harmless(page)


def test_print_view(open_desk, planted):
	for path in (f"/printview?doctype={LEDGER}&name={planted[0]}", f"/app/print/{LEDGER}/{planted[0]}"):
		page = open_desk(path, allowed=["favicon.ico"])
		frame = page.frame_locator("iframe.print-format-container") if "/app/" in path else page
		frame.get_by_text("svg onload").first.wait_for()
		assert page.evaluate("window.owned") is None
		assert frame.locator("svg[onload], img[onerror]").count() == 0


def test_query_report(open_desk, planted, chain):
	page = open_desk(f"/app/query-report/Transfers Whose Ends Disagree?national_lot={chain.lot['name']}")
	page.locator(".dt-row").nth(1).wait_for()
	assert_harmless(page)


def test_trace_page_and_its_files(open_desk, planted, chain, api):
	page = open_desk(f"/app/trace/{chain.lot['name']}")
	page.locator(".trace-answer").wait_for()
	page.get_by_text("svg onload").first.wait_for(state="attached")
	assert page.evaluate("window.owned") is None
	assert page.locator("svg[onload], img[onerror]").count() == 0
