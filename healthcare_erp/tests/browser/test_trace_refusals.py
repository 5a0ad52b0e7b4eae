"""What the Trace page says, in its place, when it has no answer."""

from healthcare_erp.tests.browser.chain import make_lot, make_medicine
from healthcare_erp.tests.browser.desk import search
from healthcare_erp.tests.browser.rest import word


def refusal(page):
	shown = page.locator(".trace-refusal")
	shown.wait_for()
	assert page.locator(".modal.show").count() == 0
	assert page.locator(".trace-answer").is_hidden()
	return shown


def test_unknown_lot_is_said_and_the_next_is_found(open_desk, chain):
	page = open_desk("/app/trace", allowed=["status of 404"])
	search(page, "NO-SUCH-LOT")
	said = refusal(page).inner_text()
	assert "Unknown Lot" in said and "NO-SUCH-LOT" in said
	search(page, chain.lot["lot_number"])
	page.locator(".trace-answer").wait_for()
	assert page.locator(".trace-refusal").count() == 0


def test_markup_in_a_code_is_text(open_desk, chain):
	page = open_desk("/app/trace", allowed=["status of 404"])
	search(page, "<img src=x onerror=alert(1)>")
	said = refusal(page)
	assert "<img" in said.inner_text() and said.locator("img").count() == 0


def test_ambiguous_number_offers_the_lots(open_desk, api):
	number = word()
	lots = [make_lot(api, make_medicine(api)["name"], number) for _medicine in range(2)]
	page = open_desk("/app/trace", allowed=["status of 400"])
	search(page, number)
	refusal(page)
	page.locator(f".trace-choices a[href='/app/trace/{lots[1]['name']}']").click()
	page.locator(".trace-answer").wait_for()
	assert page.url.endswith(lots[1]["name"])


def test_reader_without_permission_is_told(open_desk, chain, user_with):
	user, password = user_with(["System Manager"])
	page = open_desk("/app/trace", user=user, password=password, allowed=["status of 403"])
	search(page, chain.lot["lot_number"])
	assert refusal(page).inner_text().strip()
