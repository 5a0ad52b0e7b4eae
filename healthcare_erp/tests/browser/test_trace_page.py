"""The Trace page as an inspector uses it: type or scan a lot, read the chain, follow it, take it along."""

import csv
import io
import re

import pytest

from healthcare_erp.tests.browser.chain import EXPIRES_IN_DAYS, make_lot
from healthcare_erp.tests.browser.desk import search
from healthcare_erp.tests.browser.rest import word

PHONE = {"width": 375, "height": 740}
BIG_GRAPH = """() => {
	const nodes = [{id: "outside:origin", outside: true, label: "origin", quantity_in: 0, quantity_out: 600000, on_hand: 0}];
	const edges = [];
	const edge = (source, target, kind, quantity, document) => edges.push({source, target, kind, quantity,
		sent: quantity, received: quantity, unconfirmed: 0, movements: 2, document, document_type: "B2B Order",
		first_at: "2026-01-01 08:00:00", last_at: "2026-01-02 08:00:00"});
	for (let at = 0; at < 600; at++) {
		const whole = at < 10;
		nodes.push({id: `Pharmacy:P${at}`, outside: false, facility_type: "Pharmacy", facility: `P${at}`,
			label: `Facility ${at}`, kind: whole ? "Wholesaler" : "Retailer", province: `Province ${at % 5}`,
			quantity_in: whole ? 60000 : 100, quantity_out: whole ? 59000 : 0, on_hand: whole ? 1000 : 100});
		if (whole) edge("outside:origin", `Pharmacy:P${at}`, "Import", 60000, null);
	}
	for (let order = 0; order < 1300; order++)
		edge(`Pharmacy:P${order % 10}`, `Pharmacy:P${10 + (order % 590)}`, "Transfer", 10, `O${order}`);
	const holders = [{province: "Province 0", quantity: 69000, facilities: nodes.slice(1).map((node) =>
		({id: node.id, label: node.label, kind: node.kind, on_hand: node.on_hand}))}];
	const page = document.querySelector("#page-trace").trace;
	page.show_trace({...page.trace, nodes, edges, holders});
}"""


@pytest.fixture
def trace_page(open_desk, chain):
	"""The page with the chain's lot typed into its search box."""
	page = open_desk("/app/trace")
	search(page, chain.lot["lot_number"])
	page.locator(".trace-answer").wait_for()
	return page


def total(page, key: str) -> int:
	return int(re.sub(r"\D", "", page.locator(f"[data-total={key}] dd").inner_text()))


def rows(page) -> list[str]:
	return page.locator(".trace-flows tbody tr").all_inner_texts()


def graph(page, attribute: str) -> int:
	return int(page.locator(".trace-canvas").get_attribute(f"data-{attribute}"))


def test_says_what_it_is_for_before_anything_is_asked(open_desk, chain):
	page = open_desk("/app/trace")
	page.locator(".trace-search input:focus").wait_for()
	link = page.locator(".trace-recent a", has_text=chain.lot["lot_number"])
	link.click()
	page.locator(".trace-answer").wait_for()
	assert chain.lot["lot_number"] in page.locator(".trace-lot").inner_text()


def test_header_names_medicine_lot_status_and_expiry(trace_page, chain):
	shown = trace_page.locator(".trace-lot").inner_text()
	for text in ("Amoxicillin", "500 mg", "J01CA04", chain.lot["lot_number"], "Active"):
		assert text in shown
	assert f"in {EXPIRES_IN_DAYS} days" in trace_page.locator(".trace-lot .trace-alarm").inner_text()


def test_totals_add_up_and_the_gap_is_red(trace_page):
	sides = trace_page.locator(".trace-totals")
	shown = [sides.nth(at).locator("[data-total]").all() for at in range(2)]
	came, went = (
		{
			figure.get_attribute("data-total"): total(trace_page, figure.get_attribute("data-total"))
			for figure in side
		}
		for side in shown
	)
	assert came == {"imported": 1000}
	assert went == {"dispensed": 25, "destroyed": 0, "unconfirmed": 10, "on_hand": 965}
	assert "trace-alarm" in trace_page.locator("[data-total=unconfirmed]").get_attribute("class")


