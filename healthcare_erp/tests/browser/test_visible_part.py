"""What the Desk's other pages tell those who may see a part of the stock, or none; and when a lot expires."""

from datetime import timedelta

import pytest

from healthcare_erp.tests.browser.chain import EXPIRES_IN_DAYS, site_today

MANAGER = ["Pharmacy Manager"]
WORKSPACE = "/app/national-traceability"
CARDS = {"stock": "Blocked or Recalled on Hand", "movements": "Movements Today", "lots": "Active Lots"}


@pytest.fixture
def as_manager(open_desk, user_with):
	"""`as_manager(route, scope, language)`: a page as a manager with that scope, or with None of none."""

	def opened(route: str, scope: tuple[str, str] | None, language: str = "en"):
		user, password = user_with(MANAGER, language, scope)
		return open_desk(route, user=user, password=password)

	return opened


def card(page, which: str) -> str:
	number = page.locator(".number-widget-box", has_text=CARDS[which]).locator(".number")
	number.wait_for()
	return number.inner_text().strip()


def test_workspace_says_which_part_its_sums_are_of(as_manager, chain):
	page = as_manager(WORKSPACE, ("Pharmacy", chain.retailer["name"]))
	assert chain.retailer["name"] in page.locator(".healthcare-part").inner_text()
	assert card(page, "stock") == "0 units"


def test_workspace_tells_somebody_without_a_scope_to_ask_for_one(as_manager, chain):
	page = as_manager(WORKSPACE, None)
	assert "Ask an administrator" in page.locator(".healthcare-part").inner_text()
	assert card(page, "stock") == card(page, "movements") == "not visible to you"


def test_banner_leaves_with_its_page(as_manager, chain):
	page = as_manager("/app/stock-movement", None)
	assert "Ask an administrator" in page.locator(".healthcare-part").inner_text()
	page.locator(".no-result").first.wait_for()
	page.goto("/app/national-medicine")
	page.locator(".list-row-container").first.wait_for()
	assert page.locator(".healthcare-part").count() == 0


def test_who_sees_all_is_told_nothing_of_parts(open_desk, chain):
	page = open_desk(WORKSPACE)
	assert card(page, "stock").endswith("units")
	assert page.locator(".healthcare-part").count() == 0


def test_card_shows_every_digit(open_desk, chain):
	page = open_desk(WORKSPACE)
	answer = {"message": {"value": 1470318, "text": "1,470,318 units", "route": None, "route_options": None}}
	page.route("**/*registry.stopped_units*", lambda route: route.fulfill(json=answer))
	page.reload()
	assert card(page, "stock") == "1,470,318 units"


def test_lot_says_of_which_part_its_units_are(as_manager, chain):
	lot = f"/app/national-lot/{chain.lot['name']}"
	page = as_manager(lot, ("Pharmacy", chain.retailer["name"]))
	page.locator(".form-message", has_text="275 in your part").wait_for()
	page = as_manager(lot, None)
	page.locator(".form-message", has_text="not visible to you").wait_for()


@pytest.mark.parametrize(
	("language", "past", "coming"),
	[
		("en", "9 days ago", f"in {EXPIRES_IN_DAYS} days"),
		("fr", "il y a 9 jours", f"dans {EXPIRES_IN_DAYS} jours"),
	],
)
def test_days_say_whether_they_are_past_or_to_come(as_manager, chain, language, past, coming):
	page = as_manager("/app/national-lot", None, language)
	page.wait_for_function("() => window.healthcare_erp?.national_traceability")
	days = [(site_today() + timedelta(days=at)).isoformat() for at in (-9, EXPIRES_IN_DAYS)]
	shown = [
		page.evaluate(
			"(day) => $('<p>').html(healthcare_erp.national_traceability.expiry_cell(day)).text()", day
		)
		for day in days
	]
	assert [text.split(" · ")[0] for text in shown] == [past, coming]
