"""The list of lots, narrowed to those that facilities of a province hold."""

from healthcare_erp.tests.browser.chain import make_lot
from healthcare_erp.tests.browser.rest import word


def test_lots_of_a_province(open_desk, api, chain, user_with):
	elsewhere = make_lot(api, chain.medicine["name"], word())["lot_number"]
	user, password = user_with(["National Admin"])  # one without filters of yesterday
	page = open_desk("/app/national-lot", user=user, password=password)
	rows = page.locator(".list-row")
	rows.filter(has_text=elsewhere).wait_for()
	page.locator("[data-fieldname=held_in] input").fill(chain.province)
	page.locator("[role=option]", has_text=chain.province).first.click()
	rows.filter(has_text=elsewhere).wait_for(state="detached")
	rows.filter(has_text=chain.lot["lot_number"]).wait_for()
	page.keyboard.press("Tab")
	page.locator(".filter-x-button").click()
	rows.filter(has_text=elsewhere).wait_for()
