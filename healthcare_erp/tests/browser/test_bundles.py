"""Pages load the bundles that they use, and stand a bundle that comes late."""

import pytest

from healthcare_erp.tests.browser.chain import EXPIRES_IN_DAYS

LOADER = "healthcare_erp.bundle"
SHARED = "national_traceability.bundle"
WIDE = {"width": 1900, "height": 900}
SCRIPTS = """() => performance.getEntriesByType("resource").map((one) => one.name)
	.filter((name) => name.includes("/assets/healthcare_erp/") && name.endsWith(".js"))
	.map((name) => name.split("/").pop().split(".").slice(0, 2).join("."))"""


def test_page_of_another_app_loads_the_loader_only(open_desk):
	page = open_desk("/app/user")
	page.locator(".list-row").first.wait_for()
	assert page.evaluate(SCRIPTS) == [LOADER]


def test_bundle_is_fetched_once_for_a_list_and_its_form(open_desk, chain):
	page = open_desk("/app/national-lot")
	page.locator(".list-row", has_text=chain.lot["lot_number"]).first.locator(".list-subject a").click()
	page.locator(".form-message", has_text="Units on Hand").wait_for()
	assert page.evaluate(SCRIPTS) == [LOADER, SHARED]


@pytest.mark.parametrize(
	("doctype", "shown"), [("Stock Movement", "Import"), ("National Lot", f"in {EXPIRES_IN_DAYS} days")]
)
def test_list_whose_bundle_comes_late_is_drawn_again(open_desk, chain, doctype, shown):
	page = open_desk("/app/user", viewport=WIDE)
	page.locator(".list-row").first.wait_for()
	held = []
	page.route(f"**/{SHARED}*.js", lambda route: held.append(route))
	page.evaluate("(doctype) => frappe.set_route('List', doctype, 'List')", doctype)
	rows = page.locator(f"[data-page-route='List/{doctype}/List'] .list-row")
	rows.first.wait_for()
	assert rows.get_by_text(shown).count() == 0
	held[0].continue_()
	rows.get_by_text(shown).first.wait_for()


@pytest.mark.parametrize("route", ["/app/national-lot", "/app/trace"])
def test_bundle_that_does_not_come_is_said_and_the_desk_stays_usable(open_desk, route):
	page = open_desk("/app/user", allowed=("ERR_FAILED",))
	page.locator(".list-row").first.wait_for()
	page.evaluate("window.addEventListener('unhandledrejection', (event) => event.preventDefault())")
	page.route("**/assets/healthcare_erp/**", lambda request: request.abort())
	page.evaluate("(route) => frappe.set_route(route)", route)
	page.locator(".modal", has_text="could not be loaded").get_by_role("button", name="Reload").wait_for()
	assert page.evaluate("frappe.dom.freeze_count") == 0
	page.unroute("**/assets/healthcare_erp/**")
	page.get_by_role("button", name="Reload").click()
	page.locator(".list-row, .trace-empty").first.wait_for()