def test_each_figure_opens_the_rows_behind_it(trace_page, chain):
	for term, units in (("imported", ["1,000"]), ("dispensed", ["25"]), ("unconfirmed", ["10"])):
		trace_page.locator(f"[data-term={term}]").click()
		trace_page.locator(".trace-only", has_text="Show all flows").wait_for()
		assert len(rows(trace_page)) == len(units)
		assert all(one in row for one, row in zip(units, rows(trace_page), strict=True))
	assert chain.health_center["facility_name"] in rows(trace_page)[0]
	trace_page.locator("[data-every]").click()
	assert len(rows(trace_page)) == 4
	trace_page.locator("[data-term=on_hand]").click()
	assert trace_page.locator(".trace-holders [data-node]").count() == 3


def test_units_that_nobody_sent_are_red_and_lead_to_their_receipt(open_desk, api, chain):
	lot = make_lot(api, chain.medicine["name"], word())
	received = {"movement_type": "B2B In", "quantity": 7, "national_lot": lot["name"]}
	api.record(received | {"facility_type": "Pharmacy", "facility": chain.retailer["name"]})
	page = open_desk(f"/app/trace/{lot['name']}")
	page.locator("[data-total=unsent].trace-alarm").wait_for()
	page.locator("[data-term=unsent]").click()
	assert "Unnamed party" in rows(page)[0] and chain.retailer["facility_name"] in rows(page)[0]


def test_graph_has_every_place_and_flow(trace_page):
	assert [graph(trace_page, what) for what in ("nodes", "edges", "unconfirmed")] == [5, 4, 1]


def test_holders_open_by_province(trace_page, chain):
	province = trace_page.locator(".trace-province")
	assert chain.province in province.inner_text() and "965" in province.inner_text()
	province.locator("button").click()
	assert trace_page.locator("[data-node]").all_inner_texts() == [
		chain.wholesaler["facility_name"],
		chain.retailer["facility_name"],
		chain.health_center["facility_name"],
	]


def test_flows_are_sorted_and_filtered(trace_page, chain):
	assert len(rows(trace_page)) == 4
	trace_page.locator("[data-sort=quantity]").click()
	assert "Patients" in rows(trace_page)[0]
	trace_page.locator("[data-sort=quantity]").click()
	assert "1,000" in rows(trace_page)[0]
	trace_page.locator(".trace-flows input").fill("BL-2")
	trace_page.locator(".trace-pages", has_text="1 to 1 of 1").wait_for()
	assert chain.health_center["facility_name"] in rows(trace_page)[0]


def test_address_names_the_lot_and_back_returns(trace_page, chain):
	assert trace_page.url.endswith(f"/app/trace/{chain.lot['name']}")
	trace_page.go_back()
	trace_page.locator(".trace-empty").wait_for()
	trace_page.go_forward()
	trace_page.locator(".trace-answer").wait_for()


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_closing_the_details_leads_back_to_the_whole_graph(trace_page, chain, key):
	trace_page.locator(".trace-province button").click()
	holder = trace_page.locator("[data-node]", has_text=chain.retailer["facility_name"])
	holder.press("Enter")
	trace_page.locator("[data-close]").press(key)
	trace_page.locator(".trace-details").wait_for(state="hidden")
	page = "document.querySelector('#page-trace').trace"
	assert trace_page.evaluate(f"{page}.drawing.graph.elements('.faded').length") == 0
	assert holder.evaluate("(button) => button === document.activeElement")


def test_walks_forward_from_a_facility(trace_page, chain):
	trace_page.locator(".trace-province button").click()
	trace_page.get_by_role("button", name=chain.retailer["facility_name"]).click()
	trace_page.locator("[data-walk=forward]").click()
	trace_page.locator(".trace-walk", has_text=chain.retailer["facility_name"]).wait_for()
	assert graph(trace_page, "nodes") == 2
	trace_page.go_back()
	trace_page.locator(".trace-canvas[data-nodes='5']").wait_for()


def test_before_the_import_there_was_nothing(trace_page):
	trace_page.locator(".trace-bar-top input").fill("2020-01-01")
	trace_page.locator(".trace-canvas[data-nodes='0']").wait_for()
	assert total(trace_page, "imported") == 0
	trace_page.locator(".trace-bar-top input").fill("")
	trace_page.locator(".trace-canvas[data-nodes='5']").wait_for()


