"""The Trace page for those who may see a part of a lot's places, or none."""

import re

import pytest

MANAGER = ["Pharmacy Manager"]


@pytest.fixture
def part(open_desk, chain, user_with):
	"""`part(scope, language)`: the chain's lot as a manager with that scope sees it."""

	def opened(scope: tuple[str, str] | None, language: str = "en"):
		user, password = user_with(MANAGER, language, scope)
		page = open_desk(f"/app/trace/{chain.lot['name']}", user=user, password=password)
		page.locator(".trace-answer").wait_for()
		return page

	return opened


@pytest.fixture
def retailers(part, chain):
	return part(("Pharmacy", chain.retailer["name"]))


def labels(page) -> dict[str, str]:
	"""Place -> what its box says."""
	boxes = page.evaluate(
		"""() => document.querySelector("#page-trace").trace.drawing.graph.nodes().map((node) => node.data("label"))"""
	)
	return dict(box.split("\n") for box in boxes)


def test_a_hidden_place_is_not_said_to_be_empty(retailers, chain):
	said = labels(retailers)
	[hidden] = [text for name, text in said.items() if name[:12] == chain.wholesaler["facility_name"][:12]]
	assert hidden == "not visible to you"
	assert "0 on hand" not in said.values()


def test_a_banner_says_which_part_is_shown(retailers, chain):
	banner = retailers.locator(".trace-part").inner_text()
	assert chain.retailer["name"] in banner
	assert re.search(r"1 of 3 places", banner)
	assert "2 other places" in retailers.locator(".trace-holders").inner_text()


def test_sums_of_a_part_add_up_and_open_their_rows(retailers):
	figures = {
		figure.get_attribute("data-total"): int(re.sub(r"\D", "", figure.locator("dd").inner_text()))
		for figure in retailers.locator("[data-total]").all()
	}
	expected = {
		"imported": 0,
		"from_others": 300,
		"dispensed": 25,
		"destroyed": 0,
		"unconfirmed": 0,
		"on_hand": 275,
	}
	assert figures == expected
	retailers.locator("[data-term=from_others]").click()
	[row] = retailers.locator(".trace-flows tbody tr").all_inner_texts()
	assert "not visible to you" in row and "300" in row


def test_details_of_a_hidden_place_tell_its_name_and_no_figure(retailers, chain):
	node = f"Pharmacy:{chain.wholesaler['name']}"
	retailers.evaluate("(id) => document.querySelector('#page-trace').trace.point_out(id)", node)
	text = retailers.locator(".trace-details").inner_text()
	assert chain.wholesaler["facility_name"] in text and chain.wholesaler["name"] in text
	assert "not visible to you" in text and "300" not in text
	assert retailers.locator(".trace-details h4 a").count() == 0


def test_without_a_scope_one_is_told_to_ask_for_it(part):
	page = part(None)
	assert "Ask an administrator" in page.locator(".trace-part").inner_text()
	assert page.locator("[data-total]").count() == 0
	assert not page.locator(".trace-holders").is_visible()
	assert "Nobody has units" not in page.locator(".trace-answer").inner_text()


def test_speaks_french_of_parts(part, chain):
	page = part(("Pharmacy", chain.retailer["name"]), "fr")
	assert "1 des 3 lieux de ce lot" in page.locator(".trace-part").inner_text()
	assert "non visible pour vous" in labels(page).values()