def test_scanned_symbol_is_found(open_desk, chain):
	page = open_desk("/app/trace")
	search(page, chain.gs1)
	page.locator(".trace-answer").wait_for()
	assert page.url.endswith(f"/app/trace/{chain.lot['name']}")


def test_scanner_that_sends_the_separator_as_a_key(open_desk, chain):
	page = open_desk("/app/trace")
	before, after = chain.gs1.split("\x1d")
	page.locator(".trace-search input:focus").wait_for()
	page.keyboard.type(before)
	page.keyboard.press("Control+]")
	search(page, after)
	page.locator(".trace-answer").wait_for()
	assert page.url.endswith(f"/app/trace/{chain.lot['name']}")


@pytest.mark.parametrize(
	"form", ("(01){gtin}(10){lot}", "{gtin} {lot}", "https://id.gs1.org/01/{gtin}/10/{lot}")
)
def test_gtin_with_lot_is_found(open_desk, chain, form):
	page = open_desk("/app/trace")
	search(page, form.format(gtin=chain.medicine["gtin"], lot=chain.lot["lot_number"]))
	page.locator(".trace-answer").wait_for()
	assert page.url.endswith(f"/app/trace/{chain.lot['name']}")


def test_next_scan_replaces_the_last(trace_page, api, chain):
	other = make_lot(api, chain.medicine["name"], word())
	search(trace_page, other["lot_number"])
	trace_page.wait_for_url(f"**/app/trace/{other['name']}")
	trace_page.locator(".trace-canvas[data-nodes='0']").wait_for()


def test_csv_has_every_flow(trace_page, chain):
	with trace_page.expect_download() as download:
		trace_page.locator("[data-export=csv]").click()
	assert download.value.suggested_filename == f"trace-{chain.lot['name']}.csv"
	with open(download.value.path(), encoding="utf-8-sig") as file:
		lines = list(csv.DictReader(file))
	assert sorted(int(line["Quantity"]) for line in lines) == [25, 100, 300, 1000]
	[doubtful] = [line for line in lines if line["Unconfirmed"] != "0"]
	assert (doubtful["Sent"], doubtful["Received"], doubtful["Document"]) == ("100", "90", "BL-2")
	assert doubtful["To (ID)"] == chain.health_center["name"]


def test_pdf_names_the_holders(trace_page, chain):
	from pypdf import PdfReader

	address = trace_page.locator("[data-export=pdf]").get_attribute("href")
	encoded = trace_page.evaluate(
		"async (address) => Array.from(new Uint8Array(await (await fetch(address)).arrayBuffer()))", address
	)
	text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(bytes(encoded))).pages)
	text = " ".join(text.split())
	assert chain.lot["lot_number"] in text and chain.health_center["facility_name"] in text


def test_phone_has_no_sideways_scroll(open_desk, chain):
	page = open_desk(f"/app/trace/{chain.lot['name']}", viewport=PHONE)
	page.locator(".trace-answer").wait_for()
	width = page.evaluate("document.documentElement.scrollWidth")
	assert width <= PHONE["width"]
	assert page.locator(".trace-canvas").bounding_box()["height"] > 250


def test_hundreds_of_facilities_are_grouped_and_open(trace_page):
	trace_page.evaluate(BIG_GRAPH)
	assert graph(trace_page, "nodes") < 100
	assert trace_page.locator(".trace-pages").inner_text().count("1,310") == 1
	trace_page.evaluate(
		"""() => { const {graph} = document.querySelector("#page-trace").trace.drawing;
		graph.nodes(".group").first().emit("tap"); }"""
	)
	assert graph(trace_page, "nodes") > 100
	trace_page.get_by_role("button", name="Group small facilities again").click()
	assert graph(trace_page, "nodes") < 100


def test_speaks_french(open_desk, chain, user_with):
	user, password = user_with(["National Admin"], language="fr")
	page = open_desk(f"/app/trace/{chain.lot['name']}", user=user, password=password)
	page.locator(".trace-answer").wait_for()
	assert "Qui le détient maintenant" in page.locator(".trace-holders").inner_text()
	assert page.locator("[data-total=unconfirmed] dt").inner_text() == "Non confirmé"
